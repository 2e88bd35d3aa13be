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
  AnchorKind kind;
  Beside beside = Beside::kAnything;
};

constexpr Anchor kAnchors[] = {
    {"@", AnchorKind::kEmail},
    {"県", AnchorKind::kAddress},
    {"東京都", AnchorKind::kAddress},
    {"京都府", AnchorKind::kAddress},
    {"大阪府", AnchorKind::kAddress},
    {"北海道", AnchorKind::kAddress},
    {"住所", AnchorKind::kAddress},
    {"〒", AnchorKind::kAddress},
    {"生年月日", AnchorKind::kBirthLabel},
    {"生年", AnchorKind::kBirthLabel},
    {"生まれ", AnchorKind::kBirthLabel},
    {"生日", AnchorKind::kBirthLabel},
    {"出生", AnchorKind::kBirthLabel},
    {"誕生", AnchorKind::kBirthLabel},
    {"생년월일", AnchorKind::kBirthLabel},
    {"생일", AnchorKind::kBirthLabel},
    {"출생", AnchorKind::kBirthLabel},
    {"Birth", AnchorKind::kBirthLabel},
    {"birth", AnchorKind::kBirthLabel},
    {"BIRTH", AnchorKind::kBirthLabel},
    {"DOB", AnchorKind::kBirthLabel},
    {"dob", AnchorKind::kBirthLabel},
    {"Dob", AnchorKind::kBirthLabel},
    {"D.O.B", AnchorKind::kBirthLabel},
    {"Born", AnchorKind::kBirthLabel},
    {"born", AnchorKind::kBirthLabel},
    {"BORN", AnchorKind::kBirthLabel},
    {"生", AnchorKind::kBirthBehind, Beside::kDateBefore},
    {"생", AnchorKind::kBirthBehind, Beside::kDateBefore},
    {"様", AnchorKind::kNameTitle},
    {"さん", AnchorKind::kNameTitle},
    {"さま", AnchorKind::kNameTitle},
    {"氏", AnchorKind::kNameTitle},
    {"殿", AnchorKind::kNameTitle},
    {"先生", AnchorKind::kNameTitle},
    {"君", AnchorKind::kNameTitle},
    {"くん", AnchorKind::kNameTitle},
    {"女士", AnchorKind::kNameTitle},
    {"小姐", AnchorKind::kNameTitle},
    {"님", AnchorKind::kNameTitle},
    {"씨", AnchorKind::kNameTitle},
    {"Mr.", AnchorKind::kNameTitle},
    {"Mr ", AnchorKind::kNameTitle},
    {"Mrs", AnchorKind::kNameTitle},
    {"Ms.", AnchorKind::kNameTitle},
    {"Ms ", AnchorKind::kNameTitle},
    {"Dr.", AnchorKind::kNameTitle},
    {"Dr ", AnchorKind::kNameTitle},
    {"氏名", AnchorKind::kNameLabel},
    {"名前", AnchorKind::kNameLabel},
    {"名義", AnchorKind::kNameLabel},
    {"姓名", AnchorKind::kNameLabel},
    {"名", AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"者", AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"人", AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"主", AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"フリガナ", AnchorKind::kNameLabel},
    {"ふりがな", AnchorKind::kNameLabel},
    {"성명", AnchorKind::kNameLabel},
    {"이름", AnchorKind::kNameLabel},
    {"성함", AnchorKind::kNameLabel},
    {"고객명", AnchorKind::kNameLabel},
    {"환자명", AnchorKind::kNameLabel},
    {"Name", AnchorKind::kNameLabel},
    {"name", AnchorKind::kNameLabel},
    {"NAME", AnchorKind::kNameLabel},
    {"Patient", AnchorKind::kNameLabel},
    {"patient", AnchorKind::kNameLabel},
    {"Applicant", AnchorKind::kNameLabel},
    {"Candidate", AnchorKind::kNameLabel},
    {"Payee", AnchorKind::kNameLabel},
    {"Cardholder", AnchorKind::kNameLabel},
    {"cardholder", AnchorKind::kNameLabel},
    {"Beneficiary", AnchorKind::kNameLabel},
    {"Contact person", AnchorKind::kNameLabel},
    {"パスワード", AnchorKind::kSecret},
    {"パスフレーズ", AnchorKind::kSecret},
    {"暗証", AnchorKind::kSecret},
    {"密码", AnchorKind::kSecret},
    {"密碼", AnchorKind::kSecret},
    {"口令", AnchorKind::kSecret},
    {"비밀번호", AnchorKind::kSecret},
    {"암호", AnchorKind::kSecret},
    {"패스워드", AnchorKind::kSecret},
    {"Pass", AnchorKind::kSecret},
    {"pass", AnchorKind::kSecret},
    {"PASS", AnchorKind::kSecret},
    {"pwd", AnchorKind::kSecret},
    {"Pwd", AnchorKind::kSecret},
    {"PWD", AnchorKind::kSecret},
    {"PW:", AnchorKind::kSecret},
    {"PW ", AnchorKind::kSecret},
    {"PW=", AnchorKind::kSecret},
    {"PW(", AnchorKind::kSecret},
    {"PW\xE3", AnchorKind::kSecret},
    {"pw:", AnchorKind::kSecret},
    {"pw ", AnchorKind::kSecret},
    {"pw=", AnchorKind::kSecret},
    {"Pw:", AnchorKind::kSecret},
    {"api key", AnchorKind::kSecret},
    {"api_key", AnchorKind::kSecret},
    {"apikey", AnchorKind::kSecret},
    {"API key", AnchorKind::kSecret},
    {"API Key", AnchorKind::kSecret},
    {"API_KEY", AnchorKind::kSecret},
    {"token", AnchorKind::kSecret},
    {"Token", AnchorKind::kSecret},
    {"TOKEN", AnchorKind::kSecret},
    {"secret", AnchorKind::kSecret},
    {"Secret", AnchorKind::kSecret},
    {"SECRET", AnchorKind::kSecret},
    {"AKIA", AnchorKind::kSecret},
    {"ASIA", AnchorKind::kSecret},
    {"ghp_", AnchorKind::kSecret},
    {"gho_", AnchorKind::kSecret},
    {"ghu_", AnchorKind::kSecret},
    {"ghs_", AnchorKind::kSecret},
    {"ghr_", AnchorKind::kSecret},
    {"github_pat_", AnchorKind::kSecret},
    {"glpat-", AnchorKind::kSecret},
    {"glsa_", AnchorKind::kSecret},
    {"xox", AnchorKind::kSecret},
    {"xapp-", AnchorKind::kSecret},
    {"AIza", AnchorKind::kSecret},
    {"ya29.", AnchorKind::kSecret},
    {"sk_", AnchorKind::kSecret},
    {"rk_", AnchorKind::kSecret},
    {"sk-", AnchorKind::kSecret},
    {"whsec_", AnchorKind::kSecret},
    {"SG.", AnchorKind::kSecret},
    {"npm_", AnchorKind::kSecret},
    {"pypi-", AnchorKind::kSecret},
    {"dop_v1_", AnchorKind::kSecret},
    {"shpat_", AnchorKind::kSecret},
    {"hf_", AnchorKind::kSecret},
    {"eyJ", AnchorKind::kSecret},
    {"-----BEGIN", AnchorKind::kSecret},
    {"://", AnchorKind::kSecret},
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
    for (std::uint16_t i = 0; i < std::size(kAnchors); ++i) {
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
      *link = i;
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
      const auto lead = static_cast<unsigned char>(anchor.text.front());
      // One bucket for "@", two for ASCII, the rest by the lead byte, so that their tables stay narrow.
      const std::size_t bucket = lead == '@'    ? 0
                                 : lead < 'a'   ? 1
                                 : lead < 0x80  ? 2
                                 : lead == 0xE3 ? 3
                                 : lead == 0xE5 ? 4
                                 : lead <= 0xE7 ? 5
                                                : 6;
      buckets[bucket].push_back(anchor.text.substr(0, 3));
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
