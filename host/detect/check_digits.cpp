// SPDX-License-Identifier: MPL-2.0
#include "detect/check_digits.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <utility>

namespace lastlook::detect {
namespace {

int Digit(char c) {
  return c - '0';
}
int Number(std::string_view digits) {
  int number = 0;
  for (const char c : digits) {
    number = number * 10 + Digit(c);
  }
  return number;
}

bool IsRepeated(std::string_view digits) {
  return digits.find_first_not_of(digits.front()) == std::string_view::npos;
}

// The last digit doubled or not: the sum of the digits of each product (Luhn), the rightmost of `digits` times `first`.
int LuhnSum(std::string_view digits, int first) {
  int sum = 0;
  int weight = first;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    const int product = Digit(*digit) * weight;
    sum += product / 10 + product % 10;
    weight = 3 - weight;
  }
  return sum;
}

bool IsBetween(int value, int least, int most) {
  return value >= least && value <= most;
}

// Issuer ranges and lengths as the schemes publish them.
bool HasIssuer(std::string_view digits) {
  const std::size_t length = digits.size();
  const int two = Number(digits.substr(0, 2));
  const int three = Number(digits.substr(0, 3));
  const int four = Number(digits.substr(0, 4));
  if (digits.front() == '4') {
    return length == 13 || length == 16 || length == 19;  // Visa
  }
  if (IsBetween(two, 51, 55) || IsBetween(four, 2221, 2720)) {
    return length == 16;  // Mastercard
  }
  if (two == 34 || two == 37) {
    return length == 15;  // American Express
  }
  if (IsBetween(four, 3528, 3589)) {
    return length >= 16;  // JCB
  }
  if (two == 36 || two == 38 || two == 39 || IsBetween(three, 300, 305)) {
    return length >= 14;  // Diners Club
  }
  const bool discover = four == 6011 || IsBetween(three, 644, 649) || two == 65;
  const bool union_pay = two == 62 || two == 81;
  return (discover || union_pay) && length >= 16;
}

struct IbanLength {
  std::string_view country;
  std::size_t length;
};
// SWIFT's registry of IBAN formats.
constexpr IbanLength kIbanLengths[] = {
    {"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22}, {"BH", 22},
    {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24}, {"DE", 22}, {"DK", 18}, {"DO", 28},
    {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GE", 22}, {"GI", 23},
    {"GL", 18}, {"GR", 27}, {"GT", 28}, {"HR", 21}, {"HU", 28}, {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26},
    {"IT", 27}, {"JO", 30}, {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20}, {"LU", 20},
    {"LV", 21}, {"MC", 27}, {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NL", 18},
    {"NO", 15}, {"PK", 24}, {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"SA", 24},
    {"SC", 31}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"ST", 25}, {"SV", 28}, {"TL", 23}, {"TN", 24},
    {"TR", 26}, {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20},
};

}  // namespace

bool IsMyNumber(std::string_view digits) {
  if (IsRepeated(digits) || digits == "012345678901" || digits == "123456789012") {
    return false;  // twelve zeros would pass
  }
  constexpr std::array<int, 11> kWeights = {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) {
    sum += Digit(digits[i]) * kWeights[i];
  }
  const int rest = sum % 11;
  return Digit(digits[11]) == (rest <= 1 ? 0 : 11 - rest);
}

bool IsCorporateNumber(std::string_view digits) {
  if (digits.front() == '0' || IsRepeated(digits.substr(1))) {
    return false;
  }
  int sum = 0;
  for (std::size_t n = 1; n <= 12; ++n) {
    sum += Digit(digits[13 - n]) * (n % 2 == 1 ? 1 : 2);
  }
  return Digit(digits.front()) == 9 - sum % 9;
}

bool IsCreditCard(std::string_view digits) {
  return HasIssuer(digits) && !IsRepeated(digits) && LuhnSum(digits, 1) % 10 == 0;
}

bool IsTestCard(std::string_view digits) {
  // From the test pages of Visa, Mastercard, American Express, JCB, Diners Club, Discover, Stripe and PayPal.
  constexpr std::string_view kNumbers[] = {
      "4111111111111111", "4012888888881881", "4222222222222",    "4242424242424242", "4000056655665556",
      "4000000000000002", "4000000000000077", "4000000000003220", "5555555555554444", "5105105105105100",
      "5200828282828210", "2223003122003222", "378282246310005",  "371449635398431",  "378734493671000",
      "3566002020360505", "3530111333300000", "30569309025904",   "38520000023237",   "36227206271667",
      "3056930009020004", "6011111111111117", "6011000990139424", "6200000000000005", "5454545454545454",
      "4444333322221111", "4917610000000000", "4000000000000000", "4009348888881881"};
  return std::find(std::begin(kNumbers), std::end(kNumbers), digits) != std::end(kNumbers);
}

bool IsDriverLicense(std::string_view digits) {
  // Public safety commissions: the prefecture that issued the licence first.
  constexpr std::array<std::pair<int, int>, 9> kCommissions = {
      {{10, 14}, {20, 25}, {30, 30}, {40, 49}, {50, 55}, {60, 65}, {70, 74}, {80, 83}, {90, 97}}};
  const int commission = Number(digits.substr(0, 2));
  if (std::none_of(kCommissions.begin(), kCommissions.end(),
                   [commission](const auto& range) { return IsBetween(commission, range.first, range.second); })) {
    return false;
  }
  constexpr std::array<int, 10> kWeights = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) {
    sum += Digit(digits[i]) * kWeights[i];
  }
  return Digit(digits[10]) == (11 - sum % 11) % 10;
}

bool IsInsurerNumber(std::string_view digits) {
  if (LuhnSum(digits.substr(0, digits.size() - 1), 2) % 10 != (10 - Digit(digits.back())) % 10) {
    return false;
  }
  const int front = Number(digits.substr(0, 2));
  if (digits.size() == 6) {
    return IsBetween(front, 1, 47);  // the prefecture (ISO 3166-2:JP)
  }
  const bool law = IsBetween(front, 1, 4) || IsBetween(front, 6, 7) || IsBetween(front, 31, 34) || front == 39 ||
                   front == 63 || front == 67 || IsBetween(front, 72, 75);
  return law && IsBetween(Number(digits.substr(2, 2)), 1, 47);
}

bool IsUsSsn(std::string_view digits) {
  const int area = Number(digits.substr(0, 3));
  // 078-05-1120 and 219-09-9999 were printed in advertisements; 987-65-432x are reserved for those.
  return area != 0 && area != 666 && area < 900 && digits.substr(3, 2) != "00" && digits.substr(5) != "0000" &&
         digits != "078051120" && digits != "219099999" && digits != "123456789" && !IsRepeated(digits);
}

bool IsKrRrn(std::string_view digits) {
  const int century = Digit(digits[6]);
  if (century < 1 || century > 8) {
    return false;
  }
  const int base = century == 1 || century == 2 || century == 5 || century == 6 ? 1900 : 2000;
  return IsDate(base + Number(digits.substr(0, 2)), Number(digits.substr(2, 2)), Number(digits.substr(4, 2)));
}

bool HasKrRrnCheckDigit(std::string_view digits) {
  int sum = 0;
  for (std::size_t i = 0; i < 12; ++i) {
    sum += Digit(digits[i]) * static_cast<int>(2 + i % 8);
  }
  // Foreigners' numbers (5 to 8) add two.
  const int expected = Digit(digits[6]) >= 5 ? (13 - sum % 11) % 10 : (11 - sum % 11) % 10;
  return Digit(digits[12]) == expected;
}

bool IsCnResidentId(std::string_view characters) {
  // GB/T 2260, the two digits of the province.
  constexpr std::array kProvinces = {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43,
                                     44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83};
  if (std::find(kProvinces.begin(), kProvinces.end(), Number(characters.substr(0, 2))) == kProvinces.end()) {
    return false;
  }
  if (!IsDate(Number(characters.substr(6, 4)), Number(characters.substr(10, 2)), Number(characters.substr(12, 2)))) {
    return false;
  }
  constexpr std::array<int, 17> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::string_view kChecks = "10X98765432";
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) {
    sum += Digit(characters[i]) * kWeights[i];
  }
  const char check = characters[17] == 'x' ? 'X' : characters[17];
  return check == kChecks[static_cast<std::size_t>(sum % 11)];
}

bool IsIban(std::string_view characters) {
  const auto known =
      std::find_if(std::begin(kIbanLengths), std::end(kIbanLengths),
                   [&characters](const IbanLength& row) { return row.country == characters.substr(0, 2); });
  if (known == std::end(kIbanLengths) || known->length != characters.size()) {
    return false;
  }
  int rest = 0;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const char c = characters[(i + 4) % characters.size()];
    rest = c >= 'A' ? (rest * 100 + (c - 'A' + 10)) % 97 : (rest * 10 + Digit(c)) % 97;
  }
  return rest == 1;
}

bool IsDate(int year, int month, int day) {
  if (year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1) {
    return false;
  }
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= kDays[static_cast<std::size_t>(month - 1)] + (leap && month == 2 ? 1 : 0);
}

}  // namespace lastlook::detect
