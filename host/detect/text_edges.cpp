// SPDX-License-Identifier: MPL-2.0
#include "detect/text_edges.h"

#include <algorithm>

#include "detect/utf8.h"

namespace lastlook::detect {
namespace {

constexpr std::size_t kLongestWord = 24;
constexpr std::size_t kLongestAddress = 400;

bool IsContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// "03-1234" is preceded by "TEL": a word that is nothing but a label of the type.
bool IsLabelWord(std::string_view text, std::size_t end, TypeMask types) {
  std::size_t begin = end;
  while (begin > 0 && end - begin < kLongestWord && IsAsciiLetter(text[begin - 1])) {
    --begin;
  }
  if (begin > 0 && IsWordByte(text[begin - 1])) {
    return false;
  }
  const std::string_view word = text.substr(begin, end - begin);
  if (word == "No" || word == "NO" || word == "no" || word == "Nr") {
    return true;
  }
  const Label* label = LabelAt(text.substr(0, end), begin);
  return label != nullptr && begin + label->text.size() == end && (label->says & types) != 0;
}

}  // namespace

bool MayBegin(std::string_view text, std::size_t begin, TypeMask types) {
  if (begin == 0) {
    return true;
  }
  const char before = text[begin - 1];
  const char second = begin > 1 ? text[begin - 2] : ' ';
  const bool phone = (types & MaskOf(DataType::kPhoneNumber)) != 0;
  if (IsAsciiLetter(before)) {
    return IsLabelWord(text, begin, types);
  }
  if (IsDigit(before)) {
    return false;
  }
  switch (before) {
    case '_':
    case '@':
    case '%':
    case '$':
    case '*':
    case '\\':
    case '&':
      return false;
    case '+':
      return phone;
    case '#':
      return IsAsciiLetter(second);
    case '-':
      return !IsWordByte(second);
    case '.':
      return !IsDigit(second);
    case '/':
      return !IsAsciiLetter(second) && (phone || !IsDigit(second));
    default:
      break;
  }
  const std::string_view character = CharacterBefore(text, begin);
  return character != "¥" && character != "￥" && character != "€" && character != "£" && character != "＄";
}

bool MayEnd(std::string_view text, std::size_t end, TypeMask types) {
  if (end == text.size()) {
    return true;
  }
  const char next = text[end];
  const char second = end + 1 < text.size() ? text[end + 1] : ' ';
  if (IsWordByte(next)) {
    return false;
  }
  switch (next) {
    case '_':
    case '@':
    case '%':
    case '*':
    case '\\':
    case '=':
      return false;
    case '-':
      return !IsWordByte(second);
    case '/':
      return !IsAsciiLetter(second);
    case '.': {
      if (IsDigit(second)) {
        return false;
      }
      // ".pdf": a file's name.
      std::size_t letters = 0;
      while (end + 1 + letters < text.size() && letters < 6 && IsAsciiLetter(text[end + 1 + letters])) {
        ++letters;
      }
      return letters < 2 || letters > 4;
    }
    default:
      break;
  }
  if ((types & MaskOf(DataType::kPhoneNumber)) != 0) {
    return true;
  }
  const std::string_view rest = text.substr(end, 9);
  return !rest.starts_with("円") && !rest.starts_with("ドル") && !rest.starts_with("元") && !rest.starts_with("원") &&
         !rest.starts_with(" 円") && !rest.starts_with("件") && !rest.starts_with("バイト");
}

bool IsInWebAddress(std::string_view text, std::size_t at) {
  const std::size_t floor = at > kLongestAddress ? at - kLongestAddress : 0;
  std::size_t begin = at;
  while (begin > floor) {
    const char c = text[begin - 1];
    if (c <= ' ' || c == '<' || c == '>' || c == '"' || static_cast<unsigned char>(c) >= 0x7F) {
      break;
    }
    --begin;
  }
  const std::string_view token = text.substr(begin, at - begin);
  return token.find("://") != std::string_view::npos || token.find("www.") != std::string_view::npos;
}

std::size_t CharactersBefore(std::string_view text, std::size_t at, std::size_t count) {
  while (at > 0 && count > 0) {
    --at;
    if (!IsContinuation(text[at])) {
      --count;
    }
  }
  return at;
}

std::size_t CharactersBehind(std::string_view text, std::size_t at, std::size_t count) {
  while (at < text.size() && count > 0) {
    at += DecodeAt(text, at).bytes;
    --count;
  }
  return std::min(at, text.size());
}

std::string_view CharacterBefore(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < 4) {
    --begin;
    if (!IsContinuation(text[begin])) {
      break;
    }
  }
  return text.substr(begin, at - begin);
}

std::string_view CharacterAt(std::string_view text, std::size_t at) {
  return at < text.size() ? text.substr(at, DecodeAt(text, at).bytes) : std::string_view();
}

}  // namespace lastlook::detect
