// SPDX-License-Identifier: MPL-2.0
#include "store/chain.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

#include "base/crypto.h"
#include "store/descriptor.h"

namespace lastlook {
namespace {

constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kSaltBytes = 16;
// seq as 20 digits, ':', 64 digits, '\n': always as long, so that one write replaces it whole.
constexpr std::size_t kHeadFileBytes = 20 + 1 + 2 * kHashBytes + 1;

void AppendWhole(std::int64_t value, std::string* out) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    *out += static_cast<char>((static_cast<std::uint64_t>(value) >> shift) & 0xff);
  }
}

// previous, seq and at as 8 bytes big-endian, SHA-256 of the record's text.
std::string LinkHash(std::string_view previous, std::int64_t seq, std::int64_t at, std::string_view record_sha256) {
  std::string link(previous);
  AppendWhole(seq, &link);
  AppendWhole(at, &link);
  link += record_sha256;
  return Sha256(link);
}

// The chain's last row with its time. The head in the database leads; where damage took it, the highest of what is left
// does, so that no number is used twice.
ChainHead CurrentHead(Connection& connection, const StorePlace& place, std::int64_t* last_at) {
  ChainHead head = EmptyChain();
  {
    Query last(connection, "SELECT seq, hash, at FROM decisions ORDER BY seq DESC LIMIT 1");
    if (last.Step()) {
      head = {last.Whole(0), last.Text(1)};
      *last_at = last.Whole(2);
    }
  }
  {
    Query noted(connection, "SELECT seq, hash FROM decision_head");
    if (noted.Step()) {
      if (noted.Whole(0) > head.seq) {
        head = {noted.Whole(0), noted.Text(1)};
      }
      return head;
    }
  }
  if (const auto file = ReadHeadFile(place); file && file->seq > head.seq) {
    head = *file;
  }
  return head;
}

// What later records say about earlier ones.
struct Accounts {
  std::map<std::int64_t, std::int64_t> erased;  // ranges, first → last
  ChainHead pruned;                             // the last row that was removed with a record of it

  bool Covers(std::int64_t seq) const {
    auto range = erased.upper_bound(seq);
    return range != erased.begin() && std::prev(range)->second >= seq;
  }
};

void ReadAccounts(const Json& record, Accounts* accounts, ChainReport* report) {
  const std::string event = record.value("event", "");
  if (event == "erased" && record.contains("records") && record["records"].is_array()) {
    for (const Json& range : record["records"]) {
      if (range.is_array() && range.size() == 2 && range[0].is_number_integer() && range[1].is_number_integer()) {
        std::int64_t& last = accounts->erased[range[0].get<std::int64_t>()];
        last = std::max(last, range[1].get<std::int64_t>());
      }
    }
  } else if (event == "pruned") {
    const auto through = ChainHead::FromString(record.value("through", ""));
    if (through && through->seq > accounts->pruned.seq) {
      accounts->pruned = *through;
    }
  } else if (event == "recovered") {
    report->recovered_from.push_back(record.value("file", ""));
  }
  if (record.value("clock_back", false)) {
    ++report->clock_backs;
  }
}

void Note(ChainFault fault, std::int64_t seq, ChainReport* report) {
  if (report->fault == ChainFault::kNone || seq < report->bad_seq) {
    report->fault = fault;
    report->bad_seq = seq;
  }
}

}  // namespace

std::string ChainHead::ToString() const {
  return std::to_string(seq) + ":" + HexEncode(hash);
}

std::optional<ChainHead> ChainHead::FromString(std::string_view text) {
  ChainHead head;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), head.seq);
  const auto digits = static_cast<std::size_t>(end - text.data());
  if (problem != std::errc() || head.seq < 0 || digits >= text.size() || text[digits] != ':') {
    return std::nullopt;
  }
  Result<std::string> hash = HexDecode(text.substr(digits + 1));
  if (!hash || hash->size() != kHashBytes) {
    return std::nullopt;
  }
  head.hash = *std::move(hash);
  return head;
}

ChainHead EmptyChain() {
  return {0, Sha256("lastlook decisions 1\n")};
}

ChainHead AppendToChain(Connection& connection, const StorePlace& place, std::int64_t at, Json record) {
  std::int64_t last_at = INT64_MIN;
  const ChainHead before = CurrentHead(connection, place, &last_at);
  record["at"] = FormatTimestamp(at);
  // Without it the hash of an erased record could be guessed back into the record.
  record["salt"] = HexEncode(RandomBytes(kSaltBytes));
  if (at < last_at) {
    record["clock_back"] = true;
  }
  const std::string text = DumpJson(record);
  const std::string record_sha256 = Sha256(text);
  const ChainHead after{before.seq + 1, LinkHash(before.hash, before.seq + 1, at, record_sha256)};
  Query(connection, "INSERT INTO decisions (seq, at, previous, record_sha256, hash, record) VALUES (?, ?, ?, ?, ?, ?)",
        after.seq, at, Blob{before.hash}, Blob{record_sha256}, Blob{after.hash}, text)
      .Run();
  Query(connection, "INSERT OR REPLACE INTO decision_head (id, seq, hash) VALUES (1, ?, ?)", after.seq,
        Blob{after.hash})
      .Run();
  return after;
}

void WriteHeadFile(const StorePlace& place, const ChainHead& head) {
  std::string text = head.ToString() + "\n";
  text.insert(0, kHeadFileBytes - text.size(), '0');
  const Descriptor file(open(place.Head().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
  if (file.get() >= 0 && pwrite(file.get(), text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) {
    // A head that was written in part says nothing; none is better.
    unlink(place.Head().c_str());
  }
}

std::optional<ChainHead> ReadHeadFile(const StorePlace& place) {
  const Descriptor file(open(place.Head().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  std::array<char, kHeadFileBytes> text{};
  if (file.get() < 0 || read(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    return std::nullopt;
  }
  return ChainHead::FromString(std::string_view(text.data(), text.size() - 1));
}

std::string_view ChainFaultName(ChainFault fault) {
  switch (fault) {
    case ChainFault::kNone:
      return "none";
    case ChainFault::kChanged:
      return "changed";
    case ChainFault::kMissing:
      return "missing";
    case ChainFault::kStartMissing:
      return "start_missing";
    case ChainFault::kEndMissing:
      return "end_missing";
    case ChainFault::kEmptied:
      return "emptied";
  }
  return "changed";
}

ChainReport VerifyChain(Connection& connection, const StorePlace& place, const std::optional<ChainHead>& noted) {
  ChainReport report;
  // The file first: what is appended meanwhile only moves the chain ahead of it.
  std::vector<ChainHead> heads;
  if (const auto file = ReadHeadFile(place)) {
    heads.push_back(*file);
  }
  if (noted) {
    heads.push_back(*noted);
  }
  // One snapshot for the chain and its head, without keeping writers out.
  SQLite::Transaction reading(connection.database());
  {
    Query head(connection, "SELECT seq, hash FROM decision_head");
    if (head.Step()) {
      heads.push_back({head.Whole(0), head.Text(1)});
    }
  }
  std::vector<bool> head_seen(heads.size(), false);
  Accounts accounts;
  accounts.pruned = EmptyChain();
  ChainHead first_previous = EmptyChain();
  std::vector<std::int64_t> emptied;
  ChainHead last = EmptyChain();
  Query rows(connection, "SELECT seq, at, previous, record_sha256, hash, record FROM decisions ORDER BY seq");
  while (rows.Step()) {
    const std::int64_t seq = rows.Whole(0);
    const std::string previous = rows.Text(2);
    const std::string hash = rows.Text(4);
    if (report.first_seq == 0) {
      report.first_seq = seq;
      first_previous = {seq - 1, previous};
    } else if (seq != last.seq + 1) {
      Note(ChainFault::kMissing, last.seq + 1, &report);
    } else if (previous != last.hash) {
      Note(ChainFault::kChanged, seq, &report);
    }
    if (LinkHash(previous, seq, rows.Whole(1), rows.Bytes(3)) != hash) {
      Note(ChainFault::kChanged, seq, &report);
    }
    if (rows.IsNull(5)) {
      emptied.push_back(seq);
    } else {
      const std::string text = rows.Text(5);
      const Result<Json> record = ParseJson(text);
      if (Sha256(text) != rows.Bytes(3) || !record || !record->is_object()) {
        Note(ChainFault::kChanged, seq, &report);
      } else {
        ReadAccounts(*record, &accounts, &report);
      }
    }
    for (std::size_t i = 0; i < heads.size(); ++i) {
      if (heads[i].seq == seq) {
        head_seen[i] = true;
        if (heads[i].hash != hash) {
          Note(ChainFault::kChanged, seq, &report);
        }
      }
    }
    last = {seq, hash};
    ++report.records;
  }
  if (report.records > 0 &&
      (accounts.pruned.seq != first_previous.seq || accounts.pruned.hash != first_previous.hash)) {
    Note(ChainFault::kStartMissing, std::min<std::int64_t>(first_previous.seq, accounts.pruned.seq + 1), &report);
  }
  for (const std::int64_t seq : emptied) {
    if (accounts.Covers(seq)) {
      ++report.erased;
    } else {
      Note(ChainFault::kEmptied, seq, &report);
    }
  }
  for (std::size_t i = 0; i < heads.size(); ++i) {
    // A head older than the first row left was removed with the beginning.
    if (!head_seen[i] && heads[i].seq > last.seq) {
      Note(ChainFault::kEndMissing, last.seq + 1, &report);
    }
  }
  if (report.records > 0 && heads.empty()) {
    Note(ChainFault::kEndMissing, last.seq + 1, &report);
  }
  report.head = last;
  return report;
}

}  // namespace lastlook
