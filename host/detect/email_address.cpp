// SPDX-License-Identifier: MPL-2.0
// E-mail addresses in running text: the local part as mail programs give them out (RFC 5321 dot-string), a domain with
// a last label of letters that is not the ending of a file ("icon@2x.png").
#include <algorithm>
#include <array>

#include "detect/finders.h"
#include "detect/text_edges.h"

namespace lastlook::detect {
namespace {

constexpr std::size_t kLongestLocalPart = 64;  // RFC 5321 section 4.5.3.1
constexpr std::size_t kLongestDomain = 255;

bool IsLocalByte(char c) {
  return IsWordByte(c) || std::string_view("!#$%&'*+/=?^_`{|}~.-").find(c) != std::string_view::npos;
}
bool IsDomainByte(char c) {
  return IsWordByte(c) || c == '-' || c == '.';
}

bool IsFileEnding(std::string_view label) {
  constexpr std::array<std::string_view, 16> kEndings = {"png", "jpg",  "jpeg", "gif", "svg", "webp", "bmp", "pdf",
                                                         "js",  "html", "css",  "txt", "xml", "json", "php", "exe"};
  return std::find(kEndings.begin(), kEndings.end(), label) != kEndings.end();
}

}  // namespace

void FindEmailAddress(std::string_view text, std::size_t at, Candidates* out) {
  std::size_t begin = at;
  while (begin > 0 && at - begin <= kLongestLocalPart && IsLocalByte(text[begin - 1])) {
    --begin;
  }
  if (at - begin > kLongestLocalPart) {
    return;
  }
  // Of what running text puts in front ("'taro@…", "=taro@…", "/taro@…") only letters, digits and "_" begin a local
  // part.
  const std::size_t last_mark = text.substr(begin, at - begin).find_last_of("=/?&'`|{}:");
  if (last_mark != std::string_view::npos) {
    begin += last_mark + 1;
  }
  while (begin < at && !IsWordByte(text[begin]) && text[begin] != '_') {
    ++begin;
  }
  if (begin == at || text[at - 1] == '.' || text.substr(begin, at - begin).find("..") != std::string_view::npos) {
    return;
  }
  std::size_t end = at + 1;
  while (end < text.size() && end - at <= kLongestDomain && IsDomainByte(text[end])) {
    ++end;
  }
  if (end - at > kLongestDomain || (end < text.size() && text[end] == '@')) {
    return;
  }
  while (end > at + 1 && !IsWordByte(text[end - 1])) {
    --end;
  }
  const std::string_view domain = text.substr(at + 1, end - at - 1);
  const std::size_t dot = domain.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || domain.find("..") != std::string_view::npos ||
      !IsWordByte(domain[0])) {
    return;
  }
  std::string normalized(text.substr(begin, end - begin));
  std::transform(normalized.begin(), normalized.end(), normalized.begin(), LowerAscii);
  const std::string_view last = std::string_view(normalized).substr(at - begin + 1 + dot + 1);
  const bool letters = std::all_of(last.begin(), last.end(), IsAsciiLetter);
  if (last.size() < 2 || (!letters && !last.starts_with("xn--")) || (letters && IsFileEnding(last))) {
    return;
  }
  Candidate found{DataType::kEmailAddress, begin, end, std::move(normalized), 85, 85};
  found.settled = true;
  out->push_back(std::move(found));
}

}  // namespace lastlook::detect
