// SPDX-License-Identifier: MPL-2.0
#include "mail/addr_spec_parser.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstddef>
#include <string>

#include "base/text_fold.h"
#include "mail/address_lexer.h"
#include "mail/display_name.h"
#include "mail/domain_name.h"

namespace lastlook::address {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// Letters, marks, digits and symbols may stand in a local-part (RFC 6532); punctuation, blanks and what cannot be seen
// are more likely around the address than in it.
bool IsLocalCharacter(UChar32 c) {
  return (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK | U_GC_S_MASK)) != 0;
}

bool HoldsUnsafeCharacter(std::string_view utf8) {
  const auto size = static_cast<int32_t>(utf8.size());
  for (int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(utf8.data(), at, size, c);
    const bool folding = c == '\t' || c == '\r' || c == '\n';
    if (c < 0 || (!folding && IsUnsafeCharacter(static_cast<char32_t>(c)))) {
      return true;
    }
  }
  return false;
}

// The place of the last "@" outside quotes and comments: the one that decides where mail goes.
std::size_t LastAt(std::string_view text) {
  std::size_t last = kNone;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] == '"' || text[at] == '(') {
      at = text[at] == '"' ? SkipQuoted(text, at) : SkipComment(text, at);
      if (at == kNone) {
        return kNone;
      }
      continue;
    }
    if (text[at] == '@') {
      last = at;
    }
    ++at;
  }
  return last;
}

// The words of a local-part or a domain, put together. White space and comments may stand around dots, not between
// two words (RFC 5322 section 4.4).
class WordJoiner {
 public:
  bool AddDot() {
    text_ += '.';
    last_ = Last::kDot;
    gap_ = false;
    return true;
  }
  void AddGap() { gap_ = true; }
  bool AddAtom(std::string_view characters) {
    if (last_ == Last::kQuoted || (last_ == Last::kAtom && gap_)) {
      return false;
    }
    text_.append(characters);
    last_ = Last::kAtom;
    gap_ = false;
    has_word_ = true;
    return true;
  }
  // `content`: with its quoted pairs, without its quotes.
  bool AddQuoted(std::string_view content) {
    if (last_ == Last::kAtom || last_ == Last::kQuoted || content.empty()) {
      return false;
    }
    for (std::size_t i = 0; i < content.size(); ++i) {
      if (content[i] == '\\' && i + 1 < content.size()) {
        ++i;
      }
      const auto byte = static_cast<unsigned char>(content[i]);
      if (byte < 32 || byte == 127) {
        return false;
      }
      text_ += content[i];
    }
    last_ = Last::kQuoted;
    gap_ = false;
    has_word_ = true;
    return true;
  }
  bool after_atom() const { return last_ == Last::kAtom && !gap_; }
  bool has_word() const { return has_word_; }
  std::string Take() { return std::move(text_); }

 private:
  enum class Last { kNothing, kDot, kAtom, kQuoted };
  std::string text_;
  Last last_ = Last::kNothing;
  bool gap_ = false;
  bool has_word_ = false;
};

// "" if it is none. Dots may stand anywhere: Japanese mobile carriers gave out "a..b." for years.
std::string ParseLocalPart(std::string_view text) {
  WordJoiner joiner;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t next = SkipBlanksAndComments(text, at);
    if (next == kNone) {
      return {};
    }
    if (next != at) {
      joiner.AddGap();
      at = next;
      continue;
    }
    const char c = text[at];
    bool fits = false;
    std::size_t length = 1;
    if (c == '.') {
      fits = joiner.AddDot();
    } else if (c == '"') {
      const std::size_t end = SkipQuoted(text, at);
      length = end - at;
      fits = end != kNone && joiner.AddQuoted(text.substr(at + 1, length - 2));
    } else if (c == '@') {  // one that is not the last: part of the name, if it stands inside a word
      fits = joiner.after_atom() && at + 1 < text.size() && (Is(text[at + 1], kAtext) || IsNotAscii(text[at + 1])) &&
             joiner.AddAtom("@");
    } else if (IsNotAscii(c)) {
      auto end = static_cast<int32_t>(at);
      UChar32 character = 0;
      U8_NEXT(text.data(), end, static_cast<int32_t>(text.size()), character);
      length = static_cast<std::size_t>(end) - at;
      fits = character >= 0 && IsLocalCharacter(character) && joiner.AddAtom(text.substr(at, length));
    } else {
      while (at + length < text.size() && Is(text[at + length], kAtext)) {
        ++length;
      }
      fits = Is(c, kAtext) && joiner.AddAtom(text.substr(at, length));
    }
    if (!fits) {
      return {};
    }
    at += length;
  }
  return joiner.has_word() ? joiner.Take() : std::string();
}

// "" if it is none.
std::string ParseDomain(std::string_view text) {
  std::size_t at = SkipBlanksAndComments(text, 0);
  if (at == kNone) {
    return {};
  }
  if (at < text.size() && text[at] == '[') {
    const std::size_t close = text.find(']', at);
    if (close == kNone || SkipBlanksAndComments(text, close + 1) != text.size()) {
      return {};
    }
    return NormalizeDomain(text.substr(at, close + 1 - at));
  }
  WordJoiner joiner;
  while (at < text.size()) {
    const std::size_t next = SkipBlanksAndComments(text, at);
    if (next == kNone) {
      return {};
    }
    if (next != at) {
      joiner.AddGap();
      at = next;
      continue;
    }
    std::size_t length = 1;
    if (text[at] == '.') {
      joiner.AddDot();
    } else {
      const auto is_word = [](char c) { return Is(c, kDomainText) && c != '.'; };
      const bool ascii = is_word(text[at]);
      if (!ascii && !IsNotAscii(text[at])) {
        return {};
      }
      // White space that is not ASCII was skipped above and ends a word.
      while (at + length < text.size() &&
             (is_word(text[at + length]) ||
              (IsNotAscii(text[at + length]) && WideBlankLength(text.substr(at + length)) == 0))) {
        ++length;
      }
      if (!joiner.AddAtom(text.substr(at, length))) {
        return {};
      }
    }
    at += length;
  }
  return NormalizeDomain(joiner.Take());
}

std::optional<AddrSpec> ParseSimple(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && Is(text[at], kLocalText)) {
    ++at;
  }
  if (at == 0 || at == text.size() || text[at] != '@' || text.substr(0, at).find_first_not_of('.') == kNone ||
      !IsPlainDomain(text.substr(at + 1))) {
    return std::nullopt;
  }
  return AddrSpec{std::string(text.substr(0, at)), AsciiLower(text.substr(at + 1))};
}

// The place behind the colon of the route that `text` begins with; 0 if there is none, kNone if it is not well formed.
std::size_t SkipRoute(std::string_view text) {
  std::size_t at = SkipBlanksAndComments(text, 0);
  if (at == kNone || at >= text.size() || text[at] != '@') {
    return at == kNone ? kNone : 0;
  }
  bool has_domain = false;
  while (at < text.size()) {
    at = SkipBlanksAndComments(text, at);
    if (at == kNone || at == text.size()) {
      return kNone;
    }
    if (text[at] == ',') {
      ++at;
    } else if (text[at] == ':') {
      return has_domain ? at + 1 : kNone;
    } else if (text[at] == '@') {
      const std::size_t end = text.find_first_of(",: \t\r\n(", at);
      if (end == kNone || NormalizeDomain(text.substr(at + 1, end - at - 1)).empty()) {
        return kNone;
      }
      has_domain = true;
      at = end;
    } else {
      return kNone;
    }
  }
  return kNone;
}

}  // namespace

std::optional<AddrSpec> ParseAddrSpec(std::string_view text) {
  if (std::optional<AddrSpec> simple = ParseSimple(text)) {
    return simple;
  }
  std::string plain;
  if (!IsAscii(text)) {
    if (HoldsUnsafeCharacter(text)) {
      return std::nullopt;
    }
    plain = PlainForms(text);
    text = plain;
  }
  const std::size_t at = LastAt(text);
  if (at == kNone) {
    return std::nullopt;
  }
  AddrSpec address;
  address.domain = ParseDomain(text.substr(at + 1));
  if (address.domain.empty()) {
    return std::nullopt;
  }
  address.local_part = ParseLocalPart(text.substr(0, at));
  if (address.local_part.empty()) {
    return std::nullopt;
  }
  return address;
}

std::optional<AddrSpec> ParseAngleAddress(std::string_view inside) {
  const std::size_t route = SkipRoute(inside);
  return route == kNone ? std::nullopt : ParseAddrSpec(inside.substr(route));
}

}  // namespace lastlook::address
