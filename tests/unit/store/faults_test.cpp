// SPDX-License-Identifier: MPL-2.0
// What goes wrong with files, done to real ones: a kill, a full disk, a folder without writing, damage.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <random>
#include <set>

#include "store/salvage.h"
#include "test_store.h"

namespace lastlook {
namespace {

// 6 rounds of kill -9; the long run sets 200 (tests/run.sh --long).
int KillRounds() {
  const char* rounds = std::getenv("LASTLOOK_KILL_ROUNDS");
  return rounds == nullptr ? 6 : std::atoi(rounds);
}

class FaultsTest : public StoreTest {
 protected:
  // Runs `work` in another process and returns its exit status; −1 when it was killed.
  template <typename Work>
  static int InChild(Work work) {
    const pid_t child = fork();
    if (child == 0) {
      _exit(work());
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  // A process that appends for ever, two records and a sent mail in turn, and writes the number of each record that was
  // acknowledged to `acknowledged`.
  pid_t StartWriter(int acknowledged, int round) const {
    const pid_t child = fork();
    if (child != 0) {
      return child;
    }
    const auto store = NewStore();
    DecisionLog log(*store);
    HistoryBook book(*store);
    for (std::int64_t i = 0;; ++i) {
      const Result<ChainHead> head = log.Append(DecisionAt(kNow + round), RecipientsForm::kHmac);
      if (!head) {
        _exit(1);
      }
      if (write(acknowledged, &head->seq, sizeof head->seq) != sizeof head->seq) {
        _exit(2);
      }
      if (i % 2 == 0 && !book.RecordSent(Address("yamada@kodama.example.jp"),
                                         MailTo({"p" + std::to_string(i) + "@c-corp.example"}, kNow + i))) {
        _exit(3);
      }
    }
  }

  // Bytes of the database in its one file.
  void Settle() const {
    const auto store = NewStore();
    ASSERT_TRUE(store
                    ->Run([](Connection& connection, const StoreKeys&) -> Result<void> {
                      Query(connection, "PRAGMA wal_checkpoint(TRUNCATE)").Run();
                      return {};
                    })
                    .ok());
  }

  void Fill(int decisions) const {
    const auto store = NewStore();
    DecisionLog log(*store);
    HistoryBook book(*store);
    std::vector<SentMail> mails;
    for (int i = 0; i < decisions; ++i) {
      ASSERT_TRUE(log.Append(DecisionAt(kNow + i), RecipientsForm::kHmac).ok());
      mails.push_back(MailTo({"Person " + std::to_string(i) + " <p" + std::to_string(i) + "@c-corp.example>"}, kNow));
    }
    ASSERT_TRUE(book.LearnHeaders(Address("yamada@kodama.example.jp"), mails, "", true).ok());
  }
};

TEST_F(FaultsTest, NothingAcknowledgedIsLostWhenWritersAreKilled) {
  ASSERT_TRUE(NewStore()->Status().open);
  std::mt19937 random(20261124);
  std::set<std::int64_t> acknowledged;
  for (int round = 0; round < KillRounds(); ++round) {
    std::array<int, 2> pipe_ends{};
    ASSERT_EQ(pipe(pipe_ends.data()), 0);
    fcntl(pipe_ends[1], F_SETPIPE_SZ, 1 << 20);
    const std::array<pid_t, 2> writers = {StartWriter(pipe_ends[1], round), StartWriter(pipe_ends[1], round)};
    close(pipe_ends[1]);
    // Both are at work, however busy the machine is.
    pollfd written{pipe_ends[0], POLLIN, 0};
    ASSERT_EQ(poll(&written, 1, 60'000), 1);
    usleep(20'000 + random() % 150'000);
    for (const pid_t writer : writers) {
      kill(writer, SIGKILL);
    }
    for (const pid_t writer : writers) {
      int status = 0;
      waitpid(writer, &status, 0);
      EXPECT_TRUE(WIFSIGNALED(status)) << "a writer gave up with " << WEXITSTATUS(status);
    }
    std::int64_t seq = 0;
    while (read(pipe_ends[0], &seq, sizeof seq) == sizeof seq) {
      EXPECT_TRUE(acknowledged.insert(seq).second) << seq << " was given twice";
    }
    close(pipe_ends[0]);

    const auto store = NewStore();
    DecisionLog log(*store);
    const Result<ChainReport> report = log.Verify();
    ASSERT_TRUE(report.ok()) << DescribeError(report.error());
    EXPECT_EQ(report->fault, ChainFault::kNone) << ChainFaultName(report->fault) << " at " << report->bad_seq;
    EXPECT_TRUE(store->CheckIntegrity()->empty());
    EXPECT_TRUE(store->Status().damaged.empty());
    std::set<std::int64_t> stored;
    ASSERT_TRUE(log.Each({},
                         [&](const StoredDecision& row) {
                           stored.insert(row.link.seq);
                           return true;
                         })
                    .ok());
    for (const std::int64_t known : acknowledged) {
      EXPECT_TRUE(stored.contains(known)) << known;
    }
  }
  std::cout << KillRounds() << " rounds, " << acknowledged.size() << " records acknowledged\n";
  EXPECT_GT(acknowledged.size(), static_cast<std::size_t>(KillRounds()));
}

TEST_F(FaultsTest, AFullDiskRefusesAndIsSaid) {
  Fill(3);
  // A limit on the size of files is what a full disk is to a program: writes end early.
  const int status = InChild([&] {
    signal(SIGXFSZ, SIG_IGN);
    struct stat info {};
    stat((place().Database() + "-wal").c_str(), &info);
    const rlim_t most = std::max<rlim_t>(static_cast<rlim_t>(info.st_size), 40'000) + 20'000;
    const rlimit limit{most, most};
    setrlimit(RLIMIT_FSIZE, &limit);
    const auto store = NewStore();
    DecisionLog log(*store);
    Decision decision = DecisionAt(kNow);
    decision.reason = std::string(3000, 'x');
    for (int i = 0; i < 100; ++i) {
      const Result<ChainHead> head = log.Append(decision, RecipientsForm::kHmac);
      if (!head) {
        return head.error().code == ErrorCode::kStoreUnavailable && !head.error().remedy.empty() ? 42 : 1;
      }
    }
    return 0;
  });
  EXPECT_EQ(status, 42);
  const auto store = NewStore();
  EXPECT_EQ(DecisionLog(*store).Verify()->fault, ChainFault::kNone);
  EXPECT_TRUE(store->Status().damaged.empty());
  EXPECT_TRUE(DecisionLog(*store).Append(DecisionAt(kNow), RecipientsForm::kHmac).ok());
}

TEST_F(FaultsTest, AHomeWithoutWritingIsSaid) {
  const std::filesystem::path home = folder() / "home";
  std::filesystem::create_directory(home);
  chmod(folder().c_str(), 0755);
  chmod(home.c_str(), 0500);
  const int status = InChild([&] {
    // Root may write anywhere; whoever else runs the tests may not.
    if (geteuid() == 0 && (chown(home.c_str(), 65534, 65534) != 0 || setuid(65534) != 0)) {
      return 1;
    }
    chmod(home.c_str(), 0500);
    Store store(StorePlace{(home / "state/lastlook").string()}, [] { return Timestamp{kNow, 0}; });
    const Result<ChainHead> head = DecisionLog(store).Append(DecisionAt(kNow), RecipientsForm::kHmac);
    return !head && head.error().code == ErrorCode::kStoreUnavailable && !head.error().place.file.empty() ? 42 : 2;
  });
  chmod(home.c_str(), 0700);
  EXPECT_EQ(status, 42);
}

TEST_F(FaultsTest, AStoreWithoutWritingIsSaid) {
  Fill(2);
  Settle();
  const int status = InChild([&] {
    if (geteuid() == 0) {
      for (const auto& entry : std::filesystem::directory_iterator(place().folder)) {
        if (chown(entry.path().c_str(), 65534, 65534) != 0) {
          return 1;
        }
      }
      if (chmod(folder().c_str(), 0755) != 0 || chown(place().folder.c_str(), 65534, 65534) != 0 ||
          setuid(65534) != 0) {
        return 1;
      }
    }
    chmod(place().Database().c_str(), 0400);
    Store store(place(), [] { return Timestamp{kNow, 0}; });
    const Result<ChainHead> head = DecisionLog(store).Append(DecisionAt(kNow), RecipientsForm::kHmac);
    return !head && head.error().code == ErrorCode::kStoreUnavailable ? 42 : 2;
  });
  EXPECT_EQ(status, 42);
}

TEST_F(FaultsTest, AFileThatIsNoDatabaseIsMovedAside) {
  Fill(3);
  Settle();
  const std::string garbage(20'000, 'g');
  WriteFile(place().Database(), garbage);
  const auto store = NewStore();
  DecisionLog log(*store);
  ASSERT_TRUE(log.Append(DecisionAt(kNow), RecipientsForm::kHmac).ok());
  const StoreStatus status = store->Status();
  ASSERT_EQ(status.damaged.size(), 1U);
  EXPECT_EQ(status.damaged[0],
            "store.sqlite.damaged-"
            "2026-11-24T06-00-00Z");
  EXPECT_EQ(ReadFile(place().folder + "/" + status.damaged[0]), garbage);
  // The chain goes on behind what is known from the head file, and says that something is missing.
  const Result<ChainReport> report = log.Verify();
  EXPECT_NE(report->fault, ChainFault::kNone);
  EXPECT_EQ(report->first_seq, 4);
  EXPECT_EQ(report->recovered_from, std::vector<std::string>{status.damaged[0]});
  // Nobody was learnt, so nobody may pass for new.
  HistoryBook book(*store);
  EXPECT_EQ(*book.For(Address("yamada@kodama.example.jp"), {}), nullptr);
}

// Random bytes flipped, once on each page: whatever happens, nothing crashes, nothing is lost in silence, and the store
// can be used afterwards.
TEST_F(FaultsTest, FlippedBytesAreFoundOrHarmless) {
  Fill(120);
  Settle();
  const std::string sound = ReadFile(place().Database());
  constexpr std::size_t kPage = 4096;
  std::mt19937 random(7);
  std::size_t replaced = 0;
  std::size_t salvaged_decisions = 0;
  for (std::size_t page = 0; page * kPage < sound.size(); page += 3) {
    for (const char* companion : {"-wal", "-shm"}) {
      std::filesystem::remove(place().Database() + companion);
    }
    std::string damaged = sound;
    for (int i = 0; i < 200; ++i) {
      damaged[page * kPage + random() % kPage] = static_cast<char>(random());
    }
    WriteFile(place().Database(), damaged);
    const auto store = NewStore();
    DecisionLog log(*store);
    const Result<ChainReport> report = log.Verify();
    HistoryBook book(*store);
    (void)book.List();
    (void)book.Learning();
    const StoreStatus status = store->Status();
    const Result<std::vector<std::string>> integrity = store->CheckIntegrity();
    const bool told = status.problem || !status.damaged.empty() ||
                      (report.ok() && report->fault != ChainFault::kNone) || !integrity.ok() || !integrity->empty();
    if (!told) {
      // Only what has no checksum of its own and is no structure may pass: all decisions are there.
      ASSERT_TRUE(report.ok());
      EXPECT_EQ(report->records, 120) << "page " << page;
    }
    if (!status.damaged.empty()) {
      ++replaced;
      salvaged_decisions += report.ok() ? static_cast<std::size_t>(report->records) : 0;
      for (const std::string& name : status.damaged) {
        std::filesystem::remove(place().folder + "/" + name);
      }
    }
    if (!status.problem) {
      EXPECT_TRUE(log.Append(DecisionAt(kNow), RecipientsForm::kHmac).ok()) << "page " << page;
    }
  }
  EXPECT_GT(replaced, 0U);
  EXPECT_GT(salvaged_decisions, 100U);
}

TEST_F(FaultsTest, NumbersWithFractionsAreSavedToo) {
  const AddrSpec account = Address("yamada@kodama.example.jp");
  const auto weights = [&](Store& store) {
    std::vector<double> read;
    EXPECT_TRUE(store
                    .Run([&](Connection& connection, const StoreKeys&) -> Result<void> {
                      Query rows(connection, "SELECT weight FROM together ORDER BY id");
                      while (rows.Step()) {
                        read.push_back(rows.Real(0));
                      }
                      return {};
                    })
                    .ok());
    return read;
  };
  const auto store = NewStore();
  HistoryBook book(*store);
  for (const std::int64_t at : {kNow - 10'000'000, kNow - 77, kNow}) {
    ASSERT_TRUE(book.RecordSent(account, MailTo({"ito@c-corp.example", "mori@d-corp.example"}, at)).ok());
  }
  const std::vector<double> before = weights(*store);
  ASSERT_EQ(before.size(), 1U);
  ASSERT_NE(before[0], std::floor(before[0]));
  const StorePlace other{(folder() / "other").string()};
  Store fresh(other, [] { return Timestamp{kNow, 0}; });
  ASSERT_TRUE(HistoryBook(fresh).Counts().ok());  // made, and brought up to date
  const Salvaged saved = Salvage(place().Database(), other.Database());
  EXPECT_TRUE(saved.complete);
  EXPECT_EQ(weights(fresh), before);
}

TEST_F(FaultsTest, ATornLogLosesNothingThatWasSettled) {
  Fill(10);
  Settle();
  const auto store = NewStore();
  DecisionLog log(*store);
  ASSERT_TRUE(log.Append(DecisionAt(kNow), RecipientsForm::kHmac).ok());
  // The files as a crash in the middle of the next write leaves them.
  const StorePlace copy{(folder() / "copy").string()};
  std::filesystem::copy(place().folder, copy.folder);
  std::filesystem::remove(copy.Database() + "-shm");
  const std::string log_bytes = ReadFile(copy.Database() + "-wal");
  WriteFile(copy.Database() + "-wal", log_bytes + log_bytes.substr(32, 2000));
  Store torn(copy, [] { return Timestamp{kNow, 0}; });
  EXPECT_EQ(DecisionLog(torn).Verify()->fault, ChainFault::kNone);
  EXPECT_EQ(DecisionLog(torn).Verify()->records, 11);
  EXPECT_TRUE(torn.CheckIntegrity()->empty());
}

TEST_F(FaultsTest, TwoProcessesReplaceADamagedFileOnce) {
  Fill(30);
  Settle();
  const auto first = NewStore();
  const auto second = NewStore();
  ASSERT_TRUE(first->Status().open);
  ASSERT_TRUE(second->Status().open);
  std::string bytes = ReadFile(place().Database());
  for (std::size_t i = 2 * 4096; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(i);
  }
  {
    // In place: both have it open.
    std::fstream file(place().Database(), std::ios::in | std::ios::out | std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  EXPECT_TRUE(DecisionLog(*first).Append(DecisionAt(kNow), RecipientsForm::kHmac).ok());
  EXPECT_TRUE(DecisionLog(*second).Append(DecisionAt(kNow), RecipientsForm::kHmac).ok());
  EXPECT_EQ(first->Status().damaged.size(), 1U);
  const Result<ChainReport> report = DecisionLog(*first).Verify();
  EXPECT_EQ(report->head.seq, 33);  // 30, the record of the recovery, and two
}

}  // namespace
}  // namespace lastlook
