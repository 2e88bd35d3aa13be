// SPDX-License-Identifier: MPL-2.0
// Keys and tokens by the prefixes their issuers give them, private keys, and what stands behind "パスワード：" or
// "PW:". No general rule for random-looking text: more than half of what such a rule finds is none.
#include <algorithm>
#include <array>
#include <cmath>

#include "detect/finders.h"
#include "detect/text_edges.h"

namespace lastlook::detect {
namespace {

constexpr int kByPrefix = 90;
constexpr int kByLabel = 76;

enum class Alphabet { kAlphanumeric, kUpperAndDigits, kHex, kBase64Url };

struct Prefix {
  std::string_view text;
  std::size_t least;  // characters behind it
  std::size_t most;
  Alphabet alphabet;
};
// From the issuers' documentation of their token formats.
constexpr Prefix kPrefixes[] = {
    {"AKIA", 16, 16, Alphabet::kUpperAndDigits},
    {"ASIA", 16, 16, Alphabet::kUpperAndDigits},
    {"ghp_", 36, 40, Alphabet::kAlphanumeric},
    {"gho_", 36, 40, Alphabet::kAlphanumeric},
    {"ghu_", 36, 40, Alphabet::kAlphanumeric},
    {"ghs_", 36, 40, Alphabet::kAlphanumeric},
    {"ghr_", 36, 80, Alphabet::kAlphanumeric},
    {"github_pat_", 60, 100, Alphabet::kBase64Url},
    {"glpat-", 20, 64, Alphabet::kBase64Url},
    {"xoxb-", 20, 250, Alphabet::kBase64Url},
    {"xoxp-", 20, 250, Alphabet::kBase64Url},
    {"xoxa-", 20, 250, Alphabet::kBase64Url},
    {"xoxr-", 20, 250, Alphabet::kBase64Url},
    {"xoxs-", 20, 250, Alphabet::kBase64Url},
    {"xapp-", 20, 250, Alphabet::kBase64Url},
    {"AIza", 35, 35, Alphabet::kBase64Url},
    {"ya29.", 30, 300, Alphabet::kBase64Url},
    {"sk_live_", 16, 250, Alphabet::kAlphanumeric},
    {"rk_live_", 16, 250, Alphabet::kAlphanumeric},
    {"sk_test_", 16, 250, Alphabet::kAlphanumeric},
    {"whsec_", 24, 80, Alphabet::kAlphanumeric},
    {"sk-ant-", 30, 250, Alphabet::kBase64Url},
    {"sk-proj-", 30, 250, Alphabet::kBase64Url},
    {"sk-", 32, 250, Alphabet::kAlphanumeric},
    {"SG.", 40, 100, Alphabet::kBase64Url},
    {"npm_", 36, 36, Alphabet::kAlphanumeric},
    {"pypi-", 40, 300, Alphabet::kBase64Url},
    {"dop_v1_", 64, 64, Alphabet::kHex},
    {"shpat_", 32, 32, Alphabet::kHex},
    {"hf_", 30, 40, Alphabet::kAlphanumeric},
    {"glsa_", 32, 60, Alphabet::kBase64Url},
};

bool Is(Alphabet alphabet, char c) {
  switch (alphabet) {
    case Alphabet::kAlphanumeric:
      return IsWordByte(c);
    case Alphabet::kUpperAndDigits:
      return IsUpper(c) || IsDigit(c);
    case Alphabet::kHex:
      return IsDigit(c) || (c >= 'a' && c <= 'f');
    case Alphabet::kBase64Url:
      return IsWordByte(c) || c == '-' || c == '_' || c == '.';
  }
  return false;
}

// Bits per character (Shannon).
double Entropy(std::string_view token) {
  std::array<int, 256> counts{};
  for (const char c : token) {
    ++counts[static_cast<unsigned char>(c)];
  }
  double bits = 0;
  for (const int count : counts) {
    if (count > 0) {
      const double share = static_cast<double>(count) / static_cast<double>(token.size());
      bits -= share * std::log2(share);
    }
  }
  return bits;
}

// What documentation writes where a secret would stand.
bool IsPlaceholder(std::string_view token) {
  std::string lower(token);
  std::transform(lower.begin(), lower.end(), lower.begin(), LowerAscii);
  for (const std::string_view word :
       {"example", "xxxx", "****", "....", "your", "${", "{{", "<", "%s", "placeholder", "changeme", "dummy", "sample",
        "password", "passwd", "redacted", "○○", "abcdef", "secret_here"}) {
    if (lower.find(word) != std::string::npos) {
      return true;
    }
  }
  return token.find_first_not_of(token.front()) == std::string_view::npos;
}

void Add(std::string_view text, std::size_t begin, std::size_t end, int score, Candidates* out) {
  Candidate found{DataType::kSecret, begin, end, std::string(text.substr(begin, end - begin)), score, score};
  found.settled = true;
  out->push_back(std::move(found));
}

bool ByPrefix(std::string_view text, std::size_t at, Candidates* out) {
  if (at > 0 && (IsWordByte(text[at - 1]) || text[at - 1] == '_' || text[at - 1] == '-')) {
    return false;
  }
  const std::string_view here = text.substr(at);
  for (const Prefix& prefix : kPrefixes) {
    if (!here.starts_with(prefix.text)) {
      continue;
    }
    std::size_t end = at + prefix.text.size();
    const std::size_t body = end;
    while (end < text.size() && end - body <= prefix.most && Is(prefix.alphabet, text[end])) {
      ++end;
    }
    while (end > body && (text[end - 1] == '.' || text[end - 1] == '-')) {
      --end;
    }
    const std::size_t size = end - body;
    const bool ends = end == text.size() || !IsWordByte(text[end]);
    const std::string_view token = text.substr(body, size);
    if (size >= prefix.least && size <= prefix.most && ends && !IsPlaceholder(token) && Entropy(token) >= 3) {
      Add(text, at, end, kByPrefix, out);
      return true;
    }
  }
  return false;
}

// "eyJ….eyJ….…": a JSON Web Token (RFC 7519) with its signature.
bool WebToken(std::string_view text, std::size_t at, Candidates* out) {
  if (at > 0 && (IsWordByte(text[at - 1]) || text[at - 1] == '_' || text[at - 1] == '-' || text[at - 1] == '.')) {
    return false;
  }
  std::size_t end = at;
  std::size_t dots = 0;
  std::size_t last_dot = at;
  while (end < text.size() && end - at < 8192 &&
         (IsWordByte(text[end]) || text[end] == '-' || text[end] == '_' || text[end] == '.')) {
    if (text[end] == '.') {
      if (++dots == 3) {
        break;
      }
      if (dots == 1 && !text.substr(end + 1).starts_with("eyJ")) {
        return false;
      }
      last_dot = end;
    }
    ++end;
  }
  if (dots < 2 || end - last_dot < 20) {
    return false;
  }
  Add(text, at, end, kByPrefix, out);
  return true;
}

bool PrivateKey(std::string_view text, std::size_t at, Candidates* out) {
  const std::string_view here = text.substr(at, 64);
  if (!here.starts_with("-----BEGIN ") || (at > 0 && text[at - 1] == '-')) {
    return false;
  }
  const std::size_t words = here.find("PRIVATE KEY");
  const std::size_t close = here.find("-----", 11);
  if (words == std::string_view::npos || close == std::string_view::npos || close < words) {
    return false;
  }
  Add(text, at, at + close + 5, kByPrefix, out);
  return true;
}

// "://user:password@host"
bool InAddress(std::string_view text, std::size_t at, Candidates* out) {
  if (!text.substr(at).starts_with("://")) {
    return false;
  }
  const std::size_t user = at + 3;
  std::size_t colon = user;
  while (colon < text.size() && colon - user < 64 &&
         (IsWordByte(text[colon]) || std::string_view("._-%").find(text[colon]) != std::string_view::npos)) {
    ++colon;
  }
  if (colon == user || colon >= text.size() || text[colon] != ':') {
    return false;
  }
  std::size_t end = colon + 1;
  while (end < text.size() && end - colon < 128 && text[end] > ' ' && text[end] < 0x7F && text[end] != '@' &&
         text[end] != '/') {
    ++end;
  }
  const std::string_view token = text.substr(colon + 1, end - colon - 1);
  if (token.size() < 4 || end >= text.size() || text[end] != '@' || IsPlaceholder(token)) {
    return false;
  }
  Add(text, colon + 1, end, kByPrefix, out);
  return true;
}

unsigned Classes(std::string_view token) {
  unsigned classes = 0;
  for (const char c : token) {
    classes |= IsDigit(c) ? 1U : IsUpper(c) ? 2U : IsAsciiLetter(c) ? 4U : 8U;
  }
  unsigned count = 0;
  for (; classes != 0; classes &= classes - 1) {
    ++count;
  }
  return count;
}

// "password of the file: …", "password for the archive is …": where the words behind the label end, or `at`.
std::size_t BehindOfWhat(std::string_view text, std::size_t at) {
  const std::string_view here = text.substr(at, 48);
  if (!here.starts_with(" of ") && !here.starts_with(" for ") && !here.starts_with(" to ")) {
    return at;
  }
  for (std::size_t i = 1; i < here.size(); ++i) {
    if (here[i] == ':' || here.substr(i).starts_with(" is ")) {
      return at + i;
    }
    if (!IsAsciiLetter(here[i]) && here[i] != ' ' && here[i] != '.') {
      return at;
    }
  }
  return at;
}

// "ID   admin\nPW   hoshi#27": a line of nothing but the label, blanks, and one word.
bool StandsInAForm(std::string_view text, std::size_t label, std::size_t at) {
  constexpr std::size_t kMarks = 12;     // bytes of what may number or mark the line
  constexpr std::size_t kLongest = 128;  // of the word
  for (std::size_t back = 1; back <= label && text[label - back] != '\n'; ++back) {
    const char c = text[label - back];
    if (back > kMarks || IsWordByte(c) || static_cast<unsigned char>(c) >= 0xE4) {
      return false;
    }
  }
  std::size_t end = at;
  while (end < text.size() && text[end] != '\n' && end - at <= kLongest) {
    if (text[end] == ' ' || text[end] == '\t') {
      return false;
    }
    ++end;
  }
  return end - at <= kLongest;
}

// Behind "パスワード：", "PW: ", "password is", "密码："; a sentence about passwords has no such token there.
void BehindLabel(std::string_view text, std::size_t label, std::size_t at, Candidates* out) {
  bool separated = false;
  bool opened = false;
  const std::size_t label_end = at;
  at = BehindOfWhat(text, at);
  const std::size_t limit = std::min(text.size(), at + 48);
  while (at < limit) {
    const std::string_view here = text.substr(at);
    if (here.front() == ' ' || here.front() == '\t' || here.front() == '\r') {
      ++at;
    } else if (here.front() == ':' || here.front() == '=' || here.front() == '>') {
      separated = true;
      ++at;
    } else if (here.front() == '\n') {
      separated = true;
      ++at;
    } else if (here.front() == '"' || here.front() == '\'' || here.front() == '`' || here.front() == '[') {
      separated = opened = true;
      ++at;
    } else if (here.front() == '(' && here.find(')') < 30) {  // "(初期)", "(case sensitive)"
      at += here.find(')') + 1;
    } else if (here.starts_with("is ") || here.starts_with("は") || here.starts_with("为") || here.starts_with("是") ||
               here.starts_with("「") || here.starts_with("『") || here.starts_with("【") || here.starts_with("→") ||
               here.starts_with("：") || here.starts_with("為") || here.starts_with("은") || here.starts_with("는") ||
               here.starts_with("、") || here.starts_with("“")) {
      separated = true;
      opened =
          opened || here.starts_with("「") || here.starts_with("『") || here.starts_with("【") || here.starts_with("“");
      at += 3;
    } else {
      bool skipped = false;
      for (const std::string_view word : {"was reset to ",
                                          "has been reset to ",
                                          "was changed to ",
                                          "has been changed to ",
                                          "is now ",
                                          "已",
                                          "改成了",
                                          "改为",
                                          "已改为",
                                          "更改为",
                                          "变更为",
                                          "更新为",
                                          "重置为",
                                          "设置为",
                                          "设为",
                                          "换成了",
                                          "换成",
                                          "以下の通りです",
                                          "下記の通りです",
                                          "次の通りです",
                                          "以下のとおりです",
                                          "下記のとおりです",
                                          "以下になります",
                                          "以下です",
                                          "下記です",
                                          "次のとおりです",
                                          "以下",
                                          "下記",
                                          "。",
                                          "次の通り"}) {
        if (here.starts_with(word)) {
          at += word.size();
          separated = skipped = true;
          break;
        }
      }
      if (!skipped) {
        break;
      }
    }
  }
  if (!separated && !(at > label_end && StandsInAForm(text, label, at))) {
    return;
  }
  std::size_t end = at;
  while (end < text.size() && end - at <= 128 && text[end] > ' ' && text[end] < 0x7F && text[end] != '"' &&
         text[end] != '\'' && text[end] != '`' && text[end] != '<' && text[end] != '>' &&
         !(opened && text[end] == ']')) {
    ++end;
  }
  std::string_view token = text.substr(at, end - at);
  // A full stop, comma or bracket behind it ends the sentence.
  while (!token.empty() && std::string_view(".,;:)]}").find(token.back()) != std::string_view::npos) {
    token.remove_suffix(1);
  }
  if (const std::size_t comma = token.find_first_of(",;("); comma != std::string_view::npos && comma >= 6) {
    token = token.substr(0, comma);
  }
  if (token.size() < 6 || token.size() > 128 || Classes(token) < 2 || IsPlaceholder(token) ||
      token.find("://") != std::string_view::npos || token.find("${") != std::string_view::npos) {
    return;
  }
  // "Password:Required", "Password: Reset!": a word with a capital, or with nothing but its punctuation.
  const bool has_digit = std::any_of(token.begin(), token.end(), IsDigit);
  const std::string_view tail = token.substr(1);
  const bool plain_word = std::all_of(tail.begin(), tail.end(), [](char c) { return IsAsciiLetter(c) && !IsUpper(c); });
  const bool hyphenated = std::all_of(token.begin(), token.end(), [](char c) {
    return IsAsciiLetter(c) || c == '-' || c == '/' || c == '.' || c == '_';
  });
  const bool address =
      token.find('@') != std::string_view::npos && token.find('.', token.find('@')) != std::string_view::npos;
  const bool number = std::all_of(token.begin(), token.end(), [](char c) {
    return IsDigit(c) || std::string_view("-/.:+").find(c) != std::string_view::npos;
  });
  if ((!has_digit && (plain_word || hyphenated)) || number || (address && !opened)) {
    return;
  }
  Add(text, at, at + token.size(), kByLabel, out);
}

}  // namespace

void FindSecret(std::string_view text, std::size_t at, Candidates* out) {
  switch (text[at]) {
    case '-':
      PrivateKey(text, at, out);
      return;
    case ':':
      InAddress(text, at, out);
      return;
    case 'e':
      WebToken(text, at, out);
      return;
    default:
      break;
  }
  if (ByPrefix(text, at, out)) {
    return;
  }
  // The label that holds this place may begin some characters before ("初期パスワード").
  for (std::size_t back = static_cast<unsigned char>(text[at]) < 0x80 ? 0 : 4; back + 1 > 0; --back) {
    const std::size_t begin = CharactersBefore(text, at, back);
    const Label* label = LabelAt(text, begin);
    if (label != nullptr && (label->says & MaskOf(DataType::kSecret)) != 0 && begin + label->text.size() > at) {
      // "https://meet.example/j/1?pwd=…": the link is the invitation, whoever has it may come.
      if (begin > 0 && (text[begin - 1] == '?' || text[begin - 1] == '&') && label->text == "pwd" &&
          IsInWebAddress(text, begin)) {
        return;
      }
      BehindLabel(text, begin, begin + label->text.size() - (label->text.ends_with(":") ? 1 : 0), out);
      return;
    }
  }
}

}  // namespace lastlook::detect
