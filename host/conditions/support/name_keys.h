// SPDX-License-Identifier: MPL-2.0
// By what people are taken for each other: the surname, however it is written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lastlook {

// Keys of which two people with the same surname share one: 伊藤 太郎, いとう, イトウ, Taro Itoh and taro.ito@… all
// have "ito". A Latin name gives every word of three letters or more, since nobody knows which one is the surname.
// Kanji are read where the surname is a common one; the kanji themselves are always a key.
std::vector<std::string> NameKeys(std::string_view display_name, std::string_view local_part);

// NameKeys, and of a Latin name of two words or more the beginnings by which an address book offers people while one is
// typed: the first three letters of the first name, the first four of the last. "Lay, Kenneth" is read the other way.
// Too many people share these to be asked about by themselves: only for those who fit better otherwise too.
std::vector<std::string> SlipKeys(std::string_view display_name, std::string_view local_part);

// A local-part that names a desk and not a person: info, sales, soumu …
bool IsRoleName(std::string_view folded_local_part);

}  // namespace lastlook
