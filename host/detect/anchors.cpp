// SPDX-License-Identifier: MPL-2.0
#include "detect/anchors.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "detect/text_edges.h"

namespace lastlook::detect {
namespace {

// What must stand beside the anchor, so that common words cost nothing more.
enum class Beside : std::uint8_t {
  kAnything,
  kLabelEnd,   // behind it: what ends a label ("名：", "者名", "氏名,")
  kDateBefore  // before it: the end of a date
};

struct Anchor {
  std::string_view text;  // three bytes and more, or "@"
  std::uint8_t bucket;    // of the sieve; chosen by data/assign_buckets.py
  AnchorKind kind;
  Beside beside = Beside::kAnything;
};

constexpr Anchor kAnchors[] = {
    {"@", 0, AnchorKind::kEmail},
    {"県", 3, AnchorKind::kAddress},
    {"東京都", 3, AnchorKind::kAddress},
    {"京都府", 1, AnchorKind::kAddress},
    {"大阪府", 4, AnchorKind::kAddress},
    {"北海道", 2, AnchorKind::kAddress},
    {"住所", 1, AnchorKind::kAddress},
    {"〒", 2, AnchorKind::kAddress},
    {"生年月日", 5, AnchorKind::kBirthLabel},
    {"生年", 5, AnchorKind::kBirthLabel},
    {"生まれ", 5, AnchorKind::kBirthLabel},
    {"生日", 5, AnchorKind::kBirthLabel},
    {"出生", 4, AnchorKind::kBirthLabel},
    {"誕生", 5, AnchorKind::kBirthLabel},
    {"생년월일", 5, AnchorKind::kBirthLabel},
    {"생일", 5, AnchorKind::kBirthLabel},
    {"출생", 1, AnchorKind::kBirthLabel},
    {"Birth", 2, AnchorKind::kBirthLabel},
    {"birth", 2, AnchorKind::kBirthLabel},
    {"BIRTH", 2, AnchorKind::kBirthLabel},
    {"DOB", 6, AnchorKind::kBirthLabel},
    {"dob", 6, AnchorKind::kBirthLabel},
    {"Dob", 6, AnchorKind::kBirthLabel},
    {"D.O.B", 1, AnchorKind::kBirthLabel},
    {"Born", 6, AnchorKind::kBirthLabel},
    {"born", 6, AnchorKind::kBirthLabel},
    {"BORN", 6, AnchorKind::kBirthLabel},
    {"生", 5, AnchorKind::kBirthBehind, Beside::kDateBefore},
    {"생", 5, AnchorKind::kBirthBehind, Beside::kDateBefore},
    {"様", 2, AnchorKind::kNameTitle},
    {"さん", 5, AnchorKind::kNameTitle},
    {"さま", 5, AnchorKind::kNameTitle},
    {"氏", 3, AnchorKind::kNameTitle},
    {"殿", 3, AnchorKind::kNameTitle},
    {"先生", 4, AnchorKind::kNameTitle},
    {"君", 4, AnchorKind::kNameTitle},
    {"くん", 5, AnchorKind::kNameTitle},
    {"女士", 4, AnchorKind::kNameTitle},
    {"小姐", 1, AnchorKind::kNameTitle},
    {"님", 5, AnchorKind::kNameTitle},
    {"씨", 4, AnchorKind::kNameTitle},
    {"Mr.", 1, AnchorKind::kNameTitle},
    {"Mr ", 4, AnchorKind::kNameTitle},
    {"Mrs", 4, AnchorKind::kNameTitle},
    {"Ms.", 1, AnchorKind::kNameTitle},
    {"Ms ", 1, AnchorKind::kNameTitle},
    {"Dr.", 1, AnchorKind::kNameTitle},
    {"Dr ", 4, AnchorKind::kNameTitle},
    {"氏名", 3, AnchorKind::kNameLabel},
    {"名前", 4, AnchorKind::kNameLabel},
    {"名義", 4, AnchorKind::kNameLabel},
    {"姓名", 4, AnchorKind::kNameLabel},
    {"名", 4, AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"者", 6, AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"人", 1, AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"主", 6, AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"フリガナ", 5, AnchorKind::kNameLabel},
    {"ふりがな", 5, AnchorKind::kNameLabel},
    {"성명", 5, AnchorKind::kNameLabel},
    {"이름", 1, AnchorKind::kNameLabel},
    {"성함", 5, AnchorKind::kNameLabel},
    {"고객명", 1, AnchorKind::kNameLabel},
    {"환자명", 2, AnchorKind::kNameLabel},
    {"Name", 6, AnchorKind::kNameLabel},
    {"name", 6, AnchorKind::kNameLabel},
    {"NAME", 6, AnchorKind::kNameLabel},
    {"Patient", 1, AnchorKind::kNameLabel},
    {"patient", 3, AnchorKind::kNameLabel},
    {"Applicant", 1, AnchorKind::kNameLabel},
    {"Candidate", 1, AnchorKind::kNameLabel},
    {"Payee", 1, AnchorKind::kNameLabel},
    {"Cardholder", 3, AnchorKind::kNameLabel},
    {"cardholder", 3, AnchorKind::kNameLabel},
    {"Beneficiary", 1, AnchorKind::kNameLabel},
    {"Contact person", 1, AnchorKind::kNameLabel},
    {"パスワード", 5, AnchorKind::kSecret},
    {"パスフレーズ", 5, AnchorKind::kSecret},
    {"暗証", 2, AnchorKind::kSecret},
    {"密码", 4, AnchorKind::kSecret},
    {"密碼", 4, AnchorKind::kSecret},
    {"口令", 4, AnchorKind::kSecret},
    {"비밀번호", 3, AnchorKind::kSecret},
    {"암호", 4, AnchorKind::kSecret},
    {"패스워드", 2, AnchorKind::kSecret},
    {"Pass", 1, AnchorKind::kSecret},
    {"pass", 3, AnchorKind::kSecret},
    {"PASS", 1, AnchorKind::kSecret},
    {"pwd", 4, AnchorKind::kSecret},
    {"Pwd", 4, AnchorKind::kSecret},
    {"PWD", 1, AnchorKind::kSecret},
    {"PW:", 4, AnchorKind::kSecret},
    {"PW ", 4, AnchorKind::kSecret},
    {"PW=", 4, AnchorKind::kSecret},
    {"PW(", 4, AnchorKind::kSecret},
    {"PW\xE3", 4, AnchorKind::kSecret},
    {"pw:", 4, AnchorKind::kSecret},
    {"pw ", 4, AnchorKind::kSecret},
    {"pw=", 4, AnchorKind::kSecret},
    {"Pw:", 1, AnchorKind::kSecret},
    {"api key", 2, AnchorKind::kSecret},
    {"api_key", 2, AnchorKind::kSecret},
    {"apikey", 2, AnchorKind::kSecret},
    {"API key", 2, AnchorKind::kSecret},
    {"API Key", 2, AnchorKind::kSecret},
    {"API_KEY", 2, AnchorKind::kSecret},
    {"token", 4, AnchorKind::kSecret},
    {"Token", 6, AnchorKind::kSecret},
    {"TOKEN", 6, AnchorKind::kSecret},
    {"secret", 5, AnchorKind::kSecret},
    {"Secret", 1, AnchorKind::kSecret},
    {"SECRET", 1, AnchorKind::kSecret},
    {"AKIA", 2, AnchorKind::kSecret},
    {"ASIA", 1, AnchorKind::kSecret},
    {"ghp_", 3, AnchorKind::kSecret},
    {"gho_", 6, AnchorKind::kSecret},
    {"ghu_", 6, AnchorKind::kSecret},
    {"ghs_", 3, AnchorKind::kSecret},
    {"ghr_", 3, AnchorKind::kSecret},
    {"github_pat_", 3, AnchorKind::kSecret},
    {"glpat-", 3, AnchorKind::kSecret},
    {"glsa_", 3, AnchorKind::kSecret},
    {"xox", 5, AnchorKind::kSecret},
    {"xapp-", 5, AnchorKind::kSecret},
    {"AIza", 2, AnchorKind::kSecret},
    {"ya29.", 3, AnchorKind::kSecret},
    {"sk_", 2, AnchorKind::kSecret},
    {"rk_", 2, AnchorKind::kSecret},
    {"sk-", 5, AnchorKind::kSecret},
    {"whsec_", 3, AnchorKind::kSecret},
    {"SG.", 1, AnchorKind::kSecret},
    {"npm_", 6, AnchorKind::kSecret},
    {"pypi-", 3, AnchorKind::kSecret},
    {"dop_v1_", 6, AnchorKind::kSecret},
    {"shpat_", 3, AnchorKind::kSecret},
    {"hf_", 6, AnchorKind::kSecret},
    {"eyJ", 2, AnchorKind::kSecret},
    {"-----BEGIN", 5, AnchorKind::kSecret},
    {"://", 5, AnchorKind::kSecret},
};

bool EndsLabel(std::string_view behind) {
  if (behind.empty()) {
    return true;
  }
  const char c = behind.front();
  if (static_cast<unsigned char>(c) < 0x80) {
    return std::string_view(": \t,|=\n\r(\";[").find(c) != std::string_view::npos;
  }
  for (const std::string_view word : {"は", "】", "」", "名", "氏", "：", "為", "为", "是", "│"}) {
    if (behind.starts_with(word)) {
      return true;
    }
  }
  return false;
}

bool EndsDate(std::string_view before) {
  while (before.ends_with(' ')) {
    before.remove_suffix(1);
  }
  return !before.empty() && (IsDigit(before.back()) || before.ends_with("日") || before.ends_with("日)") ||
                             before.ends_with("号") || before.ends_with("일"));
}

// Anchors by their first three bytes, in a table with open addressing.
class AnchorTable {
 public:
  AnchorTable() {
    first_.fill(kEmpty);
    next_.fill(kEmpty);
    for (std::size_t i = 0; i < std::size(kAnchors); ++i) {
      if (kAnchors[i].text.size() < 3) {
        continue;
      }
      std::size_t slot = SlotOf(kAnchors[i].text);
      while (first_[slot] != kEmpty && !SameBegin(kAnchors[first_[slot]].text, kAnchors[i].text)) {
        slot = (slot + 1) % kSlots;
      }
      // Behind those that begin alike, in the order of the table above.
      std::uint16_t* link = &first_[slot];
      while (*link != kEmpty) {
        link = &next_[*link];
      }
      *link = static_cast<std::uint16_t>(i);
    }
  }

  AnchorKind At(std::string_view text, std::size_t at) const {
    const std::string_view here = text.substr(at);
    if (here.front() == '@') {
      return AnchorKind::kEmail;
    }
    if (here.size() < 3) {
      return AnchorKind::kNone;
    }
    std::size_t slot = SlotOf(here);
    while (first_[slot] != kEmpty && !SameBegin(kAnchors[first_[slot]].text, here)) {
      slot = (slot + 1) % kSlots;
    }
    for (std::uint16_t i = first_[slot]; i != kEmpty; i = next_[i]) {
      const Anchor& anchor = kAnchors[i];
      if (!here.starts_with(anchor.text) ||
          (anchor.beside == Beside::kLabelEnd && !EndsLabel(here.substr(anchor.text.size()))) ||
          (anchor.beside == Beside::kDateBefore && !EndsDate(text.substr(0, at)))) {
        continue;
      }
      return anchor.kind;
    }
    return AnchorKind::kNone;
  }

 private:
  static constexpr std::size_t kSlots = 1024;
  static constexpr std::uint16_t kEmpty = 0xFFFF;

  static std::size_t SlotOf(std::string_view begin) {
    const auto byte = [&begin](std::size_t i) { return static_cast<unsigned char>(begin[i]); };
    const std::uint32_t bytes = byte(0) | byte(1) << 8U | byte(2) << 16U;
    return (bytes * 0x9E3779B1U) >> 22U;
  }
  static bool SameBegin(std::string_view a, std::string_view b) { return a[0] == b[0] && a[1] == b[1] && a[2] == b[2]; }

  std::array<std::uint16_t, kSlots> first_{};
  std::array<std::uint16_t, std::size(kAnchors)> next_{};
};

}  // namespace

const ByteSieve& AnchorSieve() {
  static const ByteSieve kSieve = [] {
    ByteSieve::Buckets buckets;
    for (const Anchor& anchor : kAnchors) {
      buckets[anchor.bucket].push_back(anchor.text.substr(0, 3));
    }
    return ByteSieve(buckets);
  }();
  return kSieve;
}

AnchorKind AnchorAt(std::string_view folded, std::size_t at) {
  static const AnchorTable kTable;
  return kTable.At(folded, at);
}

}  // namespace lastlook::detect
