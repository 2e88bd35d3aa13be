// SPDX-License-Identifier: MPL-2.0
#include "detect/written_password.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "detect/word_finder.h"

namespace lastlook::detect {
namespace {

using std::string_view;

constexpr std::array<string_view, 20> kLabels = {"パスワード", "パスワ-ド", "解凍パス", "解凍キー",   "暗証番号",
                                                 "password",   "passwd",    "passcode", "passphrase", "pass",
                                                 "pwd",        "pw",        "pin",      "密码",       "密碼",
                                                 "口令",       "解压码",    "提取码",   "パスコード", "合言葉"};
// What may stand between the label and the password.
constexpr std::array<string_view, 46> kBetween = {" ",
                                                  "\t",
                                                  "\r",
                                                  "\n",
                                                  ":",
                                                  "=",
                                                  "->",
                                                  "→",
                                                  "⇒",
                                                  "は",
                                                  "以下",
                                                  "下記",
                                                  "次",
                                                  "の",
                                                  "通り",
                                                  "とおり",
                                                  "です",
                                                  "となります",
                                                  "になります",
                                                  "。",
                                                  "、",
                                                  "「",
                                                  "『",
                                                  "【",
                                                  "】",
                                                  "[",
                                                  "(",
                                                  "\"",
                                                  "'",
                                                  "`",
                                                  "<",
                                                  "is",
                                                  "for the file",
                                                  "as follows",
                                                  "below",
                                                  "为",
                                                  "是",
                                                  "如下",
                                                  ",",
                                                  "・",
                                                  "ファイル",
                                                  "-",
                                                  "|",
                                                  "解凍",
                                                  "zip",
                                                  "となっております"};
// What the password is of; says nothing by itself ("the password for the 2026 season").
constexpr std::array<string_view, 16> kOfWhat = {"of",    "for",        "to",       "the",      "this", "file",
                                                 "files", "attached",   "document", "open",     "zip",  "pdf",
                                                 "it",    "attachment", "archive",  "documents"};
constexpr std::size_t kLongestGap = 60;

bool IsTokenByte(char c) {
  return c > 0x20 && c < 0x7F && string_view("\"'`<>()[],;").find(c) == string_view::npos;
}

bool IsPassword(string_view token) {
  constexpr std::size_t kShortest = 4;
  constexpr std::size_t kLongest = 64;
  if (token.size() < kShortest || token.size() > kLongest || token.find("://") != string_view::npos ||
      token.starts_with("www.") || token.starts_with("${") || token.starts_with("{{")) {
    return false;
  }
  bool has_digit = false;
  bool has_letter = false;
  bool has_sign = false;
  for (const char c : token) {
    has_digit = has_digit || (c >= '0' && c <= '9');
    has_letter = has_letter || (c >= 'a' && c <= 'z');
    has_sign = has_sign || !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'));
  }
  const bool is_address = token.find('@') != string_view::npos && token.find('.', token.find('@')) != string_view::npos;
  const bool is_word_like =
      has_letter && !has_digit &&
      (!has_sign || token.find_first_not_of("abcdefghijklmnopqrstuvwxyz-.'/") == string_view::npos);
  return std::set<char>(token.begin(), token.end()).size() >= 3 && !is_address && !is_word_like &&
         (has_digit || (has_letter && has_sign));
}

}  // namespace

std::vector<WrittenPassword> FindWrittenPasswords(string_view folded) {
  static const WordFinder labels{std::span<const string_view>(kLabels)};
  std::vector<WrittenPassword> found;
  labels.ForEach(folded, [&](std::size_t index, std::size_t at) {
    std::size_t place = at + labels.LengthOf(index);
    if (!StandsAlone(folded, at, place)) {
      return;
    }
    const std::size_t limit = std::min(folded.size(), place + kLongestGap);
    bool separated = false;
    std::size_t newlines = 0;
    while (place < limit) {
      const auto* piece =
          std::find_if(kBetween.begin(), kBetween.end(),
                       [rest = folded.substr(place)](string_view word) { return rest.starts_with(word); });
      const bool is_word_start = piece != kBetween.end() && (*piece)[0] >= 'a' && (*piece)[0] <= 'z';
      const auto* of_what = std::find_if(kOfWhat.begin(), kOfWhat.end(), [&](string_view word) {
        return folded.substr(place).starts_with(word) && StandsAlone(folded, place, place + word.size());
      });
      if (of_what != kOfWhat.end()) {
        place += of_what->size();
        continue;
      }
      if (piece == kBetween.end() || (is_word_start && !StandsAlone(folded, place, place + piece->size()))) {
        break;
      }
      newlines += *piece == "\n" ? 1 : 0;
      separated = separated || *piece != " ";
      place += piece->size();
    }
    std::size_t end = place;
    while (end < folded.size() && end - place <= 80 && IsTokenByte(folded[end])) {
      ++end;
    }
    while (end > place + 4 && string_view(".:!?").find(folded[end - 1]) != string_view::npos) {
      --end;  // of the sentence
    }
    if (separated && newlines <= 3 && IsPassword(folded.substr(place, end - place)) &&
        (found.empty() || found.back().end <= place)) {
      found.push_back({place, end});
    }
  });
  return found;
}

}  // namespace lastlook::detect
