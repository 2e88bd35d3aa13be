// SPDX-License-Identifier: MPL-2.0
// The finders, one per family of data. Each looks at one place of a folded text and adds what it believes to have
// found. Private to this folder.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detect/candidate.h"
#include "detect/number_chain.h"

namespace lastlook::detect {

using Candidates = std::vector<Candidate>;
using Chain = std::vector<DigitGroup>;

// At a chain of digits.
void FindMyNumber(std::string_view text, const Chain& chain, Candidates* out);  // and driver's licences: both 12 digits
void FindCorporateNumber(std::string_view text, const Chain& chain, Candidates* out);
void FindCreditCard(std::string_view text, const Chain& chain, Candidates* out);
void FindPensionNumber(std::string_view text, const Chain& chain, Candidates* out);
void FindInsurerNumber(std::string_view text, const Chain& chain, Candidates* out);
void FindTravelDocument(std::string_view text, const Chain& chain, Candidates* out);  // passport, residence card
void FindBankAccount(std::string_view text, const Chain& chain, Candidates* out);
void FindPhoneNumber(std::string_view text, const Chain& chain, PhoneRegion region, Candidates* out);
void FindForeignId(std::string_view text, const Chain& chain, Candidates* out);  // US, Korea, China
void FindIban(std::string_view text, const Chain& chain, Candidates* out);
// One digit per box of a form: "3 2 7 3 4 2 7 4 2 9 3 8".
void FindInBoxes(std::string_view text, const Chain& chain, Candidates* out);

// At an anchor (anchors.h).
void FindEmailAddress(std::string_view text, std::size_t at, Candidates* out);
void FindSecret(std::string_view text, std::size_t at, Candidates* out);
void FindAddress(std::string_view text, std::size_t at, Candidates* out);
void FindDateOfBirth(std::string_view text, std::size_t at, Candidates* out);
void FindDateBefore(std::string_view text, std::size_t at, Candidates* out);
void FindNameBehindLabel(std::string_view text, std::size_t at, Candidates* out);
void FindNameBesideTitle(std::string_view text, std::size_t at, Candidates* out);
void FindNameBesideOffice(std::string_view text, std::size_t at, Candidates* out);
// The name of whose datum this is, where it stands right before: "志村（090-…）". REQUIRES: the datum counts.
void FindNameBefore(std::string_view text, const Candidate& datum, Candidates* out);
// The person who lives there, behind an address that ends at `end`: "奈良県橿原市八木町1-1-18　宮原 宏".
void FindNameBehindAddress(std::string_view text, std::size_t end, Candidates* out);

// For cells of a table whose column says what they hold: the whole cell must be one.
std::optional<Candidate> PersonNameInCell(std::string_view cell);
std::optional<Candidate> DateOfBirthInCell(std::string_view cell);

// A date in any of the ways people write one, with where it ends.
struct WrittenDate {
  int year = 0;
  int month = 0;
  int day = 0;
  std::size_t end = 0;

  std::string Iso() const;  // "1985-04-12"
};
std::optional<WrittenDate> ReadDate(std::string_view text, std::size_t at);

}  // namespace lastlook::detect
