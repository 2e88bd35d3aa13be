// SPDX-License-Identifier: MPL-2.0
#include "detect/anchors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <iterator>
#include <string>
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
    {"県", 6, AnchorKind::kAddress},
    {"東京都", 7, AnchorKind::kAddress},
    {"京都府", 5, AnchorKind::kAddress},
    {"大阪府", 5, AnchorKind::kAddress},
    {"北海道", 1, AnchorKind::kAddress},
    {"住所", 3, AnchorKind::kAddress},
    {"〒", 13, AnchorKind::kAddress},
    {"生年月日", 11, AnchorKind::kBirthLabel},
    {"生年", 11, AnchorKind::kBirthLabel},
    {"生まれ", 11, AnchorKind::kBirthLabel},
    {"生日", 11, AnchorKind::kBirthLabel},
    {"出生", 4, AnchorKind::kBirthLabel},
    {"誕生", 1, AnchorKind::kBirthLabel},
    {"생년월일", 2, AnchorKind::kBirthLabel},
    {"생일", 2, AnchorKind::kBirthLabel},
    {"출생", 6, AnchorKind::kBirthLabel},
    {"Birth", 3, AnchorKind::kBirthLabel},
    {"birth", 2, AnchorKind::kBirthLabel},
    {"BIRTH", 7, AnchorKind::kBirthLabel},
    {"DOB", 11, AnchorKind::kBirthLabel},
    {"dob", 11, AnchorKind::kBirthLabel},
    {"Dob", 3, AnchorKind::kBirthLabel},
    {"D.O.B", 7, AnchorKind::kBirthLabel},
    {"Born", 3, AnchorKind::kBirthLabel},
    {"born", 14, AnchorKind::kBirthLabel},
    {"BORN", 3, AnchorKind::kBirthLabel},
    {"生", 11, AnchorKind::kBirthBehind, Beside::kDateBefore},
    {"생", 2, AnchorKind::kBirthBehind, Beside::kDateBefore},
    {"様", 13, AnchorKind::kNameTitle},
    {"さん", 13, AnchorKind::kNameTitle},
    {"さま", 13, AnchorKind::kNameTitle},
    {"氏", 9, AnchorKind::kNameTitle},
    {"殿", 12, AnchorKind::kNameTitle},
    {"先生", 1, AnchorKind::kNameTitle},
    {"君", 8, AnchorKind::kNameTitle},
    {"くん", 12, AnchorKind::kNameTitle},
    {"女士", 1, AnchorKind::kNameTitle},
    {"小姐", 3, AnchorKind::kNameTitle},
    {"님", 11, AnchorKind::kNameTitle},
    {"씨", 5, AnchorKind::kNameTitle},
    {"Mr.", 1, AnchorKind::kNameTitle},
    {"Mr ", 1, AnchorKind::kNameTitle},
    {"Mrs", 1, AnchorKind::kNameTitle},
    {"Ms.", 1, AnchorKind::kNameTitle},
    {"Ms ", 1, AnchorKind::kNameTitle},
    {"Dr.", 1, AnchorKind::kNameTitle},
    {"Dr ", 1, AnchorKind::kNameTitle},
    {"長", 7, AnchorKind::kNameOffice, Beside::kOfficeBefore},
    {"務", 8, AnchorKind::kNameOffice, Beside::kOfficeBefore},
    {"任", 2, AnchorKind::kNameOffice, Beside::kOfficeBefore},
    {"授", 9, AnchorKind::kNameOffice, Beside::kOfficeBefore},
    {"士", 5, AnchorKind::kNameOffice, Beside::kOfficeBefore},
    {"弊社", 10, AnchorKind::kNameOffice},
    {"当社", 8, AnchorKind::kNameOffice},
    {"担任", 9, AnchorKind::kNameOffice},
    {"後任", 3, AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"前任", 4, AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"後任", 3, AnchorKind::kNameOffice},
    {"前任", 4, AnchorKind::kNameOffice},
    {"担当の", 9, AnchorKind::kNameOffice},
    {"担当", 9, AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"主治医", 14, AnchorKind::kNameOffice},
    {"宛", 5, AnchorKind::kNameTitle},
    {"氏名", 9, AnchorKind::kNameLabel},
    {"名前", 10, AnchorKind::kNameLabel},
    {"名義", 10, AnchorKind::kNameLabel},
    {"姓名", 1, AnchorKind::kNameLabel},
    {"名", 10, AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"者", 9, AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"人", 2, AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"主", 14, AnchorKind::kNameLabel, Beside::kLabelEnd},
    {"フリガナ", 6, AnchorKind::kNameLabel},
    {"ふりがな", 12, AnchorKind::kNameLabel},
    {"성명", 1, AnchorKind::kNameLabel},
    {"이름", 6, AnchorKind::kNameLabel},
    {"성함", 1, AnchorKind::kNameLabel},
    {"고객명", 5, AnchorKind::kNameLabel},
    {"환자명", 8, AnchorKind::kNameLabel},
    {"Name", 5, AnchorKind::kNameLabel},
    {"name", 15, AnchorKind::kNameLabel},
    {"NAME", 7, AnchorKind::kNameLabel},
    {"Patient", 8, AnchorKind::kNameLabel},
    {"patient", 4, AnchorKind::kNameLabel},
    {"Applicant", 3, AnchorKind::kNameLabel},
    {"Candidate", 5, AnchorKind::kNameLabel},
    {"Payee", 8, AnchorKind::kNameLabel},
    {"Cardholder", 7, AnchorKind::kNameLabel},
    {"cardholder", 13, AnchorKind::kNameLabel},
    {"Beneficiary", 5, AnchorKind::kNameLabel},
    {"Contact person", 3, AnchorKind::kNameLabel},
    {"パスワード", 6, AnchorKind::kSecret},
    {"パスフレーズ", 6, AnchorKind::kSecret},
    {"暗証", 11, AnchorKind::kSecret},
    {"密码", 10, AnchorKind::kSecret},
    {"密碼", 10, AnchorKind::kSecret},
    {"口令", 8, AnchorKind::kSecret},
    {"비밀번호", 10, AnchorKind::kSecret},
    {"암호", 5, AnchorKind::kSecret},
    {"패스워드", 9, AnchorKind::kSecret},
    {"Pass", 12, AnchorKind::kSecret},
    {"pass", 4, AnchorKind::kSecret},
    {"PASS", 15, AnchorKind::kSecret},
    {"pwd", 10, AnchorKind::kSecret},
    {"Pwd", 10, AnchorKind::kSecret},
    {"PWD", 8, AnchorKind::kSecret},
    {"PW:", 13, AnchorKind::kSecret},
    {"PW ", 12, AnchorKind::kSecret},
    {"PW=", 15, AnchorKind::kSecret},
    {"PW(", 13, AnchorKind::kSecret},
    {"PW\xE3", 12, AnchorKind::kSecret},
    {"pw:", 4, AnchorKind::kSecret},
    {"pw ", 4, AnchorKind::kSecret},
    {"pw=", 4, AnchorKind::kSecret},
    {"Pw:", 13, AnchorKind::kSecret},
    {"api key", 10, AnchorKind::kSecret},
    {"api_key", 10, AnchorKind::kSecret},
    {"apikey", 10, AnchorKind::kSecret},
    {"API key", 8, AnchorKind::kSecret},
    {"API Key", 8, AnchorKind::kSecret},
    {"API_KEY", 8, AnchorKind::kSecret},
    {"token", 11, AnchorKind::kSecret},
    {"Token", 11, AnchorKind::kSecret},
    {"TOKEN", 11, AnchorKind::kSecret},
    {"secret", 15, AnchorKind::kSecret},
    {"Secret", 15, AnchorKind::kSecret},
    {"SECRET", 15, AnchorKind::kSecret},
    {"AKIA", 2, AnchorKind::kSecret},
    {"ASIA", 2, AnchorKind::kSecret},
    {"ghp_", 14, AnchorKind::kSecret},
    {"gho_", 14, AnchorKind::kSecret},
    {"ghu_", 6, AnchorKind::kSecret},
    {"ghs_", 14, AnchorKind::kSecret},
    {"ghr_", 14, AnchorKind::kSecret},
    {"github_pat_", 6, AnchorKind::kSecret},
    {"glpat-", 14, AnchorKind::kSecret},
    {"glsa_", 14, AnchorKind::kSecret},
    {"xox", 9, AnchorKind::kSecret},
    {"xapp-", 4, AnchorKind::kSecret},
    {"AIza", 3, AnchorKind::kSecret},
    {"ya29.", 15, AnchorKind::kSecret},
    {"sk_", 9, AnchorKind::kSecret},
    {"rk_", 2, AnchorKind::kSecret},
    {"sk-", 2, AnchorKind::kSecret},
    {"whsec_", 9, AnchorKind::kSecret},
    {"SG.", 13, AnchorKind::kSecret},
    {"npm_", 10, AnchorKind::kSecret},
    {"pypi-", 4, AnchorKind::kSecret},
    {"dop_v1_", 14, AnchorKind::kSecret},
    {"shpat_", 9, AnchorKind::kSecret},
    {"hf_", 6, AnchorKind::kSecret},
    {"eyJ", 10, AnchorKind::kSecret},
    {"-----BEGIN", 7, AnchorKind::kSecret},
    {"ー", 6, AnchorKind::kWideJoint, Beside::kDigitBefore},
    {"・", 2, AnchorKind::kWideJoint, Beside::kDigitBefore},
    {"─", 12, AnchorKind::kWideJoint, Beside::kDigitBefore},
    {"－", 15, AnchorKind::kWideJoint, Beside::kDigitBefore},
    {"–", 8, AnchorKind::kWideJoint, Beside::kDigitBefore},
    {"://", 11, AnchorKind::kSecret},
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

// Eight bytes as a number, the first of them lowest. REQUIRES: they are there.
std::uint64_t WideAt(std::string_view text, std::size_t at) {
  std::uint64_t wide = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&wide, text.data() + at, sizeof wide);
  } else {
    for (std::size_t i = 0; i < sizeof wide; ++i) {
      wide |= std::uint64_t{static_cast<unsigned char>(text[at + i])} << (8 * i);
    }
  }
  return wide;
}

// Anchors by their first three bytes, in a table with open addressing. Most places that the sieve marks are no anchors,
// so the bytes stand in the table itself, and eight of them are compared at once.
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
      const std::size_t size = std::min(kWide, kAnchors[i].text.size());
      masks_[i] = size == kWide ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * size)) - 1;
      bytes_[i] = WideAt(std::string(kAnchors[i].text.substr(0, size)) + std::string(kWide, '\0'), 0) & masks_[i];
      Share(SlotOf(key), bytes_[i], masks_[i]);
      // Behind those that begin alike, in the order of the table above.
      std::uint16_t* link = &first_[slot];
      while (*link != kEmpty) {
        link = &next_[*link];
      }
      *link = static_cast<std::uint16_t>(i);
    }
  }

  // Of eight bytes: 1 if an anchor may stand there, by its first three and by what all that begin with them have in
  // common. Without a branch.
  unsigned MayStand(std::uint64_t wide) const {
    const auto key = static_cast<std::uint32_t>(wide) & 0xFFFFFFU;
    const std::size_t slot = SlotOf(key);
    const auto known = static_cast<unsigned>(known_[BitOf(key) / 64] >> (BitOf(key) % 64) & 1U);
    const auto common = static_cast<unsigned>((wide & common_masks_[slot]) == common_bytes_[slot]);
    return (known & common) | static_cast<unsigned>((key & 0xFFU) == '@');
  }

  AnchorKind At(std::string_view text, std::size_t at) const {
    if (text[at] == '@') {
      return AnchorKind::kEmail;
    }
    const std::size_t left = text.size() - at;
    if (left < 3) {
      return AnchorKind::kNone;
    }
    const std::uint64_t wide =
        left >= kWide ? WideAt(text, at) : WideAt(std::string(text.substr(at)) + std::string(kWide, '\0'), 0);
    const std::uint32_t key = ThreeBytes(text.substr(at, 3));
    std::size_t slot = SlotOf(key);
    while (keys_[slot] != key) {
      if (keys_[slot] == 0) {
        return AnchorKind::kNone;
      }
      slot = (slot + 1) % kSlots;
    }
    for (std::uint16_t i = first_[slot]; i != kEmpty; i = next_[i]) {
      if ((wide & masks_[i]) == bytes_[i] && Stands(kAnchors[i], text, at)) {
        return kAnchors[i].kind;
      }
    }
    return AnchorKind::kNone;
  }

 private:
  static constexpr std::size_t kSlots = 1024;
  static constexpr std::size_t kWide = sizeof(std::uint64_t);
  static constexpr std::uint16_t kEmpty = 0xFFFF;

  static std::size_t SlotOf(std::uint32_t key) { return (key * 0x9E3779B1U) >> 22U; }

  static std::size_t BitOf(std::uint32_t key) { return (key * 0x9E3779B1U) >> 18U; }

  // The slot that is asked first stands for all that may be found from there on.
  void Share(std::size_t slot, std::uint64_t bytes, std::uint64_t mask) {
    std::uint64_t common = shared_[slot] ? common_masks_[slot] & mask : mask;
    for (std::uint64_t byte = 0xFF; byte != 0; byte <<= 8U) {
      if (shared_[slot] && ((bytes ^ common_bytes_[slot]) & common & byte) != 0) {
        common &= ~byte;
      }
    }
    common_masks_[slot] = common;
    common_bytes_[slot] = bytes & common;
    shared_[slot] = true;
  }

  // Its first eight bytes are here; the rest, and what must be beside it.
  static bool Stands(const Anchor& anchor, std::string_view text, std::size_t at) {
    const std::string_view here = text.substr(at);
    if (anchor.text.size() > kWide && !here.starts_with(anchor.text)) {
      return false;
    }
    switch (anchor.beside) {
      case Beside::kAnything:
        return true;
      case Beside::kLabelEnd:
        return EndsLabel(here.substr(anchor.text.size()));
      case Beside::kDateBefore:
        return EndsDate(text.substr(0, at));
      case Beside::kDigitBefore:
        return EndsNumber(text.substr(0, at));
      case Beside::kOfficeBefore:
        return EndsOffice(text.substr(0, at));
    }
    return true;
  }

  std::array<std::uint64_t, (1U << 14U) / 64> known_{};  // one bit per hash: 2 KiB answer for most places
  std::array<std::uint32_t, kSlots> keys_{};
  std::array<std::uint16_t, kSlots> first_{};
  std::array<std::uint16_t, std::size(kAnchors)> next_{};
  std::array<std::uint64_t, std::size(kAnchors)> bytes_{};
  std::array<std::uint64_t, std::size(kAnchors)> masks_{};
  // Of each slot by its hash alone; a mask of 0 passes everything.
  std::array<std::uint64_t, kSlots> common_bytes_{};
  std::array<std::uint64_t, kSlots> common_masks_{};
  std::array<bool, kSlots> shared_{};
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

void KeepAnchors(std::string_view folded, SieveRow* marked) {
  const AnchorTable& table = Table();
  const std::size_t wide = folded.size() < 8 ? 0 : folded.size() - 7;  // places with eight bytes behind them
  // Four places are written for each word, whether it has them or not, and each is looked up without asking first: no
  // branch goes by the text until there is something to see.
  constexpr std::size_t kWords = 64;
  std::array<std::uint32_t, kWords * 64 + 4> places;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled below
  for (std::size_t from = 0; from < marked->size(); from += kWords) {
    const std::size_t to = std::min(from + kWords, marked->size());
    std::size_t count = 0;
    for (std::size_t word = from; word < to; ++word) {
      std::uint64_t bits = (*marked)[word];
      (*marked)[word] = 0;
      const auto base = static_cast<std::uint32_t>(word * 64);
      for (std::size_t i = 0; i < 4; ++i) {
        places[count] = base + static_cast<std::uint32_t>(std::countr_zero(bits));
        count += (bits | (~bits + 1)) >> 63U;  // one if there was a bit
        bits &= bits - 1;
      }
      for (; bits != 0; bits &= bits - 1) {
        places[count++] = base + static_cast<std::uint32_t>(std::countr_zero(bits));
      }
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t at = places[i];
      places[kept] = at;
      kept += at < wide ? table.MayStand(WideAt(folded, at)) : 1U;
    }
    for (std::size_t i = 0; i < kept; ++i) {
      const std::size_t at = places[i];
      const bool stands = table.At(folded, at) != AnchorKind::kNone;
      (*marked)[at / 64] |= std::uint64_t{stands} << (at % 64);
    }
  }
}

AnchorKind AnchorAt(std::string_view folded, std::size_t at) {
  return Table().At(folded, at);
}

}  // namespace lastlook::detect
