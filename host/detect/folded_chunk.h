// SPDX-License-Identifier: MPL-2.0
// A piece of a text as the finders read it, with the way back to the original. Private to this folder.
//
// Folded: full-width ASCII, half-width katakana (with its voice marks), decomposed kana, every kind of hyphen and
// blank, mathematical digits. Dropped: what is not seen (zero-width characters, bidi controls, soft hyphens, combining
// accents). Case stays. Bytes that are not UTF-8 stay.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "detect/byte_sieve.h"

namespace lastlook::detect {

class FoldedChunk {
 public:
  // Folds bytes [begin, end) of `original`; memory of the last call is used again. REQUIRES: no character is cut.
  void Assign(std::string_view original, std::size_t begin, std::size_t end);

  std::string_view text() const { return text_; }

  // Bytes of the original that became [begin, end) of text(). REQUIRES: begin <= end <= size.
  std::size_t OriginalBegin(std::size_t begin) const;
  std::size_t OriginalEnd(std::size_t end) const;

 private:
  struct Turn {
    std::size_t folded;
    std::size_t original;  // where the folded byte comes from
    bool behind_dropped;   // something unseen was dropped before it
  };
  // Appends the folded form of a character of `bytes` bytes; the next one begins at `next` of the original.
  void Append(char32_t c, char32_t folded, std::size_t bytes, std::size_t next);

  std::string text_;
  std::vector<Turn> turns_;
  SieveRow marks_;
};

}  // namespace lastlook::detect
