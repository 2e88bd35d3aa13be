// SPDX-License-Identifier: MPL-2.0
// Names of made-up people, each in three scripts: common knowledge, from no published list.
#pragma once

#include <array>
#include <string_view>

namespace lastlook::wrong_person {

struct JapaneseName {
  std::string_view kanji;
  std::string_view kana;
  std::string_view romaji;
};

extern const std::array<JapaneseName, 30> kJapaneseSurnames;
extern const std::array<JapaneseName, 24> kJapaneseFirstNames;

// The surname of a name that JapanesePeople made; null for any other.
const JapaneseName* SurnameOf(std::string_view name);

}  // namespace lastlook::wrong_person
