// SPDX-License-Identifier: MPL-2.0
// Questions about 64 bytes at once; bit i of an answer stands for byte i. Private to this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace lastlook::address {

inline constexpr std::size_t kBlockBytes = 64;

class ByteBlock {
 public:
#if defined(__SSE2__)
  // REQUIRES: kBlockBytes bytes may be read.
  explicit ByteBlock(const char* bytes) {
    for (std::size_t i = 0; i < 4; ++i) {
      lanes_[i] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + i * 16));
    }
  }
  std::uint64_t Equal(char c) const {
    return Ask([c](__m128i lane) { return _mm_cmpeq_epi8(lane, _mm_set1_epi8(c)); });
  }
  std::uint64_t InRange(char first, char last) const {
    return Ask([first, last](__m128i lane) { return Between(lane, first, last); });
  }
  // Letters, digits, and "+-._": what almost all addresses are made of.
  std::uint64_t Words() const {
    return Ask([](__m128i lane) {
      const __m128i letters = Between(_mm_or_si128(lane, _mm_set1_epi8(0x20)), 'a', 'z');
      const __m128i digits = Between(lane, '0', '9');
      const __m128i marks = _mm_or_si128(Between(lane, '-', '.'), _mm_cmpeq_epi8(lane, _mm_set1_epi8('_')));
      return _mm_or_si128(_mm_or_si128(letters, digits), _mm_or_si128(marks, _mm_cmpeq_epi8(lane, _mm_set1_epi8('+'))));
    });
  }

 private:
  static __m128i Between(__m128i lane, char first, char last) {
    const __m128i above = _mm_sub_epi8(lane, _mm_set1_epi8(first));
    return _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8(static_cast<char>(last - first))), above);
  }
  template <typename Question>
  std::uint64_t Ask(Question question) const {
    std::uint64_t answer = 0;
    for (unsigned i = 0; i < 4; ++i) {
      answer |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(question(lanes_[i])))) << (16 * i);
    }
    return answer;
  }
  __m128i lanes_[4] = {};
#else
  explicit ByteBlock(const char* bytes) : bytes_(bytes) {
  }
  std::uint64_t Equal(char c) const {
    return Ask([c](char byte) { return byte == c; });
  }
  std::uint64_t InRange(char first, char last) const {
    return Ask([first, last](char byte) {
      return static_cast<unsigned char>(byte - first) <= static_cast<unsigned char>(last - first);
    });
  }
  // Letters, digits, and "+-._": what almost all addresses are made of.
  std::uint64_t Words() const {
    return Ask([](char byte) {
      return static_cast<unsigned char>((byte | 0x20) - 'a') <= 'z' - 'a' || (byte >= '0' && byte <= '9') ||
             byte == '+' || byte == '-' || byte == '.' || byte == '_';
    });
  }

 private:
  template <typename Question>
  std::uint64_t Ask(Question question) const {
    std::uint64_t answer = 0;
    for (std::size_t i = 0; i < kBlockBytes; ++i) {
      answer |= static_cast<std::uint64_t>(question(bytes_[i])) << i;
    }
    return answer;
  }
  char bytes_[kBlockBytes] = {};
#endif
};

}  // namespace lastlook::address
