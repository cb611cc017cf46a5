//! The words for sports, and how far each is to be trusted.
//!
//! Sources: the types that Garmin, Strava, Suunto, Polar, COROS, Komoot, Apple, Google, Samsung
//! and `OpenTracks` write, and the words of everyday speech for them. Some write in the language
//! of the telephone. How a word is spelt does not matter here: case, accents, hyphens and blanks
//! within a phrase are let go before two are compared.

use super::{Bike, Sport};

/// What a word tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A sport with a model.
    Modelled(Sport, Bike),
    /// A sport, or a vehicle, without one.
    Unmodelled,
    /// That whoever wrote it did not know either.
    Nothing,
}

/// How far a word is to be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// Wherever it stands, in the name of an outing, too.
    Anywhere,
    /// Where a sport is to be named: in a name it may be a place or a thing.
    InType,
    /// There, and only where no other word says more.
    Alone,
}

/// Words of one meaning and one trust, parted by commas.
pub(super) struct Words(pub(super) Meaning, pub(super) Trust, pub(super) &'static str);

const RUN: Meaning = Meaning::Modelled(Sport::Run, Bike::Road);
const WALK: Meaning = Meaning::Modelled(Sport::Walk, Bike::Road);
const HIKE: Meaning = Meaning::Modelled(Sport::Hike, Bike::Road);
const RIDE: Meaning = Meaning::Modelled(Sport::Ride, Bike::Road);
const GRAVEL: Meaning = Meaning::Modelled(Sport::Ride, Bike::Gravel);
const MOUNTAIN: Meaning = Meaning::Modelled(Sport::Ride, Bike::Mountain);
const ELECTRIC: Meaning = Meaning::Modelled(Sport::Ride, Bike::Electric);

/// Every word.
pub(super) const WORDS: &[Words] = {
    use Meaning::{Nothing, Unmodelled};
    use Trust::{Alone, Anywhere, InType};
    &[
        // on foot: running
        Words(
            RUN,
            Anywhere,
            "run, runs, running, jog, jogs, jogging, jogged, fell running",
        ),
        Words(
            RUN,
            Anywhere,
            "trail run, trail runs, trail running, virtual run, parkrun",
        ),
        Words(
            RUN,
            Anywhere,
            "snowshoe running, triathlon running, duathlon running, multisport running",
        ),
        Words(
            RUN,
            Anywhere,
            "off road triathlon running, off road duathlon running, canicross, orienteering, fartlek, plogging",
        ),
        Words(RUN, Anywhere, "laufen, joggen, dauerlauf, orientierungslauf"),
        Words(RUN, Anywhere, "course à pied, courir, footing, course d'orientation"),
        Words(RUN, Anywhere, "carrera a pie, correr, corriendo, trote, salir a correr"),
        Words(RUN, Anywhere, "correre, corsa a piedi, corsa in montagna, podismo"),
        Words(RUN, Anywhere, "corrida a pé, corrida de rua, hardlopen, hardloop"),
        Words(
            RUN,
            Anywhere,
            "bieganie, bieg, przebieżka, běhání, behanie, futás, kocogás",
        ),
        Words(RUN, Anywhere, "löpning, löprunda, löptur, löppass, jogga, joggning"),
        Words(RUN, Anywhere, "løping, løpetur, joggetur, løbetur, løb, løbning"),
        Words(RUN, Anywhere, "juoksu, juoksulenkki, juokseminen, hölkkä, polkujuoksu"),
        Words(RUN, Anywhere, "бег, пробежка, забег, біг, бягане, трейлраннинг, джоггинг"),
        Words(RUN, Anywhere, "τρέξιμο, trčanje, alergare, koşu, correguda, chạy bộ, วิ่ง"),
        Words(
            RUN,
            Anywhere,
            "ランニング, ジョギング, トレイルランニング, トレイルラン, トレラン",
        ),
        Words(
            RUN,
            Anywhere,
            "跑步, 慢跑, 越野跑, 달리기, 러닝, 조깅, 트레일러닝, جري, ריצה",
        ),
        Words(
            RUN,
            InType,
            "obstacle race, obstacle racing, obstacle course racing, treadmill, laufband, lauf",
        ),
        Words(
            RUN,
            InType,
            "carrera, carreras, corsa, corse, corrida, cursa, tapis roulant",
        ),
        Words(
            RUN,
            InType,
            "løp, löpa, běh, beh, tek, tekaška, lari, hardloopsessie, loopband",
        ),
        Words(RUN, InType, "ラン, 跑, 跑步机, 런, 런닝, маратон, koşma"),
        Words(
            RUN,
            Alone,
            "trail, ultra trail, ultratrail, course, marathon, half marathon",
        ),
        Words(
            RUN,
            Alone,
            "трейл, maratón, maratona, maraton, halbmarathon, マラソン, 马拉松",
        ),
        // on foot: walking
        Words(
            WALK,
            Anywhere,
            "walk, walks, walking, walked, nordic walking, race walking",
        ),
        Words(
            WALK,
            Anywhere,
            "spaziergang, spazieren, spazierengehen, hunderunde, gassi",
        ),
        Words(WALK, Anywhere, "marche nordique, marche à pied, marche sportive, marcher"),
        Words(WALK, Anywhere, "caminata, caminar, caminando, marcha nórdica, camminata"),
        Words(
            WALK,
            Anywhere,
            "camminare, camminata nordica, caminhada, caminhar, caminada",
        ),
        Words(WALK, Anywhere, "wandeling, wandelen, spacer, spacerowanie, chodzenie"),
        Words(WALK, Anywhere, "gåtur, spasertur, promenader, kävely, kävelylenkki"),
        Words(
            WALK,
            Anywhere,
            "chůze, chôdza, procházka, gyaloglás, séta, sétálás, yürüyüş",
        ),
        Words(WALK, Anywhere, "ходьба, пешая прогулка, скандинавская ходьба, ходіння"),
        Words(
            WALK,
            Anywhere,
            "περπάτημα, περπατημα, hodanje, šetnja, sprehod, plimbare, đi bộ",
        ),
        Words(
            WALK,
            Anywhere,
            "ウォーキング, ウォーク, 散歩, 步行, 健走, 散步, 걷기, 산책, הליכה",
        ),
        Words(
            WALK,
            InType,
            "gehen, walken, stroll, strolling, marche, marsch, chód, hoja, mers",
        ),
        Words(
            WALK,
            InType,
            "andar, andando, gå, gång, gange, ganga, ходити, 走路, 徒歩, 워킹",
        ),
        Words(
            WALK,
            Alone,
            "marcha, paseo, pasear, passeggiata, passeio, balade, promenade",
        ),
        Words(
            WALK,
            Alone,
            "promenad, прогулка, on foot, à pied, a pie, a piedi, zu fuss",
        ),
        // on foot: hiking
        Words(HIKE, Anywhere, "hike, hikes, hiking, hiked, thru hike, backpacking"),
        Words(HIKE, Anywhere, "trekking, hillwalking, hill walking, fell walking"),
        Words(HIKE, Anywhere, "bushwalking, bush walking, bushwalk, tramping, rucking"),
        Words(HIKE, Anywhere, "mountaineering, alpine tour"),
        Words(
            HIKE,
            Anywhere,
            "snowshoe, snowshoes, snowshoeing, snow shoe, snow shoeing",
        ),
        Words(HIKE, Anywhere, "wandern, wanderung, wandertour, bergwandern, bergsteigen"),
        Words(HIKE, Anywhere, "bergtour, hochtour, schneeschuh, schneeschuhwandern"),
        Words(HIKE, Anywhere, "schneeschuhwanderung, schneeschuhlaufen, schneeschuhtour"),
        Words(HIKE, Anywhere, "randonnée pédestre, rando pédestre, raquettes à neige"),
        Words(HIKE, Anywhere, "senderismo, excursionismo, montañismo, raquetas de nieve"),
        Words(
            HIKE,
            Anywhere,
            "escursionismo, alpinismo, ciaspole, ciaspolata, ciaspolare",
        ),
        Words(
            HIKE,
            Anywhere,
            "trilhas, montanhismo, bergwandeling, sneeuwschoenwandelen",
        ),
        Words(
            HIKE,
            Anywhere,
            "wędrówka, turystyka piesza, piesza wycieczka, wycieczka piesza",
        ),
        Words(
            HIKE,
            Anywhere,
            "vandring, vandretur, vandra, fjällvandring, fjelltur, fottur",
        ),
        Words(
            HIKE,
            Anywhere,
            "snöskovandring, vaellus, patikointi, retkeily, lumikenkäily",
        ),
        Words(HIKE, Anywhere, "túrázás, gyalogtúra, pěší turistika, pešia turistika"),
        Words(
            HIKE,
            Anywhere,
            "planinarenje, pješačenje, pohodništvo, drumeție, senderisme",
        ),
        Words(
            HIKE,
            Anywhere,
            "doğa yürüyüşü, πεζοπορία, пеший туризм, хайкинг, треккинг",
        ),
        Words(
            HIKE,
            Anywhere,
            "ハイキング, ハイク, トレッキング, 登山, スノーシュー, 徒步, 远足",
        ),
        Words(
            HIKE,
            Anywhere,
            "健行, 하이킹, 등산, 트레킹, 雪鞋行走, 徒步旅行, טיול רגלי",
        ),
        Words(
            HIKE,
            InType,
            "trek, mtn climb, mountain climb, mountain climbing, raquettes, randonnée raquette, trilha, túra",
        ),
        Words(
            HIKE,
            InType,
            "sněžnice, lyžování na sněžnicích, alpinisme, racchette da neve, rakiety śnieżne, truger, снегоступы",
        ),
        Words(
            HIKE,
            InType,
            "caminhada na neve, piesza, piesze, поход, похід, turistika, snösko",
        ),
        Words(HIKE, InType, "andinismo, kirándulás, bergwandelen, wandeltocht, dağcılık"),
        Words(
            HIKE,
            Alone,
            "randonnée, randonnées, rando, excursión, escursione, escursioni",
        ),
        Words(HIKE, Alone, "turystyka, pohod, tramp, wanderweg"),
        // riding
        Words(RIDE, Anywhere, "ride, rides, cycle, cycling, cycled, bicycle, bicycling"),
        Words(RIDE, Anywhere, "bike, bikes, biking, biked, bike ride, bike riding"),
        Words(
            RIDE,
            Anywhere,
            "triathlon cycling, duathlon cycling, off road triathlon cycling",
        ),
        Words(
            RIDE,
            Anywhere,
            "off road duathlon cycling, multisport cycling, indoor cycling, spin bike, virtual ride, velomobile, velomobil",
        ),
        Words(
            RIDE,
            Anywhere,
            "touring bicycle, fahrrad, radfahren, rad fahren, radfahrt, radtour, rennrad",
        ),
        Words(
            RIDE,
            Anywhere,
            "fahrradfahren, radeln, velofahren, bahnradfahren, radsport",
        ),
        Words(RIDE, Anywhere, "vélo, cyclisme, cycliste, cyclo, cyclotourisme, vélotaf"),
        Words(
            RIDE,
            Anywhere,
            "bicicleta, ciclismo, ciclista, cicloturismo, bici, pedalada",
        ),
        Words(RIDE, Anywhere, "pedalear, pedalar, bicicletta, bicicletas, pedalata"),
        Words(
            RIDE,
            Anywhere,
            "fiets, fietsen, fietstocht, fietsrit, wielrennen, wielrenner",
        ),
        Words(
            RIDE,
            Anywhere,
            "rowerowa, rowerowy, rowerowe, rowerem, rowerze, kolarstwo",
        ),
        Words(
            RIDE,
            Anywhere,
            "kolarska, kolarski, cykel, cykla, cykling, cykeltur, cyklat",
        ),
        Words(RIDE, Anywhere, "sykkel, sykling, sykkeltur, sykle, landeveissykling"),
        Words(
            RIDE,
            Anywhere,
            "pyöräily, pyörä, pyörälenkki, pyöräretki, maantiepyöräily",
        ),
        Words(
            RIDE,
            Anywhere,
            "cyklistika, cykloturistika, cyklovýlet, bicykel, bicyklovanie",
        ),
        Words(RIDE, Anywhere, "kerékpár, kerékpározás, bicikli, biciklizés, bringázás"),
        Words(
            RIDE,
            Anywhere,
            "bisiklet, biciklizam, kolesarjenje, kolesarstvo, ciclisme",
        ),
        Words(
            RIDE,
            Anywhere,
            "велосипед, велосипеде, велоспорт, велопрогулка, велозаезд",
        ),
        Words(RIDE, Anywhere, "велотренировка, велопоездка, велоспорту, велосипедна"),
        Words(RIDE, Anywhere, "ποδηλασία, ποδήλατο, bersepeda, sepeda, đạp xe, ปั่นจักรยาน"),
        Words(
            RIDE,
            Anywhere,
            "自転車, サイクリング, ロードバイク, 骑行, 騎行, 骑车, 自行车",
        ),
        Words(
            RIDE,
            Anywhere,
            "單車, 公路车, 자전거, 사이클링, 사이클, 라이딩, ركوب الدراجات, רכיבה",
        ),
        Words(RIDE, InType, "spinning, racebike, racing bike, city bike, rad, radl"),
        Words(
            RIDE,
            InType,
            "vuelta, vuelta ciclista, rower, kolo, kole, koło, bike tour, вело",
        ),
        Words(
            RIDE,
            InType,
            "заезд, バイク, ライド, バーチャルライド, 라이드, recumbent, tandem",
        ),
        Words(
            RIDE,
            InType,
            "rolle, rollentrainer, home trainer, bicikl, koles, koleso, radl tour",
        ),
        Words(RIDE, Alone, "rit, toertocht, cyclosportive, gran fondo"),
        Words(
            GRAVEL,
            Anywhere,
            "gravel ride, gravel cycling, gravel biking, gravel bike",
        ),
        Words(
            GRAVEL,
            Anywhere,
            "gravelbiken, cyclocross, cyclo cross, gravelrit, querfeldein rad",
        ),
        Words(GRAVEL, Anywhere, "グラベルライド, グラベル"),
        Words(GRAVEL, InType, "gravel, cycling gravel, sortie gravel"),
        Words(MOUNTAIN, Anywhere, "mountain bike, mountain bikes, mountain biking, mtb"),
        Words(MOUNTAIN, Anywhere, "mtb orienteering, mountain bike orienteering"),
        Words(
            MOUNTAIN,
            Anywhere,
            "mountain bike ride, downhill biking, enduro mtb, mountainbiken",
        ),
        Words(
            MOUNTAIN,
            Anywhere,
            "vtt, btt, bici de montaña, bicicleta de montaña, fat bike",
        ),
        Words(
            MOUNTAIN,
            Anywhere,
            "terrängcykling, terrengsykling, maastopyöräily, mtb tour",
        ),
        Words(
            MOUNTAIN,
            Anywhere,
            "маунтинбайк, горный велосипед, マウンテンバイク, 山地车",
        ),
        Words(
            MOUNTAIN,
            Anywhere,
            "山地骑行, 산악자전거, bmx, dirt jump bike, vélo tout terrain",
        ),
        Words(
            MOUNTAIN,
            InType,
            "downhill bike, mtb easy, cycling mountain, mtb advanced, hegyikerékpár, biking mountain, horském kole",
        ),
        Words(
            ELECTRIC,
            Anywhere,
            "ebike, e bike, ebikes, ebiking, e biking, e bike ride, pedelec",
        ),
        Words(
            ELECTRIC,
            Anywhere,
            "e bike fitness, e bike mountain, e bike enduro, e enduro mtb",
        ),
        Words(
            ELECTRIC,
            Anywhere,
            "emtb, e mtb, emtb easy, e mountain bike, e mountain bike ride",
        ),
        Words(
            ELECTRIC,
            Anywhere,
            "electric bike, electric bicycle, elektrofahrrad, e fahrrad, e velo",
        ),
        Words(
            ELECTRIC,
            Anywhere,
            "vélo à assistance électrique, vttae, elcykel, elsykkel, efiets",
        ),
        Words(
            ELECTRIC,
            Anywhere,
            "sähköpyörä, elektrokolo, электровелосипед, eバイク, 电动自行车",
        ),
        Words(
            ELECTRIC,
            Anywhere,
            "전기자전거, 電動自転車, e racebike, e touring bicycle, ebike tour",
        ),
        Words(ELECTRIC, InType, "vae, s pedelec, elektrische fiets"),
        // snow
        Words(
            Unmodelled,
            Anywhere,
            "ski, skis, skiing, skied, skier, ski run, skimo, skitour",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "ski tour, ski touring, ski mountaineering, nordic ski",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "cross country ski, cross country skiing, xc ski, xc skiing",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "roller ski, roller skiing, rollski, backcountry ski",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "ski alpin, alpine ski, alpine skiing, telemark, snowboard",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "snowboarding, snow boarding, splitboard, splitboarding",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "snowmobile, snowmobiling, sledding, sledging, tobogganing",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "skifahren, skitouren, skilanglauf, langlauf, langlaufen",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "schifahren, skilaufen, rodeln, schlittenfahren, snowboarden",
        ),
        Words(Unmodelled, Anywhere, "ski de fond, ski de randonnée, luge, motoneige"),
        Words(Unmodelled, Anywhere, "esquí, esquiar, esquí de fondo, esquí de travesía"),
        Words(
            Unmodelled,
            Anywhere,
            "sci di fondo, sci alpino, sci alpinismo, scialpinismo",
        ),
        Words(Unmodelled, Anywhere, "sciare, slitta, esqui alpino, esqui nórdico"),
        Words(
            Unmodelled,
            Anywhere,
            "skiën, langlaufsessie, narty, narciarstwo, narciarska",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "narciarskie, na nartach, skidåkning, längdskidåkning, skidor",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "skidtur, utförsåkning, langrenn, langrend, skiløb, skitur",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "topptur, hiihto, murtomaahiihto, laskettelu, lumilautailu",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "lyžování, lyže, lyžích, běžky, bežky, lyžovanie, síelés",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "sízés, sífutás, kayak yapma, kros kayağı, smučanje, skijanje",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "лыжи, лыжах, лыжный, лыжная, лыжные, сноуборд, лижі, σκι",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "スキー, スノーボード, 滑雪, 单板滑雪, 스키, 스노보드",
        ),
        Words(
            Unmodelled,
            InType,
            "sci, skate ski, skating ws, winter sport, winter sports",
        ),
        Words(
            Unmodelled,
            InType,
            "sled, sledge, sleigh, schi, skaten, traîneau, alpint, saně, sáně",
        ),
        // water
        Words(
            Unmodelled,
            Anywhere,
            "swim, swims, swimming, swam, swimrun, open water swim",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "rowing, kayak, kayaks, kayaking, canoe, canoeing, canoes",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "paddle, paddling, paddleboard, paddleboarding, paddle boarding",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "stand up paddle, stand up paddling, sailing, rafting",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "surfing, kitesurf, kitesurfing, kite surfing, kiteboarding",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "windsurf, windsurfing, wind surfing, wing foil, wing foiling",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "wasserski, wakeboarding, wakeboard, wakesurfing, water skiing",
        ),
        Words(Unmodelled, Anywhere, "snorkeling, snorkelling, scuba diving, freediving"),
        Words(
            Unmodelled,
            Anywhere,
            "schwimmen, freiwasserschwimmen, rudern, paddeln, stehpaddeln",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "kanu, kajak, segeln, tauchen, kitesurfen, windsurfen",
        ),
        Words(Unmodelled, Anywhere, "natation, nager, aviron, planche à voile, plongée"),
        Words(
            Unmodelled,
            Anywhere,
            "natación, nadar, piragüismo, nuoto, nuotare, canottaggio",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "canoa, canoë, surf de remo, natação, canoagem, caiaque",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "zwemmen, roeien, kanovaren, kajakken, zeilen, suppen",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "pływanie, wioślarstwo, kajaki, kajakarstwo, żeglarstwo",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "simning, svømning, svømming, paddling, segling, roing",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "uinti, melonta, soutu, purjehdus, plavání, plávanie",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "veslování, veslovanie, pádlování, úszás, evezés, kajakozás",
        ),
        Words(Unmodelled, Anywhere, "yüzme, kürek, plivanje, plavanje, înot, κολύμπι"),
        Words(
            Unmodelled,
            Anywhere,
            "плавание, заплыв, гребля, байдарка, каякинг, плавання",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "水泳, スイム, カヤック, カヌー, サーフィン, 游泳, 划船, 皮划艇",
        ),
        Words(Unmodelled, Anywhere, "수영, 카약, 서핑, שחייה, سباحة"),
        Words(
            Unmodelled,
            InType,
            "row, rowed, surf, sup, sail, dive, diving, boat, boating, raft",
        ),
        Words(Unmodelled, InType, "open water, lap swimming, pool swim, indoor rowing"),
        Words(
            Unmodelled,
            InType,
            "kite, canyoning, rowing machine, packraft, packrafting, water sport",
        ),
        Words(
            Unmodelled,
            InType,
            "motorboot, surfen, nage, remo, vela, voile, remar, vogare, rodd, zwem",
        ),
        Words(
            Unmodelled,
            InType,
            "roei, kano, nautisme, boot, bateau, barco, barca, båt, veneily",
        ),
        Words(
            Unmodelled,
            InType,
            "lapswimming, водный, парус, яхта, loď, člun, łódź, ヨット, 冲浪",
        ),
        Words(
            Unmodelled,
            InType,
            "apnea, water tubing, whitewater, grinding, foil, drachenboot",
        ),
        // wheels, blades and boards
        Words(Unmodelled, Anywhere, "skating, inline skating, inline skate, ice skating"),
        Words(
            Unmodelled,
            Anywhere,
            "rollerblade, roller blading, rollerblading, roller skating, skateboard",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "skateboarding, longboarding, inlineskaten, inlineskating",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "eislaufen, eislauf, schlittschuhlaufen, rollschuhlaufen",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "eisschnelllauf, schlittschuh, patinage, patin à glace",
        ),
        Words(Unmodelled, Anywhere, "patinaje, patinar, pattinaggio, patinação, patins"),
        Words(
            Unmodelled,
            Anywhere,
            "schaatsen, skeeleren, skaten inline, łyżwy, łyżwiarstwo",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "rolki, skridskor, skridskoåkning, skøjteløb, skøyter",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "luistelu, rullaluistelu, bruslení, korčuľovanie, korcsolya",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "коньки, ролики, роликовые коньки, スケート, スケートボード",
        ),
        Words(Unmodelled, Anywhere, "滑冰, 轮滑, 溜冰, 스케이트, wheelchair, rollstuhl"),
        Words(
            Unmodelled,
            Anywhere,
            "biking hand, fauteuil roulant, silla de ruedas, sedia a rotelle",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "hand cycle, hand cycling, handcycle, handbike, hand bike",
        ),
        Words(Unmodelled, Anywhere, "vélo à main, bicicleta de mano"),
        Words(
            Unmodelled,
            InType,
            "skate, skates, inline, inliner, inliners, roller, rollers",
        ),
        Words(
            Unmodelled,
            InType,
            "longboard, kick scooter, kickscooter, trottinette, scooter",
        ),
        Words(
            Unmodelled,
            InType,
            "patins à roulettes, rolschaatsen, schaats, schaatssessie, ijs",
        ),
        Words(
            Unmodelled,
            InType,
            "unicycle, unicycling, land sailing, ice sailing, quadriciclo",
        ),
        // in the air
        Words(
            Unmodelled,
            Anywhere,
            "paragliding, para gliding, hang gliding, sky diving",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "skydiving, gleitschirm, gleitschirmfliegen, drachenfliegen",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "segelfliegen, fallschirmspringen, parapente, deltaplane",
        ),
        Words(Unmodelled, Anywhere, "parachutisme, vol à voile, parapendio, deltaplano"),
        Words(
            Unmodelled,
            Anywhere,
            "paralotniarstwo, парапланеризм, パラグライダー, 滑翔伞",
        ),
        Words(
            Unmodelled,
            InType,
            "flying, fly, flight, gliding, glider, paraglider, airplane",
        ),
        Words(
            Unmodelled,
            InType,
            "aeroplane, plane, seaplane, helicopter, balloon, hot air balloon",
        ),
        Words(
            Unmodelled,
            InType,
            "hydravion, heissluftballon, luftschiff, dirigeable, drone, blimp, wingsuit, flug, flugzeug, avion, avión, aereo",
        ),
        Words(
            Unmodelled,
            InType,
            "avião, samolot, letadlo, vliegtuig, flyg, sky jumping, 飞机, 飛行機",
        ),
        Words(
            Unmodelled,
            InType,
            "parachute, base jumping, ballon, hubschrauber, самолет, polet",
        ),
        // with a motor, or carried
        Words(
            Unmodelled,
            Anywhere,
            "motorcycle, motorcycling, motorbike, motor bike, motocross",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "motor cycle, dirt bike, dirt biking, moped, motorrad",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "motorradfahren, autofahren, autofahrt, motocicleta, motorfiets",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "motocicletta, motocykl, motocyklu, мотоцикл, オートバイ",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "モーターバイク, 摩托车, 오토바이, zugfahrt, busfahrt",
        ),
        Words(
            Unmodelled,
            InType,
            "car, cars, drive, driving, drove, driver, motor, motoring, moto",
        ),
        Words(
            Unmodelled,
            InType,
            "motor sport, motor sports, atv, quad, escooter, e scooter, vehicle",
        ),
        Words(
            Unmodelled,
            InType,
            "train, railway, rail, tram, bus, coach, taxi, truck, lorry, van",
        ),
        Words(
            Unmodelled,
            InType,
            "subway, metro, ferry, ship, cruise, gondola, cable car, chairlift",
        ),
        Words(Unmodelled, InType, "funicular, lift, public transport, automotive"),
        Words(
            Unmodelled,
            InType,
            "zug, bahn, seilbahn, fähre, schiff, busfahren, pkw, lkw",
        ),
        Words(
            Unmodelled,
            InType,
            "voiture, automobile, conduite, autobus, camion, téléphérique",
        ),
        Words(Unmodelled, InType, "coche, coches, tren, autobús, conducir, řízení"),
        Words(
            Unmodelled,
            InType,
            "macchina, treno, traghetto, carro, trem, ônibus, balsa, funivia",
        ),
        Words(
            Unmodelled,
            InType,
            "trein, veerboot, rijden, samochód, samochodem, pociąg, prom",
        ),
        Words(
            Unmodelled,
            InType,
            "bil, bilkjøring, bilkörning, tåg, tog, færge, färja, juna, vlak",
        ),
        Words(
            Unmodelled,
            InType,
            "автомобиль, машина, поезд, автобус, паром, ドライブ, 車, 电车, 開車",
        ),
        Words(
            Unmodelled,
            InType,
            "驾车, 开车, 汽车, 火车, 電車, バス, 자동차, 운전, 기차",
        ),
        Words(
            Unmodelled,
            InType,
            "elevator, escalator, 4x4, off road, motorboat, motor boating, overland, rally",
        ),
        Words(Unmodelled, Alone, "auto, fahren, fahrt, transport, transporte"),
        // animals, rocks, balls, halls
        Words(Unmodelled, Anywhere, "horse riding, horseback riding, horse back riding"),
        Words(
            Unmodelled,
            Anywhere,
            "horse ride, donkey back riding, dog sledding, equestrian",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "eselreiten, reiten, ausritt, équitation, equitación, equitazione",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "paardrijden, jazda konna, ratsastus, jízda na koni, lovaglás",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "верховая езда, 乗馬, 骑马, 승마, a caballo, à cheval",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "rock climbing, bouldering, boulder, via ferrata, klettersteig",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "klettern, escalade, escalada, arrampicata, wspinaczka",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "triathlon, duathlon, aquathlon, biathlon, multisport",
        ),
        Words(
            Unmodelled,
            Anywhere,
            "multi sport, swim run, adventure race, adventure racing, triatlón, triatlon, триатлон",
        ),
        Words(
            Unmodelled,
            InType,
            "horse, riding horse, horseback, ridning, hipismo, equitação",
        ),
        Words(
            Unmodelled,
            InType,
            "climb, climbing, indoor climbing, floor climbing, ice climbing",
        ),
        Words(
            Unmodelled,
            InType,
            "klatring, klättring, kiipeily, lezení, kuklanie, mászás, скалолазание",
        ),
        Words(
            Unmodelled,
            InType,
            "golf, disc golf, frisbee, ultimate frisbee, tennis, table tennis",
        ),
        Words(
            Unmodelled,
            InType,
            "squash, badminton, padel, pickleball, racquetball, racket",
        ),
        Words(
            Unmodelled,
            InType,
            "soccer, football, american football, fussball, fútbol, calcio",
        ),
        Words(
            Unmodelled,
            InType,
            "futebol, voetbal, piłka nożna, fotboll, fotball, basketball",
        ),
        Words(
            Unmodelled,
            InType,
            "baloncesto, volleyball, beach volleyball, baseball, softball",
        ),
        Words(
            Unmodelled,
            InType,
            "hockey, ice hockey, field hockey, rugby, cricket, lacrosse",
        ),
        Words(
            Unmodelled,
            InType,
            "handball, futsal, floorball, curling, bowling, billiards",
        ),
        Words(
            Unmodelled,
            InType,
            "yoga, pilates, meditation, breathwork, tai chi, stretching",
        ),
        Words(
            Unmodelled,
            InType,
            "gymnastics, dance, dancing, tanzen, zumba, aerobics, barre",
        ),
        Words(
            Unmodelled,
            InType,
            "boxing, kickboxing, martial arts, mixed martial arts, fencing",
        ),
        Words(
            Unmodelled,
            InType,
            "wrestling, karate, judo, taekwondo, archery, shooting",
        ),
        Words(
            Unmodelled,
            InType,
            "hunting, jagd, fishing, angeln, geocaching, tactical, jumpmaster",
        ),
        Words(
            Unmodelled,
            InType,
            "strength training, weight training, weightlifting, crossfit",
        ),
        Words(
            Unmodelled,
            InType,
            "musculation, musculación, krafttraining, styrketräning, hiit",
        ),
        Words(
            Unmodelled,
            InType,
            "high intensity interval training, core training, crosstrainer",
        ),
        Words(
            Unmodelled,
            InType,
            "elliptical, elliptical trainer, elíptica, elliptique, ellittica",
        ),
        Words(
            Unmodelled,
            InType,
            "stair climbing, stair climber, stair climbing machine, stairs",
        ),
        Words(
            Unmodelled,
            InType,
            "stair stepper, stepper, stair, jump rope, jumping rope, trampoline",
        ),
        Words(
            Unmodelled,
            InType,
            "video gaming, e sport, esport, transition, para sport, team sport",
        ),
        Words(
            Unmodelled,
            Alone,
            "fitness, fitness equipment, strength, cardio, indoor cardio",
        ),
        // what tells nothing
        Words(
            Nothing,
            Alone,
            "other, others, generic, unknown, default, uncategorized, none, null",
        ),
        Words(
            Nothing,
            Alone,
            "n a, all, any, sport, sports, activity, workout, exercise, training",
        ),
        Words(
            Nothing,
            Alone,
            "track, tracks, gps, gps cardio, gpx, tour, recording, mixed, mixed type, indoor",
        ),
        Words(
            Nothing,
            Alone,
            "outdoor, outdoors, race, event, commute, commuting, free, custom",
        ),
        Words(Nothing, Alone, "sonstiges, sonstige, andere, unbekannt, gemischt"),
        Words(
            Nothing,
            Alone,
            "autre, autres, inconnue, inconnu, entraînement, activité, sortie",
        ),
        Words(Nothing, Alone, "otro, otra, otros, desconocido, entrenamiento, actividad"),
        Words(
            Nothing,
            Alone,
            "altro, altri, sconosciuto, allenamento, attività, outro, outra",
        ),
        Words(
            Nothing,
            Alone,
            "treino, desconhecido, atividade, anders, overig, onbekend, activiteit",
        ),
        Words(
            Nothing,
            Alone,
            "inne, inny, trening, aktywność, övrigt, annat, andet, annet, muu",
        ),
        Words(
            Nothing,
            Alone,
            "träning, harjoitus, další, jiné, neznámé, ostatní, egyéb, edzés",
        ),
        Words(
            Nothing,
            Alone,
            "diğer, antrenman, другое, тренировка, その他, ワークアウト, 其他, 训练, 기타",
        ),
    ]
};

/// What turns a ride into one with a motor's help, wherever it stands in a type.
pub(super) const ASSISTED: &str = "electric, elektro, elektrisch, elektrische, électrique, eléctrica, eléctrico, elettrica, elétrica, elektryczny, elektryczna, электрический";

/// Second halves of closed compounds (German, Dutch, the North, English). With a first half
/// that is a word above the whole means that; without one it means what stands here, if anything.
pub(super) const TAILS: &[(&str, Option<Meaning>)] = &[
    ("laufen", Some(RUN)),
    ("lauf", Some(RUN)),
    ("running", Some(RUN)),
    ("juoksu", Some(RUN)),
    ("futas", Some(RUN)),
    ("wanderung", Some(HIKE)),
    ("wandern", Some(HIKE)),
    ("wandelen", Some(HIKE)),
    ("vandring", Some(HIKE)),
    ("hiking", Some(HIKE)),
    ("spaziergang", Some(WALK)),
    ("wandeling", Some(WALK)),
    ("walking", Some(WALK)),
    ("biking", Some(RIDE)),
    ("cycling", Some(RIDE)),
    ("radfahren", Some(RIDE)),
    ("radtour", Some(RIDE)),
    ("pyoraily", Some(RIDE)),
    ("skiing", Some(Meaning::Unmodelled)),
    ("skating", Some(Meaning::Unmodelled)),
    ("surfing", Some(Meaning::Unmodelled)),
    ("gliding", Some(Meaning::Unmodelled)),
    ("kayaking", Some(Meaning::Unmodelled)),
    ("paddling", Some(Meaning::Unmodelled)),
    ("swimming", Some(Meaning::Unmodelled)),
    ("schwimmen", Some(Meaning::Unmodelled)),
    ("segeln", Some(Meaning::Unmodelled)),
    ("flugzeug", Some(Meaning::Unmodelled)),
    ("hiihto", Some(Meaning::Unmodelled)),
    ("ausfahrt", None),
    ("einheit", None),
    ("fahren", None),
    ("fahrt", None),
    ("kurs", None),
    ("lenkki", None),
    ("marathon", None),
    ("pass", None),
    ("rennen", None),
    ("rit", None),
    ("runde", None),
    ("sessie", None),
    ("sport", None),
    ("tocht", None),
    ("tour", None),
    ("touren", None),
    ("training", None),
    ("tur", None),
    ("wedstrijd", None),
];

/// Words that end like one of those and tell of nobody's sport.
pub(super) const NO_COMPOUNDS: &[&str] = &[
    "ablauf",
    "bachlauf",
    "durchlauf",
    "flusslauf",
    "kreislauf",
    "umlauf",
    "verlauf",
    "wasserlauf",
    "zulauf",
];

/// The numbers that Strava wrote into the `<type>` of its GPX, and the names of those without a
/// model. Source: `Id` in strava/go.strava, `activities.go`; 17 to 19 and 51 to 53 as met in
/// exports.
pub(super) const STRAVA: &[(u16, Meaning, &str)] = &[
    (1, RIDE, ""),
    (2, Meaning::Unmodelled, "alpine skiing"),
    (3, Meaning::Unmodelled, "backcountry skiing"),
    (4, HIKE, ""),
    (5, Meaning::Unmodelled, "ice skating"),
    (6, Meaning::Unmodelled, "inline skating"),
    (7, Meaning::Unmodelled, "nordic skiing"),
    (8, Meaning::Unmodelled, "roller skiing"),
    (9, RUN, ""),
    (10, WALK, ""),
    (11, Meaning::Nothing, ""),
    (12, Meaning::Unmodelled, "snowboarding"),
    (13, HIKE, ""),
    (14, Meaning::Unmodelled, "kitesurfing"),
    (15, Meaning::Unmodelled, "windsurfing"),
    (16, Meaning::Unmodelled, "swimming"),
    (17, RIDE, ""),
    (18, ELECTRIC, ""),
    (19, RIDE, ""),
    (20, Meaning::Unmodelled, "water sport"),
    (21, Meaning::Unmodelled, "canoeing"),
    (22, Meaning::Unmodelled, "kayaking"),
    (23, Meaning::Unmodelled, "rowing"),
    (24, Meaning::Unmodelled, "stand-up paddling"),
    (25, Meaning::Unmodelled, "surfing"),
    (26, Meaning::Unmodelled, "crossfit"),
    (27, Meaning::Unmodelled, "elliptical"),
    (28, Meaning::Unmodelled, "rock climbing"),
    (29, Meaning::Unmodelled, "stair stepper"),
    (30, Meaning::Unmodelled, "weight training"),
    (31, Meaning::Unmodelled, "yoga"),
    (40, Meaning::Unmodelled, "winter sport"),
    (41, Meaning::Unmodelled, "cross-country skiing"),
    (51, Meaning::Unmodelled, "hand cycling"),
    (52, Meaning::Unmodelled, "wheelchair"),
    (53, RUN, ""),
];
