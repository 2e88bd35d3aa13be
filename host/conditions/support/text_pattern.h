// SPDX-License-Identifier: MPL-2.0
// A pattern that an administrator wrote (RE2's syntax), matched on folded text.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace re2 {
class RE2;
}

namespace lastlook {

// Immutable and thread-safe.
class TextPattern {
 public:
  // What a pattern may match is bounded, so that hostile text takes linear time: matches do not reach over more than
  // this many bytes of folded text, and no more than kMostMatches are counted in a text.
  static constexpr std::size_t kWindowBytes = std::size_t{64} << 10U;
  static constexpr std::size_t kMostMatches = 1'000;

  // Characters of the pattern that are not ASCII are folded like the text (full width, kana width); letter case makes
  // no difference. Refused (kPolicyRefused, without place): syntax that RE2 does not know, patterns of more than 1,000
  // characters or that take too much memory, and those that match nothing at all ("a*"), which would be everywhere.
  static Result<TextPattern> Compile(std::string_view pattern);

  const std::string& written() const { return written_; }

  // The first match in the bytes [begin, end) of `text`. It may be empty ("\\b").
  struct Match {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  std::optional<Match> Find(std::string_view text, std::size_t begin, std::size_t end) const;

  // Calls use(match) for the matches that do not overlap and are not empty, in order.
  template <typename Use>
  void ForEach(std::string_view text, std::size_t begin, std::size_t end, Use use) const {
    std::size_t left = kMostMatches;
    while (begin < end && left > 0) {
      std::size_t window = end;
      if (end - begin > kWindowBytes) {  // up to a line end, if there is one
        const std::size_t line_end = text.rfind('\n', begin + kWindowBytes - 1);
        window = line_end != std::string_view::npos && line_end >= begin ? line_end + 1 : begin + kWindowBytes;
      }
      while (left > 0 && begin < window) {
        const std::optional<Match> match = Find(text, begin, window);
        if (!match) {
          break;
        }
        --left;
        if (match->end > match->begin) {
          use(*match);
          begin = match->end;
        } else {
          begin = match->end + 1;
        }
      }
      begin = std::max(begin, window);
    }
  }

 private:
  TextPattern(std::string written, std::shared_ptr<const re2::RE2> program);

  std::string written_;
  std::shared_ptr<const re2::RE2> program_;
};

}  // namespace lastlook
