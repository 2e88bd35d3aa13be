// SPDX-License-Identifier: MPL-2.0
#include "detect/word_finder.h"

#include <algorithm>
#include <utility>

namespace lastlook::detect {
namespace {

constexpr std::size_t kKeyBytes = 6;

bool IsAsciiWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

bool StandsAlone(std::string_view text, std::size_t begin, std::size_t end) {
  const bool joined_before = begin > 0 && IsAsciiWordByte(text[begin]) && IsAsciiWordByte(text[begin - 1]);
  const bool joined_after = end < text.size() && IsAsciiWordByte(text[end - 1]) && IsAsciiWordByte(text[end]);
  return !joined_before && !joined_after;
}

WordFinder::WordFinder(std::span<const std::string> words) {
  std::vector<Word> copies;
  for (std::size_t i = 0; i < words.size(); ++i) {
    copies.push_back({words[i], i});
  }
  Build(std::move(copies));
}

WordFinder::WordFinder(std::span<const std::string_view> words) {
  std::vector<Word> copies;
  for (std::size_t i = 0; i < words.size(); ++i) {
    copies.push_back({std::string(words[i]), i});
  }
  Build(std::move(copies));
}

void WordFinder::Build(std::vector<Word> words) {
  for (const Word& word : words) {
    lengths_.push_back(word.text.size());
  }
  std::erase_if(words, [](const Word& word) { return word.text.empty(); });
  for (const Word& word : words) {
    unsigned char& shortest = shortest_[static_cast<unsigned char>(word.text.front())];
    const auto length = static_cast<unsigned char>(std::min(word.text.size(), kKeyBytes));
    shortest = shortest == 0 ? length : std::min(shortest, length);
  }
  std::vector<std::string_view> begins;
  begins.reserve(words.size());
  for (const Word& word : words) {
    begins.push_back(word.text);
  }
  sieve_ = ByteSieve(begins);
  // Sixteen buckets a word: one place in sixteen of a text that begins alike is looked at twice.
  mask_ = 255;
  while (mask_ < words.size() * 16 && mask_ < 0xFFFFF) {
    mask_ = mask_ * 2 + 1;
  }
  std::stable_sort(words.begin(), words.end(), [this](const Word& a, const Word& b) {
    const std::uint32_t left = BucketAt(a.text, 0);
    const std::uint32_t right = BucketAt(b.text, 0);
    return left != right ? left < right : a.text.size() > b.text.size();
  });
  words_ = std::move(words);
  starts_.assign(std::size_t{mask_} + 2, 0);
  for (const Word& word : words_) {
    ++starts_[BucketAt(word.text, 0) + 1];
  }
  for (std::size_t i = 1; i < starts_.size(); ++i) {
    starts_[i] += starts_[i - 1];
  }
}

}  // namespace lastlook::detect
