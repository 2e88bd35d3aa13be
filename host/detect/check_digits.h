// SPDX-License-Identifier: MPL-2.0
// Check digits and number plans. Each takes digits only (and says which letters besides). Private to this folder.
#pragma once

#include <string_view>

namespace lastlook::detect {

// 個人番号, 12 digits: order of the Ministry of Internal Affairs and Communications no. 85 of 2014, article 5.
bool IsMyNumber(std::string_view digits);
// 法人番号, 13 digits, the check digit in front: order of the Ministry of Finance no. 70 of 2014, article 2.
bool IsCorporateNumber(std::string_view digits);
// Luhn (ISO/IEC 7812-1) and an issuer's range of that length.
bool IsCreditCard(std::string_view digits);
// Numbers that card schemes and payment services publish for tests.
bool IsTestCard(std::string_view digits);
// 運転免許証, 12 digits: public safety commission, year, serial, check digit, times reissued.
bool IsDriverLicense(std::string_view digits);
// 保険者番号, 8 digits (law code, prefecture, insurer, check digit) or 6 (national health insurance, without law code).
bool IsInsurerNumber(std::string_view digits);
// 9 digits that the Social Security Administration can have issued.
bool IsUsSsn(std::string_view digits);
// 13 digits: a date of birth with its century digit. The check digit says no more of numbers issued since October 2020.
bool IsKrRrn(std::string_view digits);
bool HasKrRrnCheckDigit(std::string_view digits);
// 17 digits and a digit or X: GB 11643, province, date, ISO 7064 MOD 11-2.
bool IsCnResidentId(std::string_view characters);
// Capital letters and digits: ISO 13616, length of the country and MOD 97-10.
bool IsIban(std::string_view characters);

// A day of the calendar (Gregorian), from 1900 on.
bool IsDate(int year, int month, int day);

}  // namespace lastlook::detect
