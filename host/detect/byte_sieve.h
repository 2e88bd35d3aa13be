// SPDX-License-Identifier: MPL-2.0
// Marks the few places of a text that are worth a closer look, many bytes at a time. Private to this folder.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace lastlook::detect {

// One bit per byte of the text, 64 to a word; bits behind the end are 0.
struct SieveMarks {
  std::vector<std::uint64_t> beginnings;  // a pattern may begin here
  std::vector<std::uint64_t> digits;      // an ASCII digit
};

// Compares the first three bytes of patterns by their half bytes, as Hyperscan's Teddy does: every place where a
// pattern begins is marked, and some others. Immutable, thread-safe.
class ByteSieve {
 public:
  static constexpr std::size_t kBuckets = 7;
  // Patterns of one bucket share their tables, so alike ones belong together. Of a pattern of one or two bytes the rest
  // may be anything.
  using Buckets = std::array<std::vector<std::string_view>, kBuckets>;
  explicit ByteSieve(const Buckets& patterns);

  // Replaces what `marks` held. With the widest instructions this processor has.
  void Mark(std::string_view text, SieveMarks* marks) const;

  // The same marks byte by byte; for processors without such instructions, and for tests.
  void MarkPlainly(std::string_view text, SieveMarks* marks) const;

 private:
  struct Tables {
    // [byte of the pattern][half byte] → bit per bucket; bit 7 stands for digits
    alignas(16) std::uint8_t low[3][16] = {};
    alignas(16) std::uint8_t high[3][16] = {};
  };
  Tables tables_;
  std::array<std::array<std::uint8_t, 256>, 3> whole_{};  // the same for whole bytes

  friend struct WideSieve;
};

}  // namespace lastlook::detect
