// SPDX-License-Identifier: MPL-2.0
// The store against its peers in the same run: look-ups against prepared statements one by one and an in-memory hash, a
// durable decision against one append with fdatasync, and learning. Ratios are medians of pairs, turn and turn about.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/crypto.h"
#include "mail/address_parser.h"
#include "store/decisions.h"
#include "store/history_book.h"

namespace lastlook {
namespace {

constexpr std::int64_t kNow = 1'795'500'000;
constexpr int kPeople = 20'000;
constexpr int kLookUps = 10'000;

double CpuSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double Timed(const std::function<void()>& work) {
  const double before = CpuSeconds();
  work();
  return CpuSeconds() - before;
}

std::string AddressOf(int i) {
  return "person" + std::to_string(i) + "@c" + std::to_string(i % 700) + ".example";
}

// A folder that is gone at the end.
struct World {
  World() {
    std::string pattern = (std::filesystem::temp_directory_path() / "lastlook-bench-XXXXXX").string();
    folder = mkdtemp(pattern.data());
    place.folder = folder + "/store";
  }
  ~World() { std::filesystem::remove_all(folder); }
  std::unique_ptr<Store> NewStore() const {
    return std::make_unique<Store>(
        place,
        [] {
          return Timestamp{kNow, 0};
        },
        std::make_unique<KeyFile>(place.Key()));
  }
  std::string folder;
  StorePlace place;
};

const AddrSpec& Account() {
  static const AddrSpec account = *ParseMailbox("me@kodama.example.jp").address;
  return account;
}

std::vector<SentMail> MailsToEverybody() {
  std::vector<SentMail> mails;
  for (int i = 0; i < kPeople; ++i) {
    SentMail mail;
    mail.at = kNow - i;
    mail.message_id = "<" + std::to_string(i) + "@k>";
    mail.recipients = {ParseMailbox("Person Number " + std::to_string(i) + " <" + AddressOf(i) + ">")};
    if (i % 3 == 0) {
      mail.recipients.push_back(ParseMailbox(AddressOf((i + 1) % kPeople)));
    }
    mails.push_back(std::move(mail));
  }
  return mails;
}

const World& Filled() {
  static const auto world = [] {
    auto made = std::make_unique<World>();
    const auto store = made->NewStore();
    if (!HistoryBook(*store).LearnHeaders(Account(), MailsToEverybody(), "", true)) {
      std::abort();
    }
    return made;
  }();
  return *world;
}

std::vector<Recipient> SomeRecipients(int count) {
  std::vector<Recipient> recipients;
  for (int i = 0; i < count; ++i) {
    recipients.push_back({RecipientField::kTo, recipients.size(), ParseMailbox(AddressOf(i * 3))});  // a third unknown
  }
  return recipients;
}

double Median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

void Report(const char* what, double value, double target, const char* unit) {
  std::printf("%-58s %8.3f %s (target %.2f)\n", what, value, unit, target);
}

// 10,000 look-ups: the store with everybody in memory, as a warm host has it; one prepared statement each; a hash.
void CompareLookUps() {
  const auto store = Filled().NewStore();
  HistoryBook book(*store);
  const std::vector<Recipient> recipients = SomeRecipients(kLookUps);
  std::vector<std::string> keys;
  for (const Recipient& recipient : recipients) {
    keys.push_back(recipient.mailbox.address->Key());
  }
  (void)book.List();
  std::unordered_map<std::string, std::int64_t> hash;
  for (int i = 0; i < kPeople; ++i) {
    hash[AddressOf(i)] = i;
  }
  std::vector<double> to_prepared;
  std::vector<double> to_hash;
  for (int round = 0; round < 9; ++round) {
    std::size_t ours_found = 0;
    std::size_t prepared_found = 0;
    std::size_t hash_found = 0;
    const double ours = Timed([&] {
      const auto history = *book.For(Account(), recipients);
      for (const std::string& key : keys) {
        ours_found += history->Find(key) != nullptr ? 1 : 0;
      }
    });
    const double prepared = Timed([&] {
      (void)store->Run([&](Connection& connection, const StoreKeys& store_keys) -> Result<void> {
        for (const std::string& key : keys) {
          Query row(connection, "SELECT id FROM people WHERE key = ?", Blob{store_keys.Token("address", key)});
          prepared_found += row.Step() ? 1 : 0;
        }
        return {};
      });
    });
    const double in_hash = Timed([&] {
      for (const std::string& key : keys) {
        hash_found += hash.contains(key) ? 1 : 0;
      }
    });
    if (ours_found != prepared_found || ours_found != hash_found) {
      std::fprintf(stderr, "the look-ups disagree: %zu %zu %zu\n", ours_found, prepared_found, hash_found);
      std::exit(1);
    }
    to_prepared.push_back(ours / prepared);
    to_hash.push_back(ours / in_hash);
  }
  Report("10,000 look-ups / prepared one by one", Median(to_prepared), 0.3, "");
  Report("10,000 look-ups / in-memory hash", Median(to_hash), 3.5, "");
}

void FirstLookUp() {
  std::vector<double> seconds;
  const std::vector<Recipient> one = SomeRecipients(1);
  for (int i = 0; i < 25; ++i) {
    std::unique_ptr<Store> store;  // closing it is another matter: the last one empties the log
    seconds.push_back(Timed([&] {
      store = Filled().NewStore();
      HistoryBook book(*store);
      benchmark::DoNotOptimize((*book.For(Account(), one))->Find("person0@c0.example"));
    }));
  }
  Report("open to first look-up", Median(seconds) * 1000, 1, "ms");
}

// 20,000 people for suggestions: read once, then each draft asks whether that is still so.
void Everybody() {
  const auto store = Filled().NewStore();
  HistoryBook book(*store);
  const std::vector<Recipient> ten = SomeRecipients(10);
  std::size_t people = 0;
  const auto ask = [&] { (*book.For(Account(), ten))->ForEach([&people](const Acquaintance&) { ++people; }); };
  const double first = Timed(ask);
  constexpr int kDrafts = 100;
  const double further = Timed([&] {
    for (int i = 0; i < kDrafts; ++i) {
      ask();
    }
  });
  std::printf("20,000 people, read once: %.1f ms; each further draft: %.3f ms\n", first * 1000,
              further * 1000 / kDrafts);
  Report("20,000 people, a draft, over 100 drafts", (first + further) * 1000 / (kDrafts + 1), 5, "ms");
}

void Learning() {
  constexpr int kHeaders = 50'000;
  constexpr int kBatch = 500;
  const World world;
  const auto store = world.NewStore();
  HistoryBook book(*store);
  const double seconds = Timed([&] {
    for (int start = 0; start < kHeaders; start += kBatch) {
      std::vector<SentMail> batch;
      for (int i = start; i < start + kBatch; ++i) {
        SentMail mail;
        mail.at = kNow - i;
        mail.message_id = "<" + std::to_string(i) + "@k>";
        mail.thread = "<" + std::to_string(i / 3) + "@k>";
        for (int k = 0; k < 1 + i % 4; ++k) {
          mail.recipients.push_back(
              ParseMailbox("Person " + std::to_string(i) + " <" + AddressOf((i * 7 + k * 13) % 5000) + ">"));
        }
        batch.push_back(std::move(mail));
      }
      if (!book.LearnHeaders(Account(), batch, std::to_string(start), start + kBatch == kHeaders)) {
        std::exit(1);
      }
    }
  });
  Report("learning 50,000 headers, CPU", seconds, 10, "s");
}

// Wall time: what the disk takes is what counts.
void DurableAppend() {
  const World world;
  const auto store = world.NewStore();
  DecisionLog log(*store);
  Decision decision;
  decision.at = kNow;
  decision.mail = "sha256:" + std::string(64, '0');
  decision.rules = {"external"};
  decision.recipients = {{"ito@c-corp.example", "c-corp.example", Side::kOutside}};
  const int file = open((world.folder + "/peer").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  const std::string row(500, 'x');
  const auto wall = [](const std::function<void()>& work) {
    const auto before = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
  };
  std::vector<double> ratios;
  std::vector<double> ours;
  for (int i = 0; i < 201; ++i) {
    const double append = wall([&] { benchmark::DoNotOptimize(log.Append(decision, RecipientsForm::kHmac).ok()); });
    const double peer = wall([&] {
      benchmark::DoNotOptimize(write(file, row.data(), row.size()));
      fdatasync(file);
    });
    ratios.push_back(append / peer);
    ours.push_back(append);
  }
  close(file);
  std::printf("durable decision: %.3f ms\n", Median(ours) * 1000);
  Report("durable decision / append and fdatasync", Median(ratios), 2, "");
}

void LookUp(benchmark::State& state) {
  const auto store = Filled().NewStore();
  HistoryBook book(*store);
  const std::vector<Recipient> recipients = SomeRecipients(static_cast<int>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(book.For(Account(), recipients).ok());
  }
}
BENCHMARK(LookUp)->Arg(1)->Arg(10)->Arg(300)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace lastlook

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  lastlook::CompareLookUps();
  lastlook::FirstLookUp();
  lastlook::Everybody();
  lastlook::Learning();
  lastlook::DurableAppend();
}
