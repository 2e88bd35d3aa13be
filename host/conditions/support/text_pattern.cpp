// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/text_pattern.h"

#include <re2/re2.h>

#include <utility>

#include "base/text_fold.h"
#include "policy/object_reader.h"

namespace lastlook {
namespace {

constexpr std::size_t kMostCharacters = 1'000;
constexpr int kMostProgramBytes = 1 << 20;  // RE2 keeps its automaton within this, too
constexpr std::string_view kSyntax = "\\.+*?()|[]{}^$-";

// Folding can make syntax out of what is none: "㈱" becomes "(株)".
std::string FoldWhatIsNotAscii(std::string_view pattern) {
  std::string folded;
  for (std::size_t at = 0; at < pattern.size();) {
    std::size_t end = at;
    while (end < pattern.size() && static_cast<unsigned char>(pattern[end]) >= 0x80) {
      ++end;
    }
    if (end == at) {
      folded += pattern[at++];
      continue;
    }
    for (const char c : Fold(pattern.substr(at, end - at))) {
      if (kSyntax.find(c) != std::string_view::npos) {
        folded += '\\';
      }
      folded += c;
    }
    at = end;
  }
  return folded;
}

re2::RE2::Options PatternOptions() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(false);
  options.set_max_mem(kMostProgramBytes);
  return options;
}

}  // namespace

TextPattern::TextPattern(std::string written, std::shared_ptr<const re2::RE2> program)
    : written_(std::move(written)), program_(std::move(program)) {
}

Result<TextPattern> TextPattern::Compile(std::string_view pattern) {
  if (Utf16Length(pattern) > kMostCharacters) {
    return PolicyError("this pattern has more than " + std::to_string(kMostCharacters) + " characters",
                       "split it, or name the words in a list");
  }
  auto program = std::make_shared<const re2::RE2>(FoldWhatIsNotAscii(pattern), PatternOptions());
  if (!program->ok()) {
    if (program->error_code() == re2::RE2::ErrorPatternTooLarge) {
      return PolicyError("this pattern would take too much memory", "repeat less often: {1,1000} within {1,1000}, say");
    }
    return PolicyError("this is no pattern: " + program->error(),
                       "write it in the syntax of RE2, which has neither look-around nor back-references");
  }
  if (re2::RE2::PartialMatch("", *program)) {
    return PolicyError("this pattern matches nothing at all, so it would be found everywhere",
                       "make it need at least one character: \"+\" in place of \"*\"");
  }
  return TextPattern(std::string(pattern), std::move(program));
}

std::optional<TextPattern::Match> TextPattern::Find(std::string_view text, std::size_t begin, std::size_t end) const {
  re2::StringPiece found;
  if (!program_->Match({text.data(), text.size()}, begin, end, re2::RE2::UNANCHORED, &found, 1)) {
    return std::nullopt;
  }
  const auto at = static_cast<std::size_t>(found.data() - text.data());
  return Match{at, at + found.size()};
}

}  // namespace lastlook
