//! From the tables of an older version to today's, whole or not at all.

use crate::store::{APPLICATION, Store, StoreFault, copy};

impl Store {
    /// Brings the tables up to date, in one transaction: another run that came first is seen.
    /// What an older version wrote is copied before, while nobody can write.
    pub(super) fn upgrade(&mut self, steps: &[&str]) -> Result<(), StoreFault> {
        let write = rusqlite::TransactionBehavior::Immediate;
        let transaction = self.db.transaction_with_behavior(write)?;
        let version: i64 =
            transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let done = usize::try_from(version).unwrap_or(0);
        if done >= steps.len() {
            return Ok(());
        }
        // a new store has nothing to copy
        if done > 0 {
            self.copy = Some(copy::beside(&self.path, done)?);
        }
        for step in steps.iter().skip(done) {
            transaction.execute_batch(step)?;
        }
        let now = i64::try_from(steps.len()).unwrap_or(i64::MAX);
        transaction.pragma_update(None, "user_version", now)?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.commit()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};
    use std::process::{Command, Stdio};
    use std::time::Instant;

    use rusqlite::Connection;

    use crate::store::{Store, schema};

    /// What a later version may ask for, and long enough to be killed in.
    const NEXT: &str = "
        alter table activities add column surface text;
        update activities set surface = 'gravel';
        create table hills_by_load as select * from hills order by load;
        create index hills_by_length on hills (length_m);
        drop table hills_by_load;";
    const STORE: &str = "HARDLEGS_TEST_UPGRADE";

    fn steps() -> Vec<&'static str> {
        schema::MIGRATIONS.into_iter().chain([NEXT]).collect()
    }

    /// Returns the frozen store of a version.
    fn frozen(version: usize) -> String {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/stores");
        std::fs::read_to_string(format!("{folder}/v{version}.sql")).unwrap()
    }

    fn made(path: &Path, sql: &str) {
        Connection::open(path).unwrap().execute_batch(sql).unwrap();
    }

    /// The frozen store of today's version with some thousand rows more.
    fn large(path: &Path) {
        made(path, &frozen(schema::MIGRATIONS.len()));
        let more = "with recursive n(x) as (select 1 union all select x + 1 from n where x < 300)";
        made(path, &format!(
            "{more} insert into hills select id || x, part, number, slope, from_m, length_m,
             rise_m, mean_grade, volume_m, load, intensity from hills, n"
        ));
    }

    fn lines(db: &Connection, sql: &str) -> Vec<String> {
        let mut query = db.prepare(sql).unwrap();
        let rows = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    /// Returns everything that every version holds, a line a row.
    fn held(path: &Path) -> Vec<String> {
        let db = Connection::open(path).unwrap();
        assert_eq!(lines(&db, "pragma integrity_check"), ["ok"]);
        [
            "select path || root || ifnull(id, '') || ifnull(message, '') from files order by 1",
            "select id || name || sport || start || distance_m || eccentric_load || model from activities order by 1",
            "select id || every_s || hex(positions) from traces order by 1",
            "select id || number || slope || load from hills order by 1",
            "select id || ifnull(sport, '') || ifnull(pack_kg, '') || excluded from corrections order by 1",
        ]
        .into_iter()
        .flat_map(|sql| lines(&db, sql))
        .collect()
    }

    fn version_of(path: &Path) -> usize {
        let db = Connection::open(path).unwrap();
        db.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0)).unwrap()
            as usize
    }

    fn names(folder: &Path) -> Vec<String> {
        let name = |entry: std::io::Result<std::fs::DirEntry>| {
            entry.unwrap().file_name().into_string().unwrap()
        };
        let mut names: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(name).collect();
        names.retain(|name| !name.ends_with("-wal") && !name.ends_with("-shm"));
        names.sort();
        names
    }

    /// A store that is out is never changed in place: its tables are frozen with it.
    #[test]
    fn freezes_a_store_of_every_version() {
        for version in 1..=schema::MIGRATIONS.len() {
            let tables = |sql: &str| {
                let db = Connection::open_in_memory().unwrap();
                db.execute_batch(sql).unwrap();
                lines(
                    &db,
                    "select sql from sqlite_schema where sql is not null order by name",
                )
            };
            let steps = schema::MIGRATIONS[..version].concat();
            assert_eq!(tables(&frozen(version)), tables(&steps), "version {version}");
        }
    }

    #[test]
    fn upgrades_the_store_of_every_version() {
        for version in 1..=schema::MIGRATIONS.len() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("history.sqlite");
            made(&path, &frozen(version));
            let before = held(&path);
            let store = Store::opened(&path, &steps()).unwrap();
            let copy = folder.path().join(format!("history.sqlite.v{version}.bak"));
            assert_eq!(store.copy(), Some(copy.as_path()));
            let (sessions, unreadable) = store.remembered().unwrap();
            assert!(unreadable.is_empty(), "{unreadable:?}");
            let said: Vec<(&str, bool)> =
                sessions.iter().map(|s| (s.sport.name(), s.excluded)).collect();
            assert_eq!(said, [("run", false), ("ride", true), ("walk", false)]);
            // points of 10 m in the first version: metres since
            for session in sessions.iter().filter(|s| s.sport.on_foot()) {
                let load = session.descent_volume_m / 20.0;
                let intensity = session.eccentric_load / load;
                let told = session.eccentric_intensity.unwrap();
                assert!((intensity - told).abs() < 1e-9, "{intensity}, not {told}");
                assert!((session.loss_m / session.descent_volume_m - 1.0).abs() < 0.2);
            }
            let hike = store.correction(&sessions[2].id, 1).unwrap();
            assert_eq!(hike.pack_kg, Some(8.0));
            drop(store);
            assert_eq!((held(&path), held(&copy)), (before.clone(), before));
            assert_eq!((version_of(&path), version_of(&copy)), (steps().len(), version));
            // once: nothing is copied again
            assert_eq!(Store::opened(&path, &steps()).unwrap().copy(), None);
            // and the older program leaves what is newer as it is
            assert!(Store::open(&path).unwrap_err().message().contains("newer hardlegs"));
        }
    }

    #[test]
    fn changes_nothing_in_a_step_that_fails_and_writes_over_no_copy() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.sqlite");
        let today = schema::MIGRATIONS.len();
        made(&path, &frozen(today));
        let bak = format!("history.sqlite.v{today}.bak");
        std::fs::write(folder.path().join(&bak), "somebody's notes").unwrap();
        let before = held(&path);
        let broken: Vec<&str> =
            steps().into_iter().chain(["create table oh no"]).collect();
        for _ in 0..3 {
            let error = Store::opened(&path, &broken).unwrap_err().message();
            assert!(error.contains("syntax error"), "{error}");
            assert_eq!((held(&path), version_of(&path)), (before.clone(), today));
        }
        let second = format!("history.sqlite.v{today}.2.bak");
        assert_eq!(
            names(folder.path()),
            ["history.sqlite".to_owned(), second.clone(), bak.clone()]
        );
        assert_eq!(
            std::fs::read_to_string(folder.path().join(&bak)).unwrap(),
            "somebody's notes"
        );
        assert_eq!(held(&folder.path().join(&second)), before);
        // an older program goes on meanwhile: what it wrote is copied beside
        made(&path, "delete from corrections");
        let store = Store::opened(&path, &steps()).unwrap();
        assert!(
            store.copy().unwrap().ends_with(format!("history.sqlite.v{today}.3.bak"))
        );
        assert_eq!(held(&folder.path().join(&second)), before);
    }

    #[cfg(unix)]
    #[test]
    fn gives_a_copy_the_permissions_of_its_store() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.sqlite");
        made(&path, &frozen(schema::MIGRATIONS.len()));
        let own = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(&path, own).unwrap();
        let store = Store::opened(&path, &steps()).unwrap();
        let mode = std::fs::metadata(store.copy().unwrap()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    /// What is refused stays as it was to the byte, with what a killed program left in its log.
    #[test]
    fn leaves_a_newer_store_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.sqlite");
        Store::open(&path).unwrap();
        made(&path, "pragma user_version = 99");
        let killed = folder.path().join("killed.sqlite");
        {
            let open = Store::open(&folder.path().join("open.sqlite")).unwrap();
            open.db.pragma_update(None, "user_version", 98).unwrap();
            for end in ["", "-wal"] {
                let from = folder.path().join(format!("open.sqlite{end}"));
                std::fs::copy(from, folder.path().join(format!("killed.sqlite{end}")))
                    .unwrap();
            }
        }
        let log = folder.path().join("killed.sqlite-wal");
        let state = |path: &Path| {
            let touched = std::fs::metadata(path).unwrap().modified().unwrap();
            (std::fs::read(path).unwrap(), touched)
        };
        let before = [&path, &killed, &log].map(|path| state(path));
        assert!(!before[2].0.is_empty());
        for (path, version) in [(&path, 99), (&killed, 98)] {
            for _ in 0..2 {
                let error = Store::open(path).unwrap_err().message();
                assert!(
                    error.contains(&format!("newer hardlegs (version {version}")),
                    "{error}"
                );
            }
        }
        assert!([&path, &killed, &log].map(|path| state(path)) == before);
        for end in ["-wal", "-shm"] {
            assert!(!folder.path().join(format!("history.sqlite{end}")).exists());
        }
    }

    /// Something that is too small for a database is somebody's; an empty file is nobody's.
    #[test]
    fn leaves_a_file_that_is_no_database_to_the_byte() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.sqlite");
        drop(Store::open(&path).unwrap());
        let whole = std::fs::read(&path).unwrap();
        for length in (1..100).chain([511, 512, 513, 1000, 4095]) {
            for bytes in [&whole[..length], &vec![b'a'; length], &vec![0; length]] {
                std::fs::write(&path, bytes).unwrap();
                let error = Store::open(&path).unwrap_err().message();
                assert!(error.contains("the store: "), "{error}");
                assert!(std::fs::read(&path).unwrap() == bytes, "{length}: written over");
            }
        }
        assert_eq!(names(folder.path()), ["history.sqlite"]);
        std::fs::write(&path, "").unwrap();
        assert!(Store::open(&path).unwrap().sessions().unwrap().is_empty());
    }

    #[test]
    #[ignore = "what the tests beside it start, to kill it or to take its room away"]
    fn upgrades_what_is_named() {
        let Some(path) = std::env::var_os(STORE).map(PathBuf::from) else { return };
        Store::opened(&path, &steps()).unwrap();
    }

    /// This test program, asked to bring up a store that is named, under a shell's limits.
    fn upgrading(path: &Path, limits: &str) -> Command {
        let mut command = Command::new("sh");
        command
            .args(["-c", &format!("{limits} exec \"$@\""), "sh"])
            .arg(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "--ignored",
                "store::upgrade::tests::upgrades_what_is_named",
            ])
            .env(STORE, path)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    fn turns(long_form: u32, short_form: u32) -> u32 {
        if std::env::var_os("HARDLEGS_LONG").is_some() { long_form } else { short_form }
    }

    /// Checks that the store is the old or the new one, and each copy beside it is a whole old one.
    fn old_or_new(path: &Path, before: &[String], when: &str) -> bool {
        assert!(held(path) == before, "{when}: something is lost");
        let today = schema::MIGRATIONS.len();
        let now = version_of(path);
        assert!(now == today || now == today + 1, "{when}: version {now}");
        let copy = path.with_file_name(format!("history.sqlite.v{today}.bak"));
        assert!(now == today || copy.exists(), "{when}: changed without a copy");
        assert!(!copy.exists() || held(&copy) == before, "{when}: half a copy");
        now > today
    }

    #[cfg(unix)]
    #[test]
    fn upgrades_whole_or_not_at_all_when_killed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.sqlite");
        large(&path);
        let before = held(&path);
        let old = std::fs::read(&path).unwrap();
        let begun = Instant::now();
        assert!(upgrading(&path, "").status().unwrap().success());
        assert!(old_or_new(&path, &before, "undisturbed"));
        let (lasts, all) = (begun.elapsed(), turns(200, 25));
        let (mut in_mid_run, mut done) = (0, 0);
        for turn in 0..all {
            for name in names(folder.path()) {
                std::fs::remove_file(folder.path().join(name)).unwrap();
            }
            for end in ["-wal", "-shm"] {
                let _ = std::fs::remove_file(
                    folder.path().join(format!("history.sqlite{end}")),
                );
            }
            std::fs::write(&path, &old).unwrap();
            let wait = lasts * turn / all;
            let mut child = upgrading(&path, "").spawn().unwrap();
            std::thread::sleep(wait);
            child.kill().unwrap();
            in_mid_run += u32::from(!child.wait().unwrap().success());
            let when = format!("after {wait:?}");
            done += u32::from(old_or_new(&path, &before, &when));
            // and the next run ends what this one began
            Store::opened(&path, &steps()).unwrap();
            assert!(old_or_new(&path, &before, &when), "{when}");
            assert_eq!(
                names(folder.path()).len(),
                2,
                "{when}: {:?}",
                names(folder.path())
            );
        }
        assert!(in_mid_run > all / 3 && done < all, "{in_mid_run} {done} of {all}");
    }

    /// No file may grow beyond so much, or no disk has more: the store stays, and is brought up
    /// once there is room.
    #[cfg(unix)]
    #[test]
    fn begins_or_keeps_no_upgrade_without_disk_space() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.sqlite");
        large(&path);
        let before = held(&path);
        let old = std::fs::read(&path).unwrap();
        let blocks = old.len() / 512;
        let (mut refused, mut done) = (0, 0);
        for part in 1..=turns(60, 12) as usize {
            std::fs::write(&path, &old).unwrap();
            let room = blocks * part / 6;
            let limits = format!("trap '' XFSZ; ulimit -f {room};");
            let status = upgrading(&path, &limits).status().unwrap();
            let when = format!("{room} of {blocks} blocks");
            let new = old_or_new(&path, &before, &when);
            assert_eq!(new, status.success(), "{when}");
            assert!(
                !names(folder.path()).iter().any(|name| name.ends_with("-part")),
                "{when}"
            );
            *(if new { &mut done } else { &mut refused }) += 1;
            Store::opened(&path, &steps()).unwrap();
            assert!(old_or_new(&path, &before, &when), "{when}");
        }
        assert!(refused >= 4 && done >= 1, "{refused} {done}");
    }
}
