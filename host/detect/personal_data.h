// SPDX-License-Identifier: MPL-2.0
// Personal data and secrets in a text: numbers by their check digits and the label beside them, addresses, names, dates
// of birth, passwords and keys.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lastlook::detect {

enum class DataType : std::uint8_t {
  kMyNumber,         // 個人番号, 12 digits
  kCorporateNumber,  // 法人番号, 13 digits; public
  kCreditCard,
  kDriverLicense,
  kPensionNumber,  // 基礎年金番号
  kInsurerNumber,  // 保険者番号
  kPassport,       // Japanese
  kResidenceCard,  // 在留カード
  kBankAccount,    // Japanese
  kPhoneNumber,
  kEmailAddress,
  kDateOfBirth,
  kAddress,  // Japanese, with a block number
  kPersonName,
  kUsSsn,
  kKrRrn,
  kCnResidentId,
  kIban,
  kSecret,  // passwords, keys, tokens
};
inline constexpr std::size_t kDataTypes = 19;

std::string_view DataTypeName(DataType type);  // "JP_MY_NUMBER"
std::optional<DataType> DataTypeFromName(std::string_view name);
// Every type, in the order of the enumeration.
std::span<const DataType> AllDataTypes();

// How sure it is; the bounds of the scores are those administrators know from other products.
enum class Band : std::uint8_t { kLow, kMedium, kHigh };  // scores from 65, 75, 85
std::string_view BandName(Band band);                     // "low"
std::optional<Band> BandFromName(std::string_view name);
Band BandOf(int score);

struct PersonalDatum {
  DataType type = DataType::kMyNumber;
  std::size_t begin = 0;  // bytes of the text
  std::size_t end = 0;
  std::string value;       // the text between them
  std::string normalized;  // width, separators and case folded away: what tells two of them apart
  int score = 0;           // 65 to 100
  Band band = Band::kLow;
};

// Whose plan national telephone numbers are read by; numbers with a country code are found everywhere.
enum class PhoneRegion : std::uint8_t { kAny, kJapan, kChina, kKorea, kNorthAmerica, kBritain };
std::optional<PhoneRegion> PhoneRegionFromName(std::string_view name);  // "any", "JP", "CN", "KR", "US", "GB"

// Everything found, by where it begins; no two overlap. The text may hold any bytes; the time is linear in its length.
// Pure and thread-safe; never fails.
std::vector<PersonalDatum> FindPersonalData(std::string_view utf8, PhoneRegion region = PhoneRegion::kAny);

// The same, with a closer look at every byte instead of those that a sieve marks. Slow; for tests.
std::vector<PersonalDatum> FindPersonalDataPlainly(std::string_view utf8);

// How many different people the data are about, at the least: the most different values of any one type that belongs to
// one person each. Corporate numbers and secrets are about nobody.
std::size_t CountPersons(std::span<const PersonalDatum> data);

// The value with all but its last few characters hidden ("********9018"), so that a report does not leak it once more.
std::string MaskedValue(const PersonalDatum& datum);

}  // namespace lastlook::detect
