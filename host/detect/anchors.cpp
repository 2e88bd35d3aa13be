// SPDX-License-Identifier: MPL-2.0
#include "detect/anchors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <iterator>
#include <vector>

#include "detect/text_edges.h"

namespace lastlook::detect {
namespace {

// What must stand beside the anchor, so that common words cost nothing more.
enum class Beside : std::uint8_t {
  kAnything,
  kLabelEnd,     // behind it: what ends a label ("名：", "者名", "氏名,")
  kDateBefore,   // before it: the end of a date
  kDigitBefore,  // before it: a digit, or a blank
  kOfficeBefore  // before it: the rest of an office ("部" of 部長)
};

struct Anchor {
  std::string_view text;  // three bytes and more, or "@"
  std::uint8_t bucket;    // of the sieve; chosen by data/assign_buckets.py
  AnchorKind kind;
  Beside beside = Beside::kAnything;
};

constexpr Anchor kAnchors[] = {
    {"@", 0, AnchorKind::kEmail},
    {"県", 7, AnchorKind::kAddress},
    {"東京都", 7, AnchorKind::kAddress},
    {"京都府", 6, AnchorKind::kAddress},
    {"大阪府", 6, AnchorKind::kAddress},
    {"北海道", 6, AnchorKind::kAddress},
    {"住所", 7, AnchorKind::kAddress},
    {"〒", 1, AnchorKind::kAddress},
    {"生年月日", 3, AnchorKind::kBirthLabel},
    {"生年", 3, AnchorKind::kBirthLabel},
    {"生まれ", 3, AnchorKind::kBirthLabel},
    {"生日", 3, AnchorKind::kBirthLabel},
    {"出生", 2, AnchorKind::kBirthLabel},
    {"誕生", 6, AnchorKind::kBirthLabel},
    {"생년월일", 3, AnchorKind::kBirthLabel},
    {"생일", 3, AnchorKind::kBirthLabel},
    {"출생", 6, AnchorKind::kBirthLabel},
    {"Birth", 5, AnchorKind::kBirthLabel},
    {"birth", 5, AnchorKind::kBirthLabel},
    {"BIRTH", 5, AnchorKind::kBirthLabel},
    {"DOB", 4, AnchorKind::kBirthLabel},
    {"dob", 5, AnchorKind::kBirthLabel},
    {"Dob", 5, AnchorKind::kBirthLabel},
    {"D.O.B", 7, AnchorKind::kBirthLabel},
    {"Born", 5, AnchorKind::kBirthLabel},
    {"born", 5, AnchorKind::kBirthLabel},
    {"BORN", 5, AnchorKind::kBirthLabel},
    {"生", 3, AnchorKind::kBirthBehind, Beside::kDateBefore},
    {"생", 3, AnchorKind::kBirthBehind, Beside::kDateBefore},
    {"様", 4, AnchorKind::kNameTitle},
    {"さん", 1, AnchorKind::kNameTitle},
    {"さま", 1, AnchorKind::kNameTitle},
    {"氏", 4, AnchorKind::kNameTitle},
    {"殿", 7, AnchorKind::kNameTitle},
    {"先生", 6, AnchorKind::kNameTitle},
    {"君", 2, AnchorKind::kNameTitle},
    {"くん", 7, AnchorKind::kNameTitle},
    {"女士", 6, AnchorKind::kNameTitle},
    {"小姐", 4, AnchorKind::kNameTitle},
    {"님", 1, AnchorKind::kNameTitle},
    {"씨", 6, AnchorKind::kNameTitle},
    {"Mr.", 6, AnchorKind::kNameTitle},
    {"Mr ", 6, AnchorKind::kNameTitle},
    {"Mrs", 6, AnchorKind::kNameTitle},
    {"Ms.", 6, AnchorKind::kNameTitle},
    {"Ms ", 6, AnchorKind::kNameTitle},
    {"Dr.", 6, AnchorKind::kNameTitle},
    {"Dr ", 6, AnchorKind::kNameTitle},
    {"長", 7, AnchorKind::kNameOffice, Beside::kOfficeBefore},
    {"務", 7, AnchorKind::kNameOffice, Beside::kOfficeBefore},
    {"任", 7, AnchorKind::kNameOffice, Beside::kOfficeBefore},
    {"授", 7, AnchorKind::kNameOffice, Beside::kOfficeBefore},
    {"士", 7, AnchorKind::kNameOffice, Beside::kOfficeBefore},
    {"弊社", 7, AnchorKind::kNameOffice},
    {"当社", 7, AnchorKind::kNameOffice},
    {"担任", 7, AnchorKind::kNameOffice},
    {"後任", 7, AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"前任", 7, AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"後任", 7, AnchorKind::kNameOffice},
    {"前任", 7, AnchorKind::kNameOffice},
    {"担当の", 7, AnchorKind::kNameOffice},
    {"担当", 7, AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"主治医", 7, AnchorKind::kNameOffice},
    {"宛", 7, AnchorKind::kNameTitle},
    {"氏名", 4, AnchorKind::kNameLabel},
    {"名前", 4, AnchorKind::kNameLabel},
    {"名義", 4, AnchorKind::kNameLabel},
    {"姓名", 4, AnchorKind::kNameLabel},
    {"名", 4, AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"者", 6, AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"人", 5, AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"主", 7, AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"フリガナ", 6, AnchorKind::kNameLabel},
    {"ふりがな", 7, AnchorKind::kNameLabel},
    {"성명", 3, AnchorKind::kNameLabel},
    {"이름", 3, AnchorKind::kNameLabel},
    {"성함", 3, AnchorKind::kNameLabel},
    {"고객명", 6, AnchorKind::kNameLabel},
    {"환자명", 1, AnchorKind::kNameLabel},
    {"Name", 5, AnchorKind::kNameLabel},
    {"name", 5, AnchorKind::kNameLabel},
    {"NAME", 4, AnchorKind::kNameLabel},
    {"Patient", 1, AnchorKind::kNameLabel},
    {"patient", 1, AnchorKind::kNameLabel},
    {"Applicant", 4, AnchorKind::kNameLabel},
    {"Candidate", 4, AnchorKind::kNameLabel},
    {"Payee", 4, AnchorKind::kNameLabel},
    {"Cardholder", 7, AnchorKind::kNameLabel},
    {"cardholder", 7, AnchorKind::kNameLabel},
    {"Beneficiary", 6, AnchorKind::kNameLabel},
    {"Contact person", 4, AnchorKind::kNameLabel},
    {"パスワード", 3, AnchorKind::kSecret},
    {"パスフレーズ", 3, AnchorKind::kSecret},
    {"暗証", 4, AnchorKind::kSecret},
    {"密码", 4, AnchorKind::kSecret},
    {"密碼", 4, AnchorKind::kSecret},
    {"口令", 2, AnchorKind::kSecret},
    {"비밀번호", 7, AnchorKind::kSecret},
    {"암호", 3, AnchorKind::kSecret},
    {"패스워드", 6, AnchorKind::kSecret},
    {"Pass", 1, AnchorKind::kSecret},
    {"pass", 1, AnchorKind::kSecret},
    {"PASS", 1, AnchorKind::kSecret},
    {"pwd", 2, AnchorKind::kSecret},
    {"Pwd", 2, AnchorKind::kSecret},
    {"PWD", 2, AnchorKind::kSecret},
    {"PW:", 2, AnchorKind::kSecret},
    {"PW ", 4, AnchorKind::kSecret},
    {"PW=", 4, AnchorKind::kSecret},
    {"PW(", 4, AnchorKind::kSecret},
    {"PW\xE3", 2, AnchorKind::kSecret},
    {"pw:", 2, AnchorKind::kSecret},
    {"pw ", 1, AnchorKind::kSecret},
    {"pw=", 1, AnchorKind::kSecret},
    {"Pw:", 2, AnchorKind::kSecret},
    {"api key", 2, AnchorKind::kSecret},
    {"api_key", 2, AnchorKind::kSecret},
    {"apikey", 2, AnchorKind::kSecret},
    {"API key", 4, AnchorKind::kSecret},
    {"API Key", 4, AnchorKind::kSecret},
    {"API_KEY", 4, AnchorKind::kSecret},
    {"token", 2, AnchorKind::kSecret},
    {"Token", 2, AnchorKind::kSecret},
    {"TOKEN", 4, AnchorKind::kSecret},
    {"secret", 2, AnchorKind::kSecret},
    {"Secret", 2, AnchorKind::kSecret},
    {"SECRET", 3, AnchorKind::kSecret},
    {"AKIA", 3, AnchorKind::kSecret},
    {"ASIA", 4, AnchorKind::kSecret},
    {"ghp_", 5, AnchorKind::kSecret},
    {"gho_", 5, AnchorKind::kSecret},
    {"ghu_", 7, AnchorKind::kSecret},
    {"ghs_", 7, AnchorKind::kSecret},
    {"ghr_", 7, AnchorKind::kSecret},
    {"github_pat_", 7, AnchorKind::kSecret},
    {"glpat-", 5, AnchorKind::kSecret},
    {"glsa_", 7, AnchorKind::kSecret},
    {"xox", 1, AnchorKind::kSecret},
    {"xapp-", 1, AnchorKind::kSecret},
    {"AIza", 1, AnchorKind::kSecret},
    {"ya29.", 1, AnchorKind::kSecret},
    {"sk_", 3, AnchorKind::kSecret},
    {"rk_", 3, AnchorKind::kSecret},
    {"sk-", 3, AnchorKind::kSecret},
    {"whsec_", 1, AnchorKind::kSecret},
    {"SG.", 4, AnchorKind::kSecret},
    {"npm_", 5, AnchorKind::kSecret},
    {"pypi-", 1, AnchorKind::kSecret},
    {"dop_v1_", 5, AnchorKind::kSecret},
    {"shpat_", 1, AnchorKind::kSecret},
    {"hf_", 3, AnchorKind::kSecret},
    {"eyJ", 2, AnchorKind::kSecret},
    {"-----BEGIN", 3, AnchorKind::kSecret},
    {"ー", 6, AnchorKind::kWideJoint, Beside::kDigitBefore},
    {"・", 3, AnchorKind::kWideJoint, Beside::kDigitBefore},
    {"─", 6, AnchorKind::kWideJoint, Beside::kDigitBefore},
    {"－", 5, AnchorKind::kWideJoint, Beside::kDigitBefore},
    {"–", 6, AnchorKind::kWideJoint, Beside::kDigitBefore},
    {"://", 3, AnchorKind::kSecret},
};

// REQUIRES: three bytes.
constexpr std::uint32_t ThreeBytes(std::string_view text) {
  const auto byte = [&text](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(text[i])}; };
  return byte(0) | byte(1) << 8U | byte(2) << 16U;
}

bool EndsLabel(std::string_view behind) {
  if (behind.empty()) {
    return true;
  }
  const char c = behind.front();
  if (static_cast<unsigned char>(c) < 0x80) {
    return std::string_view(": \t,|=\n\r(\";[").find(c) != std::string_view::npos;
  }
  constexpr std::uint32_t kEnds[] = {ThreeBytes("は"), ThreeBytes("】"), ThreeBytes("」"), ThreeBytes("名"),
                                     ThreeBytes("氏"), ThreeBytes("："), ThreeBytes("為"), ThreeBytes("为"),
                                     ThreeBytes("是"), ThreeBytes("│")};
  return behind.size() >= 3 && std::find(std::begin(kEnds), std::end(kEnds), ThreeBytes(behind)) != std::end(kEnds);
}

bool EndsDate(std::string_view before) {
  while (before.ends_with(' ')) {
    before.remove_suffix(1);
  }
  return !before.empty() && (IsDigit(before.back()) || before.ends_with("日") || before.ends_with("日)") ||
                             before.ends_with("号") || before.ends_with("일"));
}

bool EndsOffice(std::string_view before) {
  constexpr std::uint32_t kEnds[] = {ThreeBytes("部"), ThreeBytes("課"), ThreeBytes("係"), ThreeBytes("社"),
                                     ThreeBytes("次"), ThreeBytes("室"), ThreeBytes("会"), ThreeBytes("専"),
                                     ThreeBytes("常"), ThreeBytes("主"), ThreeBytes("教"), ThreeBytes("護"),
                                     ThreeBytes("理")};
  return before.size() >= 6 &&
         std::find(std::begin(kEnds), std::end(kEnds), ThreeBytes(before.substr(before.size() - 3))) != std::end(kEnds);
}

bool EndsNumber(std::string_view before) {
  return !before.empty() && (IsDigit(before.back()) || before.back() == ' ');
}

// Anchors by their first three bytes, in a table with open addressing. Most places that the sieve marks are no anchors,
// so the bytes stand in the table itself.
class AnchorTable {
 public:
  AnchorTable() {
    first_.fill(kEmpty);
    next_.fill(kEmpty);
    for (std::size_t i = 0; i < std::size(kAnchors); ++i) {
      if (kAnchors[i].text.size() < 3) {
        continue;
      }
      const std::uint32_t key = ThreeBytes(kAnchors[i].text);
      std::size_t slot = SlotOf(key);
      while (keys_[slot] != 0 && keys_[slot] != key) {
        slot = (slot + 1) % kSlots;
      }
      keys_[slot] = key;  // not 0: no anchor holds a NUL
      known_[BitOf(key) / 64] |= std::uint64_t{1} << (BitOf(key) % 64);
      // Behind those that begin alike, in the order of the table above.
      std::uint16_t* link = &first_[slot];
      while (*link != kEmpty) {
        link = &next_[*link];
      }
      *link = static_cast<std::uint16_t>(i);
    }
  }

  bool MayKnow(std::uint32_t key) const {
    return (known_[BitOf(key) / 64] >> (BitOf(key) % 64) & 1U) != 0 || (key & 0xFFU) == '@';
  }

  AnchorKind At(std::string_view text, std::size_t at) const {
    if (text[at] == '@') {
      return AnchorKind::kEmail;
    }
    const std::string_view here = text.substr(at);
    if (here.size() < 3) {
      return AnchorKind::kNone;
    }
    const std::uint32_t key = ThreeBytes(here);
    std::size_t slot = SlotOf(key);
    while (keys_[slot] != key) {
      if (keys_[slot] == 0) {
        return AnchorKind::kNone;
      }
      slot = (slot + 1) % kSlots;
    }
    for (std::uint16_t i = first_[slot]; i != kEmpty; i = next_[i]) {
      const Anchor& anchor = kAnchors[i];
      if (!here.starts_with(anchor.text) ||
          (anchor.beside == Beside::kLabelEnd && !EndsLabel(here.substr(anchor.text.size()))) ||
          (anchor.beside == Beside::kDigitBefore && !EndsNumber(text.substr(0, at))) ||
          (anchor.beside == Beside::kOfficeBefore && !EndsOffice(text.substr(0, at))) ||
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

  static std::size_t SlotOf(std::uint32_t key) { return (key * 0x9E3779B1U) >> 22U; }

  static std::size_t BitOf(std::uint32_t key) { return (key * 0x9E3779B1U) >> 18U; }

  std::array<std::uint64_t, (1U << 14U) / 64> known_{};  // one bit per hash: 2 KiB answer for most places
  std::array<std::uint32_t, kSlots> keys_{};
  std::array<std::uint16_t, kSlots> first_{};
  std::array<std::uint16_t, std::size(kAnchors)> next_{};
};

const AnchorTable& Table() {
  static const AnchorTable kTable;
  return kTable;
}

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

std::uint64_t AnchorsAmong(std::string_view folded, std::size_t begin, std::uint64_t marked) {
  const AnchorTable& table = Table();
  std::uint64_t kept = 0;
  const bool whole = begin + 64 + 3 < folded.size();
  for (; marked != 0; marked &= marked - 1) {
    const auto place = static_cast<unsigned>(std::countr_zero(marked));
    const std::size_t at = begin + place;
    std::uint32_t key = 0;
    if (whole || at + 4 <= folded.size()) {
      std::memcpy(&key, folded.data() + at, sizeof key);
      if constexpr (std::endian::native == std::endian::big) {
        key = ThreeBytes(folded.substr(at));
      }
      key &= 0xFFFFFFU;
    } else if (at + 3 <= folded.size()) {
      key = ThreeBytes(folded.substr(at));
    } else {
      key = folded[at] == '@' ? '@' : 0;
    }
    kept |= std::uint64_t{table.MayKnow(key)} << place;
  }
  return kept;
}

AnchorKind AnchorAt(std::string_view folded, std::size_t at) {
  return Table().At(folded, at);
}

}  // namespace lastlook::detect
