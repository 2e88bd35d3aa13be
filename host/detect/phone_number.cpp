// SPDX-License-Identifier: MPL-2.0
// Telephone numbers: international ones by their country code, national ones by the plans of Japan (the Ministry's
// table of area codes), China, Korea, North America and Britain.
#include <algorithm>
#include <array>

#include "detect/finders.h"
#include "detect/text_edges.h"

namespace lastlook::detect {
namespace {

constexpr std::size_t kMostGroups = 7;
// Unlabelled: numbers written as only telephone numbers are; bare rows of digits; what needs its label.
constexpr int kSure = 76;
constexpr int kGrouped = 70;
constexpr int kBare = 66;
constexpr int kNeedsLabel = 0;
constexpr int kLabelled = 78;

struct Plan {
  int base = -1;  // -1: no telephone number
};

bool StartsWithAny(std::string_view digits, std::initializer_list<std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(), [digits](std::string_view p) { return digits.starts_with(p); });
}

struct Written {
  std::string digits;
  std::array<std::size_t, kMostGroups> size{};  // of each group
  std::size_t groups = 0;
  bool bracketed = false;  // "(03)1234-5678", "03(1234)5678"
  bool blanks = false;     // groups stand apart by blanks

  bool Is(std::initializer_list<std::size_t> layout) const {
    return std::equal(size.begin(), size.begin() + groups, layout.begin(), layout.end());
  }
};

bool IsMobileJapan(std::string_view digits) {
  return digits.size() == 11 && StartsWithAny(digits, {"050", "060", "070", "080", "090"}) && digits[3] != '0';
}

Plan Japan(const Written& number) {
  const std::string_view digits = number.digits;
  if (digits.front() != '0' || (digits.size() != 10 && digits.size() != 11)) {
    return {};
  }
  if (IsMobileJapan(digits) || (digits.size() == 11 && digits.starts_with("0800"))) {
    if (number.groups == 1) {
      return {kBare};
    }
    const bool usual = number.Is({3, 4, 4}) || number.Is({4, 3, 4}) || number.Is({3, 8});
    return usual ? Plan{kGrouped} : Plan{};
  }
  if (digits.size() != 10 || digits[1] == '0') {
    return {};
  }
  if (StartsWithAny(digits, {"0120", "0570", "0990", "0180"})) {
    if (number.groups == 1) {
      return {kNeedsLabel};
    }
    const bool usual = number.Is({4, 3, 3}) || number.Is({4, 2, 4}) || number.Is({4, 6});
    return usual ? Plan{kGrouped} : Plan{};
  }
  if (number.groups == 1) {
    return {kNeedsLabel};
  }
  const bool three = number.groups == 3 && number.size[2] == 4 && number.size[0] >= 2 && number.size[0] <= 5;
  if (three) {
    // One-digit area codes are 03, 04 and 06 only, and no exchange begins with 0.
    const bool short_code = number.size[0] == 2 && !StartsWithAny(digits, {"03", "04", "06"});
    return short_code || digits[number.size[0]] == '0' ? Plan{kNeedsLabel} : Plan{kGrouped};
  }
  return number.groups == 2 && number.size[0] >= 2 && number.size[0] <= 5 ? Plan{kNeedsLabel} : Plan{};
}

Plan China(const Written& number) {
  const std::string_view digits = number.digits;
  if (digits.size() == 11 && digits[0] == '1' && digits[1] >= '3') {
    const bool usual = number.groups == 1 || number.Is({3, 4, 4}) || number.Is({3, 8});
    return usual ? Plan{number.groups == 3 ? kGrouped : kNeedsLabel} : Plan{};
  }
  if (digits.starts_with("400") && digits.size() == 10) {
    return number.groups == 3 ? Plan{kNeedsLabel} : Plan{};
  }
  const bool landline = digits.front() == '0' && digits[1] != '0' &&
                        (number.Is({3, 8}) || number.Is({4, 7}) || number.Is({4, 8}) || number.Is({3, 4, 4}));
  if (!landline) {
    return {};
  }
  const bool three_digit_code =
      StartsWithAny(digits, {"010", "020", "021", "022", "023", "024", "025", "027", "028", "029"});
  if (three_digit_code != (number.size[0] == 3)) {
    return {};
  }
  return {number.Is({3, 4, 4}) ? kNeedsLabel : kGrouped};
}

Plan Korea(const Written& number) {
  const std::string_view digits = number.digits;
  if ((digits.size() == 10 || digits.size() == 11) &&
      StartsWithAny(digits, {"010", "011", "016", "017", "018", "019"})) {
    if (number.groups == 1) {
      return digits.size() == 11 && digits.starts_with("010") ? Plan{kNeedsLabel} : Plan{};
    }
    const bool usual = number.Is({3, 4, 4}) || number.Is({3, 3, 4});
    return usual ? Plan{digits.starts_with("010") ? kGrouped : kNeedsLabel} : Plan{};
  }
  const bool seoul = digits.starts_with("02") && (number.Is({2, 3, 4}) || number.Is({2, 4, 4}));
  const bool province = digits.front() == '0' && digits[1] >= '3' && digits[1] <= '6' && number.Is({3, 4, 4});
  const bool special =
      number.Is({4, 4}) && StartsWithAny(digits, {"1588", "1577", "1544", "1566", "1599", "1600", "1644", "1661"});
  return seoul || province || special ? Plan{kNeedsLabel} : Plan{};
}

// Area code and exchange begin with 2 to 9 (North American Numbering Plan).
Plan NorthAmerica(const Written& number) {
  std::string_view digits = number.digits;
  const bool long_distance = digits.size() == 11 && digits.front() == '1';
  if (long_distance) {
    digits.remove_prefix(1);
  }
  if (digits.size() != 10 || digits[0] < '2' || digits[3] < '2') {
    return {};
  }
  if (number.groups == 1) {
    return long_distance ? Plan{} : Plan{kNeedsLabel};
  }
  const bool usual = number.Is({3, 3, 4}) || number.Is({1, 3, 3, 4});
  return usual ? Plan{number.bracketed || long_distance ? kGrouped : kNeedsLabel} : Plan{};
}

Plan Britain(const Written& number) {
  const std::string_view digits = number.digits;
  const bool begins = digits.size() == 11 && StartsWithAny(digits, {"01", "02", "07"});
  const bool usual = number.Is({3, 4, 4}) || number.Is({4, 3, 4}) || number.Is({5, 6}) || number.Is({5, 3, 3});
  // Ofcom's plan, with its blanks: "020 7946 0150", "0113 496 0150", "07700 900123".
  const bool sure = number.blanks && ((number.Is({3, 4, 4}) && digits[1] == '2') ||
                                      (number.Is({4, 3, 4}) && (digits[2] == '1' || digits[3] == '1')) ||
                                      (number.size[0] == 5 && digits[1] == '7'));
  return begins && usual ? Plan{sure ? kGrouped : kNeedsLabel} : Plan{};
}

// The country code behind a "+" (ITU-T E.164): zone 1 and 7 have one digit, the two-digit ones are listed.
bool HasCountryCode(std::string_view digits) {
  if (digits.front() == '0' || digits.size() < 8 || digits.size() > 15) {
    return false;
  }
  if (digits.front() == '1') {
    return digits.size() == 11 && digits[1] >= '2' && digits[4] >= '2';
  }
  if (digits.starts_with("81")) {
    return digits.size() == 11 || digits.size() == 12 || digits.size() == 13;
  }
  if (digits.starts_with("86")) {
    return digits.size() >= 11 && digits.size() <= 13;
  }
  return true;
}

struct RegionPlan {
  PhoneRegion region;
  Plan (*plan)(const Written& number);
};
constexpr RegionPlan kPlans[] = {{PhoneRegion::kJapan, Japan},
                                 {PhoneRegion::kChina, China},
                                 {PhoneRegion::kKorea, Korea},
                                 {PhoneRegion::kNorthAmerica, NorthAmerica},
                                 {PhoneRegion::kBritain, Britain}};

int Score(const Written& number, bool international, PhoneRegion region) {
  if (international) {
    return HasCountryCode(number.digits) ? kSure : -1;
  }
  const std::size_t size = number.digits.size();
  if (size < 8 || size > 12) {
    return -1;
  }
  int best = -1;
  for (const RegionPlan& one : kPlans) {
    if (region == PhoneRegion::kAny || region == one.region) {
      best = std::max(best, one.plan(number).base);
    }
  }
  return best;
}

}  // namespace

void FindPhoneNumber(std::string_view text, const Chain& chain, PhoneRegion region, Candidates* out) {
  constexpr TypeMask kType = MaskOf(DataType::kPhoneNumber);
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const std::size_t begin = chain[i].begin;
    const bool plus = begin > 0 && text[begin - 1] == '+';
    // "(03)1234-5678" and "+(81)…": the bracket belongs to the number.
    const bool opened = begin > 0 && text[begin - 1] == '(';
    if ((i > 0 && chain[i].separator == '-') || (i > 0 && chain[i].separator == '.') || chain[i].size() > 15) {
      continue;
    }
    Written number;
    for (std::size_t count = 1; count <= kMostGroups && i + count <= chain.size(); ++count) {
      const DigitGroup& group = chain[i + count - 1];
      if (count > 1 && (group.separator == 'w' || group.separator == '|' ||
                        (group.separator == '.' && chain[i + 1].separator != '.'))) {
        break;
      }
      const bool trunk = plus && count > 1 && group.size() == 1 && text[group.begin] == '0' && group.separator == '(';
      if (!trunk) {  // "+81 (0)3 1234 5678"
        number.digits += text.substr(group.begin, group.size());
        number.size[number.groups++] = group.size();
      }
      number.bracketed = number.bracketed || group.separator == '(' || group.separator == ')';
      number.blanks = number.blanks || group.separator == ' ';
      if (number.digits.size() > 15) {
        break;
      }
      const int base = Score(number, plus, region);
      if (base < 0) {
        continue;
      }
      const bool more = i + count < chain.size();
      const char behind = more ? chain[i + count].separator : '\0';
      if (behind == '-' || behind == '.' || (plus && behind == ' ' && HasCountryCode(number.digits + "0000"))) {
        continue;  // the number goes on
      }
      std::size_t from = plus ? begin - 1 : begin;
      if (opened && number.bracketed && text.substr(begin, group.end - begin).find(')') != std::string_view::npos) {
        from = begin - 1;
      }
      if (!MayBegin(text, from, kType) || !MayEnd(text, group.end, kType)) {
        continue;
      }
      if (!plus && IsInWebAddress(text, from)) {
        continue;
      }
      Candidate found{DataType::kPhoneNumber, from, group.end, (plus ? "+" : "") + number.digits, base, kLabelled};
      found.far_label = false;
      found.own_digits = count == 1;
      out->push_back(std::move(found));
    }
  }
}

}  // namespace lastlook::detect
