// SPDX-License-Identifier: MPL-2.0
// Made-up mail of the shape that real mail has: people in departments and projects, the same few groups again and
// again, groups that come and go.
#pragma once

#include <cstdint>

#include "corpus.h"

namespace lastlook::wrong_person {

struct Shape {
  std::size_t messages = 21'635;
  std::size_t circles_of_one = 5;  // groups that somebody writes to, at any time
  double alone = 0.62;             // of mails go to one person
  double off_pattern = 0.06;       // of mails go to whoever, whatever was before
  std::int64_t first = 910'000'000;
  std::int64_t last = 1'020'000'000;
};

// Mail among these people. The same seed gives the same mail on every machine.
Corpus Generate(std::vector<Person> people, const Shape& shape, std::uint64_t seed);

// 156 people with English names, first names and the beginnings of surnames shared as among real ones.
std::vector<Person> EnglishPeople(std::uint64_t seed);

// So many people with Japanese names, a third each written in kanji, in kana and in Latin letters, their addresses by
// surname and initial or by number. About six people share a surname.
std::vector<Person> JapanesePeople(std::size_t count, std::uint64_t seed);

// Whether these two may be taken for each other. Independent of what Lastlook thinks: by the names they were made of,
// or, for English ones, by the first three letters of the first name or the first four of the surname.
bool TakenForEachOther(const Person& a, const Person& b);

}  // namespace lastlook::wrong_person
