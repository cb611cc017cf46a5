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
const VIRTUAL: Meaning = Meaning::Modelled(Sport::Ride, Bike::Virtual);
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
            "run, runs, running, jog, jogs, jogging, jogged, fell running, trail run, \
             trail runs, trail running, virtual run, parkrun, snowshoe running, \
             triathlon running, duathlon running, multisport running, \
             off road triathlon running, off road duathlon running, canicross, \
             orienteering, fartlek, plogging, laufen, joggen, dauerlauf, \
             orientierungslauf, course à pied, courir, footing, course d'orientation, \
             carrera a pie, correr, corriendo, trote, salir a correr, correre, \
             corsa a piedi, corsa in montagna, podismo, corrida a pé, corrida de rua, \
             hardlopen, hardloop, bieganie, bieg, przebieżka, běhání, behanie, futás, \
             kocogás, löpning, löprunda, löptur, löppass, jogga, joggning, løping, \
             løpetur, joggetur, løbetur, løb, løbning, juoksu, juoksulenkki, \
             juokseminen, hölkkä, polkujuoksu, бег, пробежка, забег, біг, бягане, \
             трейлраннинг, джоггинг, τρέξιμο, trčanje, alergare, koşu, correguda, \
             chạy bộ, วิ่ง, ランニング, ジョギング, トレイルランニング, トレイルラン, トレラン, 跑步, 慢跑, 越野跑, 달리기, \
             러닝, 조깅, 트레일러닝, جري, ריצה",
        ),
        Words(
            RUN,
            InType,
            "obstacle race, obstacle racing, obstacle course racing, treadmill, \
             laufband, lauf, carrera, carreras, corsa, corse, corrida, cursa, \
             tapis roulant, løp, löpa, běh, beh, tek, tekaška, lari, hardloopsessie, \
             loopband, ラン, 跑, 跑步机, 런, 런닝, маратон, koşma",
        ),
        Words(
            RUN,
            Alone,
            "trail, ultra trail, ultratrail, course, marathon, half marathon, трейл, \
             maratón, maratona, maraton, halbmarathon, マラソン, 马拉松",
        ),
        // on foot: walking
        Words(
            WALK,
            Anywhere,
            "walk, walks, walking, walked, nordic walking, race walking, spaziergang, \
             spazieren, spazierengehen, hunderunde, gassi, marche nordique, \
             marche à pied, marche sportive, marcher, caminata, caminar, caminando, \
             marcha nórdica, camminata, camminare, camminata nordica, caminhada, \
             caminhar, caminada, wandeling, wandelen, spacer, spacerowanie, chodzenie, \
             gåtur, spasertur, promenader, kävely, kävelylenkki, chůze, chôdza, \
             procházka, gyaloglás, séta, sétálás, yürüyüş, ходьба, пешая прогулка, \
             скандинавская ходьба, ходіння, περπάτημα, περπατημα, hodanje, šetnja, \
             sprehod, plimbare, đi bộ, ウォーキング, ウォーク, 散歩, 步行, 健走, 散步, 걷기, 산책, הליכה",
        ),
        Words(
            WALK,
            InType,
            "gehen, walken, stroll, strolling, marche, marsch, chód, hoja, mers, \
             andar, andando, gå, gång, gange, ganga, ходити, 走路, 徒歩, 워킹",
        ),
        Words(
            WALK,
            Alone,
            "marcha, paseo, pasear, passeggiata, passeio, balade, promenade, promenad, \
             прогулка, on foot, à pied, a pie, a piedi, zu fuss",
        ),
        // on foot: hiking
        Words(
            HIKE,
            Anywhere,
            "hike, hikes, hiking, hiked, thru hike, backpacking, trekking, \
             hillwalking, hill walking, fell walking, bushwalking, bush walking, \
             bushwalk, tramping, rucking, mountaineering, alpine tour, snowshoe, \
             snowshoes, snowshoeing, snow shoe, snow shoeing, wandern, wanderung, \
             wandertour, bergwandern, bergsteigen, bergtour, hochtour, schneeschuh, \
             schneeschuhwandern, schneeschuhwanderung, schneeschuhlaufen, \
             schneeschuhtour, randonnée pédestre, rando pédestre, raquettes à neige, \
             senderismo, excursionismo, montañismo, raquetas de nieve, escursionismo, \
             alpinismo, ciaspole, ciaspolata, ciaspolare, trilhas, montanhismo, \
             bergwandeling, sneeuwschoenwandelen, wędrówka, turystyka piesza, \
             piesza wycieczka, wycieczka piesza, vandring, vandretur, vandra, \
             fjällvandring, fjelltur, fottur, snöskovandring, vaellus, patikointi, \
             retkeily, lumikenkäily, túrázás, gyalogtúra, pěší turistika, \
             pešia turistika, planinarenje, pješačenje, pohodništvo, drumeție, \
             senderisme, doğa yürüyüşü, πεζοπορία, пеший туризм, хайкинг, треккинг, \
             ハイキング, ハイク, トレッキング, 登山, スノーシュー, 徒步, 远足, 健行, 하이킹, 등산, 트레킹, 雪鞋行走, 徒步旅行, \
             טיול רגלי",
        ),
        Words(
            HIKE,
            InType,
            "trek, mtn climb, mountain climb, mountain climbing, raquettes, \
             randonnée raquette, trilha, túra, sněžnice, lyžování na sněžnicích, \
             alpinisme, racchette da neve, rakiety śnieżne, truger, снегоступы, \
             caminhada na neve, piesza, piesze, поход, похід, turistika, snösko, \
             andinismo, kirándulás, bergwandelen, wandeltocht, dağcılık",
        ),
        Words(
            HIKE,
            Alone,
            "randonnée, randonnées, rando, excursión, escursione, escursioni, \
             turystyka, pohod, tramp, wanderweg",
        ),
        // riding
        Words(
            VIRTUAL,
            Anywhere,
            "virtual ride, virtual rides, virtual cycling, virtual bike, zwift",
        ),
        Words(VIRTUAL, InType, "バーチャルライド"),
        Words(
            RIDE,
            Anywhere,
            "ride, rides, cycle, cycling, cycled, bicycle, bicycling, bike, bikes, \
             biking, biked, bike ride, bike riding, triathlon cycling, \
             duathlon cycling, off road triathlon cycling, off road duathlon cycling, \
             multisport cycling, indoor cycling, spin bike, velomobile, \
             velomobil, touring bicycle, fahrrad, radfahren, rad fahren, radfahrt, \
             radtour, rennrad, fahrradfahren, radeln, velofahren, bahnradfahren, \
             radsport, vélo, cyclisme, cycliste, cyclo, cyclotourisme, vélotaf, \
             bicicleta, ciclismo, ciclista, cicloturismo, bici, pedalada, pedalear, \
             pedalar, bicicletta, bicicletas, pedalata, fiets, fietsen, fietstocht, \
             fietsrit, wielrennen, wielrenner, rowerowa, rowerowy, rowerowe, rowerem, \
             rowerze, kolarstwo, kolarska, kolarski, cykel, cykla, cykling, cykeltur, \
             cyklat, sykkel, sykling, sykkeltur, sykle, landeveissykling, pyöräily, \
             pyörä, pyörälenkki, pyöräretki, maantiepyöräily, cyklistika, \
             cykloturistika, cyklovýlet, bicykel, bicyklovanie, kerékpár, \
             kerékpározás, bicikli, biciklizés, bringázás, bisiklet, biciklizam, \
             kolesarjenje, kolesarstvo, ciclisme, велосипед, велосипеде, велоспорт, \
             велопрогулка, велозаезд, велотренировка, велопоездка, велоспорту, \
             велосипедна, ποδηλασία, ποδήλατο, bersepeda, sepeda, đạp xe, ปั่นจักรยาน, \
             自転車, サイクリング, ロードバイク, 骑行, 騎行, 骑车, 自行车, 單車, 公路车, 자전거, 사이클링, 사이클, 라이딩, \
             ركوب الدراجات, רכיבה",
        ),
        Words(
            RIDE,
            InType,
            "spinning, racebike, racing bike, city bike, rad, radl, vuelta, \
             vuelta ciclista, rower, kolo, kole, koło, bike tour, вело, заезд, バイク, \
             ライド, 라이드, recumbent, tandem, rolle, rollentrainer, \
             home trainer, bicikl, koles, koleso, radl tour",
        ),
        Words(RIDE, Alone, "rit, toertocht, cyclosportive, gran fondo"),
        Words(
            GRAVEL,
            Anywhere,
            "gravel ride, gravel cycling, gravel biking, gravel bike, gravelbiken, \
             cyclocross, cyclo cross, gravelrit, querfeldein rad, グラベルライド, グラベル",
        ),
        Words(GRAVEL, InType, "gravel, cycling gravel, sortie gravel"),
        Words(
            MOUNTAIN,
            Anywhere,
            "mountain bike, mountain bikes, mountain biking, mtb, mtb orienteering, \
             mountain bike orienteering, mountain bike ride, downhill biking, \
             enduro mtb, mountainbiken, vtt, btt, bici de montaña, \
             bicicleta de montaña, fat bike, terrängcykling, terrengsykling, \
             maastopyöräily, mtb tour, маунтинбайк, горный велосипед, マウンテンバイク, 山地车, \
             山地骑行, 산악자전거, bmx, dirt jump bike, vélo tout terrain",
        ),
        Words(
            MOUNTAIN,
            InType,
            "downhill bike, mtb easy, cycling mountain, mtb advanced, hegyikerékpár, \
             biking mountain, horském kole",
        ),
        Words(
            ELECTRIC,
            Anywhere,
            "ebike, e bike, ebikes, ebiking, e biking, e bike ride, pedelec, \
             e bike fitness, e bike mountain, e bike enduro, e enduro mtb, emtb, \
             e mtb, emtb easy, e mountain bike, e mountain bike ride, electric bike, \
             electric bicycle, elektrofahrrad, e fahrrad, e velo, \
             vélo à assistance électrique, vttae, elcykel, elsykkel, efiets, \
             sähköpyörä, elektrokolo, электровелосипед, eバイク, 电动自行车, 전기자전거, 電動自転車, \
             e racebike, e touring bicycle, ebike tour",
        ),
        Words(ELECTRIC, InType, "vae, s pedelec, elektrische fiets"),
        // snow
        Words(
            Unmodelled,
            Anywhere,
            "ski, skis, skiing, skied, skier, ski run, skimo, skitour, ski tour, \
             ski touring, ski mountaineering, nordic ski, cross country ski, \
             cross country skiing, xc ski, xc skiing, roller ski, roller skiing, \
             rollski, backcountry ski, ski alpin, alpine ski, alpine skiing, telemark, \
             snowboard, snowboarding, snow boarding, splitboard, splitboarding, \
             snowmobile, snowmobiling, sledding, sledging, tobogganing, skifahren, \
             skitouren, skilanglauf, langlauf, langlaufen, schifahren, skilaufen, \
             rodeln, schlittenfahren, snowboarden, ski de fond, ski de randonnée, \
             luge, motoneige, esquí, esquiar, esquí de fondo, esquí de travesía, \
             sci di fondo, sci alpino, sci alpinismo, scialpinismo, sciare, slitta, \
             esqui alpino, esqui nórdico, skiën, langlaufsessie, narty, narciarstwo, \
             narciarska, narciarskie, na nartach, skidåkning, längdskidåkning, skidor, \
             skidtur, utförsåkning, langrenn, langrend, skiløb, skitur, topptur, \
             hiihto, murtomaahiihto, laskettelu, lumilautailu, lyžování, lyže, lyžích, \
             běžky, bežky, lyžovanie, síelés, sízés, sífutás, kayak yapma, \
             kros kayağı, smučanje, skijanje, лыжи, лыжах, лыжный, лыжная, лыжные, \
             сноуборд, лижі, σκι, スキー, スノーボード, 滑雪, 单板滑雪, 스키, 스노보드",
        ),
        Words(
            Unmodelled,
            InType,
            "sci, skate ski, skating ws, winter sport, winter sports, sled, sledge, \
             sleigh, schi, skaten, traîneau, alpint, saně, sáně",
        ),
        // water
        Words(
            Unmodelled,
            Anywhere,
            "swim, swims, swimming, swam, swimrun, open water swim, rowing, kayak, \
             kayaks, kayaking, canoe, canoeing, canoes, paddle, paddling, paddleboard, \
             paddleboarding, paddle boarding, stand up paddle, stand up paddling, \
             sailing, rafting, surfing, kitesurf, kitesurfing, kite surfing, \
             kiteboarding, windsurf, windsurfing, wind surfing, wing foil, \
             wing foiling, wasserski, wakeboarding, wakeboard, wakesurfing, \
             water skiing, snorkeling, snorkelling, scuba diving, freediving, \
             schwimmen, freiwasserschwimmen, rudern, paddeln, stehpaddeln, kanu, \
             kajak, segeln, tauchen, kitesurfen, windsurfen, natation, nager, aviron, \
             planche à voile, plongée, natación, nadar, piragüismo, nuoto, nuotare, \
             canottaggio, canoa, canoë, surf de remo, natação, canoagem, caiaque, \
             zwemmen, roeien, kanovaren, kajakken, zeilen, suppen, pływanie, \
             wioślarstwo, kajaki, kajakarstwo, żeglarstwo, simning, svømning, \
             svømming, paddling, segling, roing, uinti, melonta, soutu, purjehdus, \
             plavání, plávanie, veslování, veslovanie, pádlování, úszás, evezés, \
             kajakozás, yüzme, kürek, plivanje, plavanje, înot, κολύμπι, плавание, \
             заплыв, гребля, байдарка, каякинг, плавання, 水泳, スイム, カヤック, カヌー, サーフィン, \
             游泳, 划船, 皮划艇, 수영, 카약, 서핑, שחייה, سباحة",
        ),
        Words(
            Unmodelled,
            InType,
            "row, rowed, surf, sup, sail, dive, diving, boat, boating, raft, \
             open water, lap swimming, pool swim, indoor rowing, kite, canyoning, \
             rowing machine, packraft, packrafting, water sport, motorboot, surfen, \
             nage, remo, vela, voile, remar, vogare, rodd, zwem, roei, kano, nautisme, \
             boot, bateau, barco, barca, båt, veneily, lapswimming, водный, парус, \
             яхта, loď, člun, łódź, ヨット, 冲浪, apnea, water tubing, whitewater, \
             grinding, foil, drachenboot",
        ),
        // wheels, blades and boards
        Words(
            Unmodelled,
            Anywhere,
            "skating, inline skating, inline skate, ice skating, rollerblade, \
             roller blading, rollerblading, roller skating, skateboard, skateboarding, \
             longboarding, inlineskaten, inlineskating, eislaufen, eislauf, \
             schlittschuhlaufen, rollschuhlaufen, eisschnelllauf, schlittschuh, \
             patinage, patin à glace, patinaje, patinar, pattinaggio, patinação, \
             patins, schaatsen, skeeleren, skaten inline, łyżwy, łyżwiarstwo, rolki, \
             skridskor, skridskoåkning, skøjteløb, skøyter, luistelu, rullaluistelu, \
             bruslení, korčuľovanie, korcsolya, коньки, ролики, роликовые коньки, \
             スケート, スケートボード, 滑冰, 轮滑, 溜冰, 스케이트, wheelchair, rollstuhl, biking hand, \
             fauteuil roulant, silla de ruedas, sedia a rotelle, hand cycle, \
             hand cycling, handcycle, handbike, hand bike, vélo à main, \
             bicicleta de mano",
        ),
        Words(
            Unmodelled,
            InType,
            "skate, skates, inline, inliner, inliners, roller, rollers, longboard, \
             kick scooter, kickscooter, trottinette, scooter, patins à roulettes, \
             rolschaatsen, schaats, schaatssessie, ijs, unicycle, unicycling, \
             land sailing, ice sailing, quadriciclo",
        ),
        // in the air
        Words(
            Unmodelled,
            Anywhere,
            "paragliding, para gliding, hang gliding, sky diving, skydiving, \
             gleitschirm, gleitschirmfliegen, drachenfliegen, segelfliegen, \
             fallschirmspringen, parapente, deltaplane, parachutisme, vol à voile, \
             parapendio, deltaplano, paralotniarstwo, парапланеризм, パラグライダー, 滑翔伞",
        ),
        Words(
            Unmodelled,
            InType,
            "flying, fly, flight, gliding, glider, paraglider, airplane, aeroplane, \
             plane, seaplane, helicopter, balloon, hot air balloon, hydravion, \
             heissluftballon, luftschiff, dirigeable, drone, blimp, wingsuit, flug, \
             flugzeug, avion, avión, aereo, avião, samolot, letadlo, vliegtuig, flyg, \
             sky jumping, 飞机, 飛行機, parachute, base jumping, ballon, hubschrauber, \
             самолет, polet",
        ),
        // with a motor, or carried
        Words(
            Unmodelled,
            Anywhere,
            "motorcycle, motorcycling, motorbike, motor bike, motocross, motor cycle, \
             dirt bike, dirt biking, moped, motorrad, motorradfahren, autofahren, \
             autofahrt, motocicleta, motorfiets, motocicletta, motocykl, motocyklu, \
             мотоцикл, オートバイ, モーターバイク, 摩托车, 오토바이, zugfahrt, busfahrt",
        ),
        Words(
            Unmodelled,
            InType,
            "car, cars, drive, driving, drove, driver, motor, motoring, moto, \
             motor sport, motor sports, atv, quad, escooter, e scooter, vehicle, \
             train, railway, rail, tram, bus, coach, taxi, truck, lorry, van, subway, \
             metro, ferry, ship, cruise, gondola, cable car, chairlift, funicular, \
             lift, public transport, automotive, zug, bahn, seilbahn, fähre, schiff, \
             busfahren, pkw, lkw, voiture, automobile, conduite, autobus, camion, \
             téléphérique, coche, coches, tren, autobús, conducir, řízení, macchina, \
             treno, traghetto, carro, trem, ônibus, balsa, funivia, trein, veerboot, \
             rijden, samochód, samochodem, pociąg, prom, bil, bilkjøring, bilkörning, \
             tåg, tog, færge, färja, juna, vlak, автомобиль, машина, поезд, автобус, \
             паром, ドライブ, 車, 电车, 開車, 驾车, 开车, 汽车, 火车, 電車, バス, 자동차, 운전, 기차, elevator, \
             escalator, 4x4, off road, motorboat, motor boating, overland, rally",
        ),
        Words(Unmodelled, Alone, "auto, fahren, fahrt, transport, transporte"),
        // animals, rocks, balls, halls
        Words(
            Unmodelled,
            Anywhere,
            "horse riding, horseback riding, horse back riding, horse ride, \
             donkey back riding, dog sledding, equestrian, eselreiten, reiten, \
             ausritt, équitation, equitación, equitazione, paardrijden, jazda konna, \
             ratsastus, jízda na koni, lovaglás, верховая езда, 乗馬, 骑马, 승마, a caballo, \
             à cheval, rock climbing, bouldering, boulder, via ferrata, klettersteig, \
             klettern, escalade, escalada, arrampicata, wspinaczka, triathlon, \
             duathlon, aquathlon, biathlon, multisport, multi sport, swim run, \
             adventure race, adventure racing, triatlón, triatlon, триатлон",
        ),
        Words(
            Unmodelled,
            InType,
            "horse, riding horse, horseback, ridning, hipismo, equitação, climb, \
             climbing, indoor climbing, floor climbing, ice climbing, klatring, \
             klättring, kiipeily, lezení, kuklanie, mászás, скалолазание, golf, \
             disc golf, frisbee, ultimate frisbee, tennis, table tennis, squash, \
             badminton, padel, pickleball, racquetball, racket, soccer, football, \
             american football, fussball, fútbol, calcio, futebol, voetbal, \
             piłka nożna, fotboll, fotball, basketball, baloncesto, volleyball, \
             beach volleyball, baseball, softball, hockey, ice hockey, field hockey, \
             rugby, cricket, lacrosse, handball, futsal, floorball, curling, bowling, \
             billiards, yoga, pilates, meditation, breathwork, tai chi, stretching, \
             gymnastics, dance, dancing, tanzen, zumba, aerobics, barre, boxing, \
             kickboxing, martial arts, mixed martial arts, fencing, wrestling, karate, \
             judo, taekwondo, archery, shooting, hunting, jagd, fishing, angeln, \
             geocaching, tactical, jumpmaster, strength training, weight training, \
             weightlifting, crossfit, musculation, musculación, krafttraining, \
             styrketräning, hiit, high intensity interval training, core training, \
             crosstrainer, elliptical, elliptical trainer, elíptica, elliptique, \
             ellittica, stair climbing, stair climber, stair climbing machine, stairs, \
             stair stepper, stepper, stair, jump rope, jumping rope, trampoline, \
             video gaming, e sport, esport, transition, para sport, team sport",
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
            "other, others, generic, unknown, default, uncategorized, none, null, n a, \
             all, any, sport, sports, activity, workout, exercise, training, track, \
             tracks, gps, gps cardio, gpx, tour, recording, mixed, mixed type, indoor, \
             outdoor, outdoors, race, event, commute, commuting, free, custom, \
             sonstiges, sonstige, andere, unbekannt, gemischt, autre, autres, \
             inconnue, inconnu, entraînement, activité, sortie, otro, otra, otros, \
             desconocido, entrenamiento, actividad, altro, altri, sconosciuto, \
             allenamento, attività, outro, outra, treino, desconhecido, atividade, \
             anders, overig, onbekend, activiteit, inne, inny, trening, aktywność, \
             övrigt, annat, andet, annet, muu, träning, harjoitus, další, jiné, \
             neznámé, ostatní, egyéb, edzés, diğer, antrenman, другое, тренировка, \
             その他, ワークアウト, 其他, 训练, 기타",
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
