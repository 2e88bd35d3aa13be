// SPDX-License-Identifier: MPL-2.0
#include "store/store.h"

#include <dirent.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <utility>

#include "base/log.h"
#include "store/chain.h"
#include "store/descriptor.h"
#include "store/migrations.h"
#include "store/salvage.h"
#include "store/vault_key.h"

namespace lastlook {
namespace {

// One for damage, one for another process that was first with replacing it, one for the unforeseen.
constexpr int kMostRounds = 2;

constexpr const char* kDamagedMark = ".damaged-";
// What SQLite keeps beside the database.
constexpr std::array kCompanions = {"", "-wal", "-shm"};

bool IsDamage(const SQLite::Exception& problem) {
  return problem.getErrorCode() == SQLITE_CORRUPT || problem.getErrorCode() == SQLITE_NOTADB;
}

Error FromException(const SQLite::Exception& problem, const std::string& path) {
  const auto error = [&](const char* message, const char* remedy) {
    Error out = StoreError(path, message, remedy);
    out.message += std::string(" (") + problem.what() + ")";
    return out;
  };
  switch (problem.getErrorCode()) {
    case SQLITE_FULL:
      return error("the disk is full: nothing can be recorded", "make room on the disk");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return error("the store cannot be written", "let its owner write to this file and its folder");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return error("another program holds the store", "end the program that keeps it open, then try again");
    case SQLITE_IOERR:
      return error("the disk refuses to write or read", "look whether it is full or failing");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return error("the store is damaged", "run lastlook doctor");
    default:
      return error("the store cannot be used", "run lastlook doctor");
  }
}

// Of the file; kept in it.
void ConfigureFile(Connection& connection) {
  // Only a new file takes it; before the first table is made.
  connection.Execute("PRAGMA auto_vacuum = INCREMENTAL");
  Query mode(connection, "PRAGMA journal_mode = WAL");
  mode.Run();
}

void Configure(Connection& connection) {
  connection.Execute(
      "PRAGMA synchronous = FULL;"
      // What is erased is overwritten, and nothing goes into files elsewhere.
      "PRAGMA secure_delete = ON;"
      "PRAGMA temp_store = MEMORY;"
      "PRAGMA trusted_schema = OFF;"
      "PRAGMA cell_size_check = ON;");
}

std::int64_t SizeOf(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 ? info.st_size : 0;
}

// "2026-11-24T17-05-00Z": no colons, which not every file system takes.
std::string DateForName(std::int64_t unix_seconds) {
  std::string date = FormatTimestamp(unix_seconds);
  std::replace(date.begin(), date.end(), ':', '-');
  return date;
}

// A file that is to become the database: private from its first byte on. One that is there is looked at by its name: to
// open and close it would drop the locks that SQLite holds on it in this process (sqlite.org/howtocorrupt.html, 2.2).
// The folder is the person's own, so nobody else exchanges it meanwhile.
Result<void> TouchPrivate(const std::string& path) {
  struct stat info {};
  if (lstat(path.c_str(), &info) == 0) {
    if (!S_ISREG(info.st_mode) || info.st_uid != geteuid()) {
      return StoreError(path, "the store is no file of this person's own", "move it away");
    }
    if (access(path.c_str(), R_OK | W_OK) != 0) {
      return StoreError(path, "the store cannot be opened", "let its owner write to this file and its folder", errno);
    }
    if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0 && chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0) {
      return StoreError(path, "others may read the store", "chmod 600 " + path, errno);
    }
    return {};
  }
  const Descriptor file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
  if (file.get() < 0) {
    return StoreError(path, "the store cannot be opened",
                      errno == ENOSPC ? "make room on the disk" : "let its owner write to this file and its folder",
                      errno);
  }
  return {};
}

}  // namespace

Store::Store(StorePlace place, std::function<Timestamp()> clock, std::unique_ptr<KeySource> keys)
    : place_(std::move(place)), clock_(std::move(clock)), key_source_(std::move(keys)) {
  if (key_source_ == nullptr) {
    key_source_ = KeyOfThisSession(place_);
  }
}

Store::~Store() = default;

Result<void> Store::RunErased(const std::function<void(Connection&, const StoreKeys&)>& work) {
  for (int round = 0;; ++round) {
    try {
      if (Result<void> open = EnsureOpen(); !open) {
        return open;
      }
      work(*connection_, *keys_);
      // Where another process has put another file in its place meanwhile, this was done for nobody.
      if (IsOurFile() || round > kMostRounds) {
        return {};
      }
      connection_.reset();
      continue;
    } catch (const SQLite::Exception& problem) {
      if (!IsDamage(problem) || round > kMostRounds) {
        connection_.reset();
        return FromException(problem, place_.Database());
      }
    } catch (const std::exception& problem) {
      connection_.reset();
      return StoreError(place_.Database(), std::string("the store cannot be used: ") + problem.what(),
                        "run lastlook doctor");
    }
    connection_.reset();
    if (Result<void> replaced = Replace(); !replaced) {
      return replaced;
    }
  }
}

Result<void> Store::EnsureOpen() {
  if (connection_ != nullptr) {
    if (IsOurFile()) {
      return key_away_ ? TakeKey() : Result<void>();
    }
    connection_.reset();  // moved aside or removed: what is written there is written to nobody
  }
  return Open();
}

bool Store::IsOurFile() const {
  struct stat info {};
  return stat(place_.Database().c_str(), &info) == 0 && info.st_dev == device_ && info.st_ino == inode_;
}

Result<void> Store::Open() {
  if (Result<void> prepared = PreparePlace(place_); !prepared) {
    return prepared;
  }
  if (!keys_) {
    if (Result<void> taken = TakeKey(); !taken) {
      return taken;
    }
  }
  const std::string path = place_.Database();
  if (Result<void> touched = TouchPrivate(path); !touched) {
    return touched;
  }
  // Noted first: where opening finds damage, Replace must know which file it was.
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) {
    return StoreError(path, "the store went away while it was opened", "try again", errno);
  }
  device_ = info.st_dev;
  inode_ = info.st_ino;
  auto connection = std::make_unique<Connection>(path, SQLite::OPEN_READWRITE);
  if (Result<void> ours = CheckVersion(*connection, path, Migrations()); !ours) {
    return ours;
  }
  Configure(*connection);
  if (connection->Whole("PRAGMA user_version") != static_cast<std::int64_t>(Migrations().size())) {
    ConfigureFile(*connection);
    if (Result<void> migrated = Migrate(*connection, path, Migrations()); !migrated) {
      return migrated;
    }
  }
  connection_ = std::move(connection);
  ++generation_;
  return CheckKey();
}

// Also later, once a key store that was shut has been opened: then the history is there again.
Result<void> Store::TakeKey() {
  const Result<std::string> key = key_source_->Key();
  if (!key) {
    return key.error();
  }
  const bool was_away = key_away_.has_value();
  key_away_ = key_source_->Away();
  if (!keys_ || (was_away && !key_away_)) {
    keys_.emplace(*key);
  }
  return connection_ != nullptr ? CheckKey() : Result<void>();
}

Result<void> Store::CheckKey() {
  history_problem_ = key_away_;
  if (key_away_) {
    return {};
  }
  std::string stored;
  {
    Query check(*connection_, "SELECT value FROM meta WHERE name = 'key_check'");
    if (check.Step()) {
      stored = check.Text(0);
    }
  }
  if (stored.empty()) {
    Query(*connection_, "INSERT OR IGNORE INTO meta (name, value) VALUES ('key_check', ?)", Blob{keys_->Check()}).Run();
    Query check(*connection_, "SELECT value FROM meta WHERE name = 'key_check'");
    stored = check.Step() ? check.Text(0) : "";
  }
  if (stored != keys_->Check()) {
    history_problem_ = StoreError(place_.Key(), "the history was stored under another key and cannot be read",
                                  "bring the old key back, or begin anew with: lastlook history forget --all");
    NoteLostKey();
  }
  return {};
}

// Once for each key: whoever reads the records must see why from here on nobody is known and no person can be found.
void Store::NoteLostKey() {
  Writing writing(*connection_);
  {
    Query noted(*connection_, "SELECT value FROM meta WHERE name = 'key_lost'");
    if (noted.Step() && noted.Text(0) == keys_->Check()) {
      return;
    }
  }
  const ChainHead head = AppendToChain(*connection_, place_, clock_().unix_seconds, {{"event", "key_lost"}});
  Query(*connection_, "INSERT OR REPLACE INTO meta (name, value) VALUES ('key_lost', ?)", Blob{keys_->Check()}).Run();
  writing.Commit();
  WriteHeadFile(place_, head);
}

Result<void> Store::ForgetKey(const std::function<void(Connection&)>& erase) {
  Result<void> done = RunKeyed([&](Connection& connection, const StoreKeys& keys) -> Result<void> {
    Writing writing(connection);
    erase(connection);
    Query(connection, "INSERT OR REPLACE INTO meta (name, value) VALUES ('key_check', ?)", Blob{keys.Check()}).Run();
    writing.Commit();
    Query(connection, "PRAGMA incremental_vacuum").Run();
    Query(connection, "PRAGMA wal_checkpoint(TRUNCATE)").Run();
    return {};
  });
  if (done) {
    history_problem_.reset();
  }
  return done;
}

Result<void> Store::Replace() {
  const Descriptor lock(open(place_.Lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
  if (lock.get() < 0 || flock(lock.get(), LOCK_EX) != 0) {
    return StoreError(place_.Lock(), "the damaged store cannot be replaced",
                      "let its owner write to this file and its folder", errno);
  }
  const std::string path = place_.Database();
  if (!IsOurFile()) {
    return {};  // another process was first
  }
  std::string aside = path + kDamagedMark + DateForName(clock_().unix_seconds);
  for (int i = 2; access(aside.c_str(), F_OK) == 0; ++i) {
    aside = path + kDamagedMark + DateForName(clock_().unix_seconds) + "-" + std::to_string(i);
  }
  const std::string fresh = path + ".new";
  for (const char* companion : kCompanions) {
    unlink((fresh + companion).c_str());
  }
  Salvaged saved;
  try {
    if (Result<void> touched = TouchPrivate(fresh); !touched) {
      return touched;
    }
    {
      Connection target(fresh, SQLite::OPEN_READWRITE);
      ConfigureFile(target);
      Configure(target);
      if (Result<void> migrated = Migrate(target, fresh, Migrations()); !migrated) {
        return migrated;
      }
    }
    saved = Salvage(path, fresh);
    Connection target(fresh, SQLite::OPEN_READWRITE);
    Configure(target);
    Writing writing(target);
    const ChainHead head = AppendToChain(target, place_, clock_().unix_seconds,
                                         {{"event", "recovered"},
                                          {"file", aside.substr(aside.rfind('/') + 1)},
                                          {"rows", saved.rows},
                                          {"decisions", saved.decisions},
                                          {"last_decision", saved.last_decision},
                                          {"complete", saved.complete}});
    writing.Commit();
    // Everything into the one file that is renamed.
    Query(target, "PRAGMA wal_checkpoint(TRUNCATE)").Run();
    WriteHeadFile(place_, head);
  } catch (const SQLite::Exception& problem) {
    return FromException(problem, fresh);
  }
  // The log goes along: it belongs to the damaged file and may hold rows of it.
  for (const char* companion : kCompanions) {
    if (rename((path + companion).c_str(), (aside + companion).c_str()) != 0 && errno != ENOENT) {
      return StoreError(path, "the damaged store cannot be moved aside", "let its owner write to its folder", errno);
    }
  }
  if (rename(fresh.c_str(), path.c_str()) != 0) {
    return StoreError(path, "the new store cannot be put in its place", "let its owner write to its folder", errno);
  }
  Log(LogLevel::kError, "the store was damaged; it was moved aside as " + aside);
  return {};
}

StoreStatus Store::Status() {
  StoreStatus status;
  status.folder = place_.folder;
  if (Result<void> opened = Run([](Connection&, const StoreKeys&) -> Result<void> { return {}; }); !opened) {
    status.problem = std::move(opened).error();
  }
  status.open = connection_ != nullptr;
  status.history_problem = history_problem_;
  for (const char* companion : {"", "-wal"}) {
    status.bytes += SizeOf(place_.Database() + companion);
  }
  if (DIR* folder = opendir(place_.folder.c_str())) {
    const std::string start = std::string("store.sqlite") + kDamagedMark;
    while (const dirent* entry = readdir(folder)) {
      const std::string name = entry->d_name;
      if (name.starts_with(start) && !name.ends_with("-wal") && !name.ends_with("-shm")) {
        status.damaged.push_back(name);
      }
    }
    closedir(folder);
    std::sort(status.damaged.begin(), status.damaged.end());
  }
  return status;
}

Result<std::vector<std::string>> Store::CheckIntegrity() {
  return Run([](Connection& connection, const StoreKeys&) -> Result<std::vector<std::string>> {
    std::vector<std::string> problems;
    Query check(connection, "PRAGMA integrity_check(20)");
    while (check.Step()) {
      if (std::string line = check.Text(0); line != "ok") {
        problems.push_back(std::move(line));
      }
    }
    return problems;
  });
}

}  // namespace lastlook
