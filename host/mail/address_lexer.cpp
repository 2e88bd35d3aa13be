// SPDX-License-Identifier: MPL-2.0
#include "mail/address_lexer.h"

#include <initializer_list>

#include "mail/encoded_word.h"

namespace lastlook::address {
namespace {

std::size_t LengthOfAny(std::string_view text, std::initializer_list<std::string_view> candidates) {
  for (const std::string_view candidate : candidates) {
    if (text.starts_with(candidate)) {
      return candidate.size();
    }
  }
  return 0;
}

std::size_t WideBlankLengthAtEnd(std::string_view text) {
  // Every one of them is two or three bytes long.
  for (const std::size_t length : {std::size_t{2}, std::size_t{3}}) {
    if (text.size() >= length && WideBlankLength(text.substr(text.size() - length)) == length) {
      return length;
    }
  }
  return 0;
}

}  // namespace

std::size_t SkipQuoted(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

std::size_t SkipComment(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '(') {
      ++depth;
    } else if (text[at] == ')' && --depth == 0) {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

std::size_t EncodedWordAt(std::string_view text, std::size_t at) {
  if (text[at] != '=') {
    return 0;
  }
  // Names are short; looking far ahead at every "=?" of a hostile field would take long.
  constexpr std::size_t kLongest = 512;
  const std::size_t length = EncodedWordLength(text.substr(at, kLongest));
  return text.substr(at, length).find_first_of("@<> \t\r\n") == std::string_view::npos ? length : 0;
}

std::size_t SkipBlanksAndComments(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (Is(text[at], kBlank)) {
      ++at;
    } else if (text[at] == '(') {
      at = SkipComment(text, at);
      if (at == std::string_view::npos) {
        return at;
      }
    } else if (const std::size_t wide = IsNotAscii(text[at]) ? WideBlankLength(text.substr(at)) : 0; wide > 0) {
      at += wide;
    } else {
      break;
    }
  }
  return at;
}

std::size_t WideBlankLength(std::string_view text) {
  // No-break space, en quad … hair space (U+2000–U+200A), narrow no-break space, ideographic space.
  if (text.size() >= 3 && text.starts_with("\xE2\x80") && static_cast<unsigned char>(text[2]) <= 0x8A) {
    return 3;
  }
  return LengthOfAny(text, {"\xC2\xA0", "\xE2\x80\xAF", "\xE3\x80\x80"});
}

std::size_t WideSeparatorLength(std::string_view text) {
  return LengthOfAny(text, {"\xEF\xBC\x8C", "\xEF\xBC\x9B", "\xE3\x80\x81"});
}

std::string_view TrimBlanks(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = Is(text.front(), kBlank) ? 1 : IsNotAscii(text.front()) ? WideBlankLength(text) : 0;
    if (length == 0) {
      break;
    }
    text.remove_prefix(length);
  }
  while (!text.empty()) {
    const std::size_t length = Is(text.back(), kBlank) ? 1 : IsNotAscii(text.back()) ? WideBlankLengthAtEnd(text) : 0;
    if (length == 0) {
      break;
    }
    text.remove_suffix(length);
  }
  return text;
}

}  // namespace lastlook::address
