// SPDX-License-Identifier: MPL-2.0
#include "mail/address_lexer.h"

#include <initializer_list>

#include "mail/encoded_word.h"

namespace lastlook::address {
namespace {

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
  const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  switch (byte(0)) {
    case 0xC2:  // U+00A0 no-break space
      return byte(1) == 0xA0 ? 2 : 0;
    case 0xE2:  // U+2000 en quad … U+200A hair space, U+202F narrow no-break space
      return byte(1) == 0x80 && ((byte(2) >= 0x80 && byte(2) <= 0x8A) || byte(2) == 0xAF) ? 3 : 0;
    case 0xE3:  // U+3000 ideographic space
      return byte(1) == 0x80 && byte(2) == 0x80 ? 3 : 0;
    default:
      return 0;
  }
}

std::size_t WideSeparatorLength(std::string_view text) {
  const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const bool full_width = byte(0) == 0xEF && byte(1) == 0xBC && (byte(2) == 0x8C || byte(2) == 0x9B);
  const bool ideographic = byte(0) == 0xE3 && byte(1) == 0x80 && byte(2) == 0x81;
  return full_width || ideographic ? 3 : 0;
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
