// SPDX-License-Identifier: MPL-2.0
// Many words in one pass over a text.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detect/byte_sieve.h"

namespace lastlook::detect {

// True if the bytes [begin, end) of `text`, a word, do not continue into ASCII letters or digits around it. Beside
// Japanese or Chinese an ASCII word stands alone without a space, too.
bool StandsAlone(std::string_view text, std::size_t begin, std::size_t end);

// Immutable once built, so thread-safe.
class WordFinder {
 public:
  // Words are bytes, compared as they are: fold them and the text alike. Empty ones are passed over. `Word` converts
  // to std::string_view; the finder copies.
  explicit WordFinder(std::span<const std::string> words);
  explicit WordFinder(std::span<const std::string_view> words);

  // Calls use(index of the word, begin) for every occurrence, by rising begin, at one begin the longer word first.
  // Time: the text's length, and at one place the number of words that begin alike.
  template <typename Use>
  void ForEach(std::string_view text, Use use) const {
    if (words_.empty()) {
      return;
    }
    SieveRow marks;
    for (std::size_t begin = 0; begin < text.size(); begin += kPiece) {
      const std::size_t size = std::min(kPiece, text.size() - begin);
      sieve_.Mark(text.substr(begin, size + 2), &marks);  // the sieve looks at three bytes
      ForEachMark(marks, 0, [&](std::size_t place) {
        if (place < size) {
          AtPlace(text, begin + place, use);
        }
        return place + 1;
      });
    }
  }

  std::size_t LengthOf(std::size_t index) const { return lengths_[index]; }

 private:
  struct Word {
    std::string text;
    std::size_t index = 0;
  };
  static constexpr std::size_t kPiece = std::size_t{32} << 10U;  // bytes; its marks stay in the cache

  template <typename Use>
  void AtPlace(std::string_view text, std::size_t at, Use& use) const {
    const auto first = static_cast<unsigned char>(text[at]);
    if (shortest_[first] == 0 || text.size() - at < shortest_[first]) {
      return;
    }
    const std::uint32_t bucket = BucketAt(text, at);
    for (std::uint32_t i = starts_[bucket]; i < starts_[bucket + 1]; ++i) {
      if (const Word& word = words_[i]; text.compare(at, word.text.size(), word.text) == 0) {
        use(word.index, at);
      }
    }
  }

  // Words that begin with the same byte are told apart by as many bytes as the shortest of them has, up to six: two
  // Japanese characters.
  std::uint32_t BucketAt(std::string_view text, std::size_t at) const {
    std::uint32_t hash = 2166136261U;
    const std::size_t bytes = shortest_[static_cast<unsigned char>(text[at])];
    for (std::size_t i = 0; i < bytes; ++i) {
      hash = (hash ^ static_cast<unsigned char>(text[at + i])) * 16777619U;
    }
    return (hash >> 7U) & mask_;
  }

  void Build(std::vector<Word> words);

  ByteSieve sieve_;                    // where a word may begin
  std::vector<Word> words_;            // by bucket
  std::vector<std::uint32_t> starts_;  // of each bucket in words_
  std::vector<std::size_t> lengths_;   // by index
  std::uint32_t mask_ = 0;
  unsigned char shortest_[256] = {};  // by first byte; 0: no word begins with it
};

}  // namespace lastlook::detect
