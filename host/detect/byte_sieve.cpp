// SPDX-License-Identifier: MPL-2.0
#include "detect/byte_sieve.h"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace lastlook::detect {
namespace {

constexpr std::size_t kWordBytes = 64;
constexpr std::size_t kRows = 5;  // of SieveMarks
constexpr std::size_t RowCount(bool numbers) {
  return numbers ? kRows : 1;
}

// What numbers are made of, by half bytes: 0x80 a digit, 0x40 a joint of the row 0x2_, 0x20 the joint '|'.
constexpr std::uint8_t kDigit = 0x80;
constexpr std::uint8_t kJoint = 0x60;
alignas(16) constexpr std::uint8_t kNumberLow[16] = {0xC0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
                                                     0xC0, 0xC0, 0,    0,    0x20, 0x40, 0x40, 0};
alignas(16) constexpr std::uint8_t kNumberHigh[16] = {0, 0, 0x40, 0x80, 0, 0, 0, 0x20};

}  // namespace

// 64 bytes at once; two more behind the last ones must be readable.
struct WideSieve {
  using Tables = ByteSieve::Tables;
  using SetTables = ByteSieve::SetTables;

#if defined(__x86_64__)
  // What three neighbouring bytes have in common with the patterns of one set: a bit per bucket.
  struct Halves {
    __m256i low[3];
    __m256i high[3];
  };
  __attribute__((target("avx2"), always_inline)) static inline __m256i Common(const Halves& set, const Halves& text) {
    const __m256i first =
        _mm256_and_si256(_mm256_shuffle_epi8(set.low[0], text.low[0]), _mm256_shuffle_epi8(set.high[0], text.high[0]));
    const __m256i second =
        _mm256_and_si256(_mm256_shuffle_epi8(set.low[1], text.low[1]), _mm256_shuffle_epi8(set.high[1], text.high[1]));
    const __m256i third =
        _mm256_and_si256(_mm256_shuffle_epi8(set.low[2], text.low[2]), _mm256_shuffle_epi8(set.high[2], text.high[2]));
    return _mm256_and_si256(_mm256_and_si256(first, second), third);
  }
  __attribute__((target("avx2"), always_inline)) static inline Halves HalvesOf(const Tables& tables) {
    return {{Table(tables.low[0]), Table(tables.low[1]), Table(tables.low[2])},
            {Table(tables.high[0]), Table(tables.high[1]), Table(tables.high[2])}};
  }
  // Bits of 32 bytes, by row.
  struct Part {
    std::uint64_t beginnings, digits, joints, letters, line_ends;
  };
  template <bool kNumbers, unsigned kSets>
  __attribute__((target("avx2"), always_inline)) static inline Part Look(const Halves& first_set,
                                                                         const Halves& second_set, const char* from) {
    const __m256i half = _mm256_set1_epi8(0x0F);
    const __m256i nothing = _mm256_setzero_si256();
    const __m256i text0 = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
    const __m256i text1 = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + 1));
    const __m256i text2 = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + 2));
    const Halves text = {
        {_mm256_and_si256(text0, half), _mm256_and_si256(text1, half), _mm256_and_si256(text2, half)},
        {_mm256_and_si256(_mm256_srli_epi16(text0, 4), half), _mm256_and_si256(_mm256_srli_epi16(text1, 4), half),
         _mm256_and_si256(_mm256_srli_epi16(text2, 4), half)}};
    __m256i all = Common(first_set, text);
    if constexpr (kSets == 2) {
      all = _mm256_or_si256(all, Common(second_set, text));
    }
    Part part{};
    part.beginnings = ~TopBits(_mm256_cmpeq_epi8(all, nothing)) & 0xFFFFFFFFU;
    if constexpr (kNumbers) {
      const __m256i number = _mm256_and_si256(_mm256_shuffle_epi8(Table(kNumberLow), text.low[0]),
                                              _mm256_shuffle_epi8(Table(kNumberHigh), text.high[0]));
      part.digits = TopBits(number);
      part.joints = TopBits(_mm256_or_si256(_mm256_slli_epi16(number, 1), _mm256_slli_epi16(number, 2)));
      part.letters = TopBits(_mm256_andnot_si256(text0, _mm256_slli_epi16(text0, 1)));
      part.line_ends = TopBits(_mm256_cmpeq_epi8(text0, _mm256_set1_epi8('\n')));
    }
    return part;
  }
  template <bool kNumbers, unsigned kSets>
  __attribute__((target("avx2"))) static void Words(const SetTables& tables, const char* bytes, std::size_t count,
                                                    const std::array<std::uint64_t*, kRows>& rows) {
    const Halves first_set = HalvesOf(tables[0]);
    const Halves second_set = HalvesOf(tables[kSets - 1]);
    const auto [beginnings, digits, joints, letters, line_ends] = rows;
    for (std::size_t word = 0; word < count; ++word) {
      const Part left = Look<kNumbers, kSets>(first_set, second_set, bytes + word * kWordBytes);
      const Part right = Look<kNumbers, kSets>(first_set, second_set, bytes + word * kWordBytes + 32);
      beginnings[word] = left.beginnings | right.beginnings << 32U;
      if constexpr (kNumbers) {
        digits[word] = left.digits | right.digits << 32U;
        joints[word] = left.joints | right.joints << 32U;
        letters[word] = left.letters | right.letters << 32U;
        line_ends[word] = left.line_ends | right.line_ends << 32U;
      }
    }
  }
  static bool Works() {
    return __builtin_cpu_supports("avx2") != 0;
  }

 private:
  __attribute__((target("avx2"))) static std::uint64_t TopBits(__m256i bytes) {
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes));
  }
  __attribute__((target("avx2"))) static __m256i Table(const std::uint8_t* table) {
    return _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(table)));
  }
#elif defined(__aarch64__)
  template <bool kNumbers, unsigned kSets>
  static void Words(const SetTables& tables, const char* bytes, std::size_t count,
                    const std::array<std::uint64_t*, kRows>& rows) {
    // Sixteen answers to sixteen bits: each keeps the bit of its place, and neighbours are added up.
    static constexpr std::uint8_t kPlaces[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t places = vld1q_u8(kPlaces);
    const auto bits = [&places](uint8x16_t answers) {
      const uint8x16_t kept = vandq_u8(answers, places);
      return static_cast<std::uint64_t>(vaddv_u8(vget_low_u8(kept))) |
             static_cast<std::uint64_t>(vaddv_u8(vget_high_u8(kept))) << 8U;
    };
    const auto look = [](const std::uint8_t* low, const std::uint8_t* high, uint8x16_t text) {
      return vandq_u8(vqtbl1q_u8(vld1q_u8(low), vandq_u8(text, vdupq_n_u8(0x0F))),
                      vqtbl1q_u8(vld1q_u8(high), vshrq_n_u8(text, 4)));
    };
    for (std::size_t word = 0; word < count; ++word) {
      std::uint64_t found[kRows] = {};
      for (unsigned part = 0; part < 4; ++part) {
        const auto* from = reinterpret_cast<const std::uint8_t*>(bytes) + word * kWordBytes + part * 16;
        uint8x16_t any = vdupq_n_u8(0);
        for (unsigned set = 0; set < kSets; ++set) {
          const Tables& of_set = tables[set];
          uint8x16_t all = look(of_set.low[0], of_set.high[0], vld1q_u8(from));
          all = vandq_u8(all, look(of_set.low[1], of_set.high[1], vld1q_u8(from + 1)));
          all = vandq_u8(all, look(of_set.low[2], of_set.high[2], vld1q_u8(from + 2)));
          any = vorrq_u8(any, all);
        }
        found[0] |= bits(vtstq_u8(any, any)) << (16 * part);
        if constexpr (kNumbers) {
          const uint8x16_t text = vld1q_u8(from);
          const uint8x16_t number = look(kNumberLow, kNumberHigh, text);
          found[1] |= bits(vtstq_u8(number, vdupq_n_u8(kDigit))) << (16 * part);
          found[2] |= bits(vtstq_u8(number, vdupq_n_u8(kJoint))) << (16 * part);
          found[3] |= bits(vceqq_u8(vandq_u8(text, vdupq_n_u8(0xC0)), vdupq_n_u8(0x40))) << (16 * part);
          found[4] |= bits(vceqq_u8(text, vdupq_n_u8('\n'))) << (16 * part);
        }
      }
      for (std::size_t i = 0; i < RowCount(kNumbers); ++i) {
        rows[i][word] = found[i];
      }
    }
  }
  static bool Works() {
    return true;
  }
#else
  template <bool kNumbers, unsigned kSets>
  static void Words(const SetTables&, const char*, std::size_t, const std::array<std::uint64_t*, kRows>&) {
  }
  static bool Works() {
    return false;
  }
#endif

 public:
  template <bool kNumbers, unsigned kSets>
  static void Mark(const SetTables& tables, std::string_view text, const std::array<SieveRow*, kRows>& rows) {
    const std::size_t words = (text.size() + kWordBytes - 1) / kWordBytes;
    const std::size_t whole = text.size() < 2 ? 0 : (text.size() - 2) / kWordBytes;
    std::array<std::uint64_t*, kRows> data{};
    for (std::size_t i = 0; i < RowCount(kNumbers); ++i) {
      rows[i]->resize(words);
      data[i] = rows[i]->data();
    }
    Words<kNumbers, kSets>(tables, text.data(), whole, data);
    for (std::size_t word = whole; word < words; ++word) {  // the last one or two, from a copy with room behind it
      char padded[kWordBytes + 2] = {};
      const std::size_t left = text.size() - word * kWordBytes;
      std::memcpy(padded, text.data() + word * kWordBytes, std::min(left, sizeof padded));
      std::array<std::uint64_t, kRows> found{};
      Words<kNumbers, kSets>(tables, padded, 1, {&found[0], &found[1], &found[2], &found[3], &found[4]});
      const std::uint64_t inside = left < kWordBytes ? (std::uint64_t{1} << left) - 1 : ~std::uint64_t{0};
      for (std::size_t i = 0; i < RowCount(kNumbers); ++i) {
        data[i][word] = found[i] & inside;
      }
    }
  }
};

ByteSieve::ByteSieve(const Buckets& patterns) {
  Fill(patterns);
}

// Each pattern goes where it widens the tables the least; by the number of three bytes that pass, as if all were as
// likely.
ByteSieve::ByteSieve(std::span<const std::string_view> patterns) {
  struct Halves {
    std::array<std::uint16_t, 6> seen{};  // bit per half byte: low and high of each place
    void Add(std::string_view pattern) {
      for (std::size_t place = 0; place < 3; ++place) {
        const bool has = place < pattern.size();
        const auto byte = has ? static_cast<unsigned char>(pattern[place]) : 0U;
        seen[place * 2] |= has ? static_cast<std::uint16_t>(1U << (byte & 0x0FU)) : 0xFFFF;
        seen[place * 2 + 1] |= has ? static_cast<std::uint16_t>(1U << (byte >> 4U)) : 0xFFFF;
      }
    }
    std::size_t Passing() const {
      std::size_t all = 1;
      for (const std::uint16_t bits : seen) {
        all *= static_cast<std::size_t>(std::popcount(bits));
      }
      return all;
    }
  };
  std::vector<std::string_view> begins;
  for (const std::string_view pattern : patterns) {
    begins.push_back(pattern.substr(0, 3));
  }
  std::sort(begins.begin(), begins.end());
  begins.erase(std::unique(begins.begin(), begins.end()), begins.end());
  std::array<Halves, kBuckets> halves{};
  Buckets buckets;
  for (const std::string_view begin : begins) {
    std::size_t best = 0;
    std::size_t least = SIZE_MAX;
    for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
      Halves with = halves[bucket];
      with.Add(begin);
      const std::size_t more = with.Passing() - halves[bucket].Passing();
      if (more < least) {
        least = more;
        best = bucket;
      }
    }
    halves[best].Add(begin);
    buckets[best].push_back(begin);
  }
  Fill(buckets);
}

void ByteSieve::Fill(const Buckets& patterns) {
  for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
    Tables& tables = tables_[bucket / kBucketsPerSet];
    const auto bit = static_cast<std::uint8_t>(1U << (bucket % kBucketsPerSet));
    two_sets_ = two_sets_ || (bucket >= kBucketsPerSet && !patterns[bucket].empty());
    for (const std::string_view pattern : patterns[bucket]) {
      for (std::size_t place = 0; place < 3; ++place) {
        if (place < pattern.size()) {
          const auto byte = static_cast<unsigned char>(pattern[place]);
          tables.low[place][byte & 0x0FU] |= bit;
          tables.high[place][byte >> 4U] |= bit;
          continue;
        }
        for (std::size_t i = 0; i < 16; ++i) {
          tables.low[place][i] |= bit;
          tables.high[place][i] |= bit;
        }
      }
    }
  }
  for (std::size_t place = 0; place < 3; ++place) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const auto of_set = [&](const Tables& tables) {
        return static_cast<unsigned>(tables.low[place][byte & 0x0FU] & tables.high[place][byte >> 4U]);
      };
      whole_[place][byte] = static_cast<std::uint16_t>(of_set(tables_[0]) | of_set(tables_[1]) << kBucketsPerSet);
    }
  }
}

void ByteSieve::Mark(std::string_view text, SieveRow* beginnings) const {
  static const bool kWorks = WideSieve::Works();
  if (!kWorks) {
    MarkPlainly(text, beginnings);
  } else if (two_sets_) {
    WideSieve::Mark<false, 2>(tables_, text, {beginnings});
  } else {
    WideSieve::Mark<false, 1>(tables_, text, {beginnings});
  }
}

void ByteSieve::Mark(std::string_view text, SieveMarks* marks) const {
  static const bool kWorks = WideSieve::Works();
  const std::array<SieveRow*, kRows> rows = {&marks->beginnings, &marks->digits, &marks->joints, &marks->letters,
                                             &marks->line_ends};
  if (!kWorks) {
    MarkPlainly(text, marks);
  } else if (two_sets_) {
    WideSieve::Mark<true, 2>(tables_, text, rows);
  } else {
    WideSieve::Mark<true, 1>(tables_, text, rows);
  }
}

void ByteSieve::MarkPlainly(std::string_view text, SieveRow* beginnings) const {
  beginnings->assign((text.size() + kWordBytes - 1) / kWordBytes, 0);
  const auto byte = [&text](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool found = (whole_[0][byte(i)] & whole_[1][byte(i + 1)] & whole_[2][byte(i + 2)]) != 0;
    (*beginnings)[i / kWordBytes] |= std::uint64_t{found} << (i % kWordBytes);
  }
}

void ByteSieve::MarkPlainly(std::string_view text, SieveMarks* marks) const {
  MarkPlainly(text, &marks->beginnings);
  marks->digits.assign(marks->beginnings.size(), 0);
  marks->joints.assign(marks->beginnings.size(), 0);
  marks->letters.assign(marks->beginnings.size(), 0);
  marks->line_ends.assign(marks->beginnings.size(), 0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const unsigned number = kNumberLow[byte & 0x0FU] & kNumberHigh[byte >> 4U];
    marks->digits[i / kWordBytes] |= std::uint64_t{(number & kDigit) != 0} << (i % kWordBytes);
    marks->joints[i / kWordBytes] |= std::uint64_t{(number & kJoint) != 0} << (i % kWordBytes);
    marks->letters[i / kWordBytes] |= std::uint64_t{(byte & 0xC0U) == 0x40} << (i % kWordBytes);
    marks->line_ends[i / kWordBytes] |= std::uint64_t{byte == '\n'} << (i % kWordBytes);
  }
}

}  // namespace lastlook::detect
