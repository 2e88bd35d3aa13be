// SPDX-License-Identifier: MPL-2.0
#include "detect/byte_sieve.h"

#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace lastlook::detect {
namespace {

constexpr std::uint8_t kDigitBit = 0x80;
constexpr std::size_t kWordBytes = 64;

}  // namespace

// 64 bytes at once; two more behind them must be readable.
struct WideSieve {
  using Tables = ByteSieve::Tables;

#if defined(__x86_64__)
  __attribute__((target("avx2"))) static void Word(const Tables& tables, const char* bytes, std::uint64_t* beginnings,
                                                   std::uint64_t* digits) {
    const __m256i half = _mm256_set1_epi8(0x0F);
    *beginnings = 0;
    *digits = 0;
    for (unsigned part = 0; part < 2; ++part) {
      __m256i found = _mm256_set1_epi8(-1);
      for (unsigned i = 0; i < 3; ++i) {
        const __m256i low_table =
            _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(tables.low[i])));
        const __m256i high_table =
            _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(tables.high[i])));
        const __m256i text = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + part * 32 + i));
        const __m256i low = _mm256_shuffle_epi8(low_table, _mm256_and_si256(text, half));
        const __m256i high = _mm256_shuffle_epi8(high_table, _mm256_and_si256(_mm256_srli_epi16(text, 4), half));
        found = _mm256_and_si256(found, _mm256_and_si256(low, high));
      }
      const auto digit_bits = static_cast<std::uint32_t>(_mm256_movemask_epi8(found));
      const __m256i others = _mm256_and_si256(found, _mm256_set1_epi8(0x7F));
      const auto none =
          static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(others, _mm256_setzero_si256())));
      *digits |= static_cast<std::uint64_t>(digit_bits) << (32 * part);
      *beginnings |= static_cast<std::uint64_t>(~none) << (32 * part);
    }
  }
  static bool Works() {
    return __builtin_cpu_supports("avx2") != 0;
  }
#elif defined(__aarch64__)
  static void Word(const Tables& tables, const char* bytes, std::uint64_t* beginnings, std::uint64_t* digits) {
    // Sixteen answers to sixteen bits: each keeps the bit of its place, and neighbours are added up.
    static constexpr std::uint8_t kPlaces[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t places = vld1q_u8(kPlaces);
    const auto bits = [&places](uint8x16_t answers) {
      const uint8x16_t kept = vandq_u8(answers, places);
      return static_cast<std::uint64_t>(vaddv_u8(vget_low_u8(kept))) |
             static_cast<std::uint64_t>(vaddv_u8(vget_high_u8(kept))) << 8U;
    };
    *beginnings = 0;
    *digits = 0;
    for (unsigned part = 0; part < 4; ++part) {
      uint8x16_t found = vdupq_n_u8(0xFF);
      for (unsigned i = 0; i < 3; ++i) {
        const uint8x16_t text = vld1q_u8(reinterpret_cast<const std::uint8_t*>(bytes) + part * 16 + i);
        const uint8x16_t low = vqtbl1q_u8(vld1q_u8(tables.low[i]), vandq_u8(text, vdupq_n_u8(0x0F)));
        const uint8x16_t high = vqtbl1q_u8(vld1q_u8(tables.high[i]), vshrq_n_u8(text, 4));
        found = vandq_u8(found, vandq_u8(low, high));
      }
      *digits |= bits(vtstq_u8(found, vdupq_n_u8(kDigitBit))) << (16 * part);
      *beginnings |= bits(vtstq_u8(found, vdupq_n_u8(0x7F))) << (16 * part);
    }
  }
  static bool Works() {
    return true;
  }
#else
  static void Word(const Tables&, const char*, std::uint64_t*, std::uint64_t*) {
  }
  static bool Works() {
    return false;
  }
#endif
};

ByteSieve::ByteSieve(const Buckets& patterns) {
  const auto add = [this](std::size_t place, std::uint8_t bit, unsigned char byte) {
    tables_.low[place][byte & 0x0FU] |= bit;
    tables_.high[place][byte >> 4U] |= bit;
  };
  for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
    const auto bit = static_cast<std::uint8_t>(1U << bucket);
    for (const std::string_view pattern : patterns[bucket]) {
      for (std::size_t place = 0; place < 3; ++place) {
        if (place < pattern.size()) {
          add(place, bit, static_cast<unsigned char>(pattern[place]));
          continue;
        }
        for (std::size_t i = 0; i < 16; ++i) {
          tables_.low[place][i] |= bit;
          tables_.high[place][i] |= bit;
        }
      }
    }
  }
  for (unsigned char digit = '0'; digit <= '9'; ++digit) {
    add(0, kDigitBit, digit);
  }
  for (std::size_t place = 1; place < 3; ++place) {
    for (std::size_t i = 0; i < 16; ++i) {
      tables_.low[place][i] |= kDigitBit;
      tables_.high[place][i] |= kDigitBit;
    }
  }
  for (std::size_t place = 0; place < 3; ++place) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      whole_[place][byte] =
          static_cast<std::uint8_t>(tables_.low[place][byte & 0x0FU] & tables_.high[place][byte >> 4U]);
    }
  }
}

void ByteSieve::Mark(std::string_view text, SieveMarks* marks) const {
  static const bool kWorks = WideSieve::Works();
  if (!kWorks) {
    MarkPlainly(text, marks);
    return;
  }
  const std::size_t words = (text.size() + kWordBytes - 1) / kWordBytes;
  marks->beginnings.resize(words);
  marks->digits.resize(words);
  std::size_t word = 0;
  for (; (word + 1) * kWordBytes + 2 <= text.size(); ++word) {
    WideSieve::Word(tables_, text.data() + word * kWordBytes, &marks->beginnings[word], &marks->digits[word]);
  }
  for (; word < words; ++word) {  // the last one or two, from a copy with room behind it
    char padded[kWordBytes + 2] = {};
    const std::size_t left = text.size() - word * kWordBytes;
    std::memcpy(padded, text.data() + word * kWordBytes, left < sizeof padded ? left : sizeof padded);
    WideSieve::Word(tables_, padded, &marks->beginnings[word], &marks->digits[word]);
    if (left < kWordBytes) {
      const std::uint64_t inside = (std::uint64_t{1} << left) - 1;
      marks->beginnings[word] &= inside;
      marks->digits[word] &= inside;
    }
  }
}

void ByteSieve::MarkPlainly(std::string_view text, SieveMarks* marks) const {
  const std::size_t words = (text.size() + kWordBytes - 1) / kWordBytes;
  marks->beginnings.assign(words, 0);
  marks->digits.assign(words, 0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = [&text](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
    const unsigned found = whole_[0][byte(i)] & whole_[1][byte(i + 1)] & whole_[2][byte(i + 2)];
    const std::uint64_t bit = std::uint64_t{1} << (i % kWordBytes);
    marks->digits[i / kWordBytes] |= (found & kDigitBit) != 0 ? bit : 0;
    marks->beginnings[i / kWordBytes] |= (found & 0x7FU) != 0 ? bit : 0;
  }
}

}  // namespace lastlook::detect
