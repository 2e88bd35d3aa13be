// SPDX-License-Identifier: MPL-2.0
// Marks the few places of a text that are worth a closer look, many bytes at a time. For this folder only.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace lastlook::detect {

// One bit per byte of the text, 64 to a word; bits behind the end are 0.
using SieveRow = std::vector<std::uint64_t>;

struct SieveMarks {
  SieveRow beginnings;  // a pattern may begin here
  SieveRow digits;      // an ASCII digit
  SieveRow joints;      // an ASCII character that may stand between the digits of a number: blank, '-' '.' '(' ')' '|'
  SieveRow letters;     // an ASCII letter; also '@' and the other marks from 0x40 to 0x7F
  SieveRow line_ends;   // '\n'
};

// Compares the first three bytes of patterns by their half bytes, as Hyperscan's Teddy does: every place where a
// pattern begins is marked, and some others. Immutable, thread-safe.
class ByteSieve {
 public:
  // A byte of bits holds eight; whoever uses more pays for a second look.
  static constexpr std::size_t kBucketsPerSet = 8;
  static constexpr std::size_t kBuckets = 2 * kBucketsPerSet;
  // Patterns of one bucket share their tables, so alike ones belong together. Of a pattern of one or two bytes the rest
  // may be anything.
  using Buckets = std::array<std::vector<std::string_view>, kBuckets>;
  ByteSieve() = default;  // marks nothing
  explicit ByteSieve(const Buckets& patterns);
  // Chooses the buckets itself.
  explicit ByteSieve(std::span<const std::string_view> patterns);

  // Replaces what `beginnings` held. With the widest instructions this processor has.
  void Mark(std::string_view text, SieveRow* beginnings) const;
  // The same, and what numbers are made of. The other rows do not depend on the patterns.
  void Mark(std::string_view text, SieveMarks* marks) const;

  // The same marks byte by byte; for processors without such instructions, and for tests.
  void MarkPlainly(std::string_view text, SieveRow* beginnings) const;
  void MarkPlainly(std::string_view text, SieveMarks* marks) const;

 private:
  struct Tables {
    // [byte of the pattern][half byte] → bit per bucket of the set
    alignas(16) std::uint8_t low[3][16] = {};
    alignas(16) std::uint8_t high[3][16] = {};
  };
  using SetTables = std::array<Tables, 2>;
  void Fill(const Buckets& patterns);

  SetTables tables_;
  bool two_sets_ = false;
  std::array<std::array<std::uint16_t, 256>, 3> whole_{};  // the same for whole bytes, both sets

  friend struct WideSieve;
};

// Calls use(at) for each marked place from `from` on, in order; what it returns is where to go on (more than `at`).
template <typename Use>
void ForEachMark(const SieveRow& row, std::size_t from, Use use) {
  std::size_t word = from / 64;
  if (word >= row.size()) {
    return;
  }
  std::uint64_t bits = row[word] & (~std::uint64_t{0} << (from % 64));
  while (true) {
    if (bits == 0) {
      if (++word >= row.size()) {
        return;
      }
      bits = row[word];
      continue;
    }
    const std::size_t at = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
    const std::size_t next = use(at);
    if (next / 64 == word) {
      bits &= ~std::uint64_t{0} << (next % 64);
    } else {
      word = next / 64;
      if (word >= row.size()) {
        return;
      }
      bits = row[word] & (~std::uint64_t{0} << (next % 64));
    }
  }
}

}  // namespace lastlook::detect
