// SPDX-License-Identifier: MPL-2.0
#include "generate.h"

#include <algorithm>
#include <array>
#include <random>
#include <set>
#include <string_view>

#include "japanese.h"

namespace lastlook::wrong_person {
namespace {

constexpr std::array<std::string_view, 48> kFirst = {
    "James",  "John",    "Robert", "Michael", "William",   "David",   "Richard", "Joseph",  "Thomas",    "Charles",
    "Chris",  "Daniel",  "Mark",   "Matthew", "Martin",    "Paul",    "Steven",  "Stephen", "Stephanie", "Andrew",
    "Andrea", "Kenneth", "Kevin",  "Brian",   "George",    "Gerald",  "Jeffrey", "Jeff",    "Jennifer",  "Mary",
    "Maria",  "Marie",   "Susan",  "Sandra",  "Sally",     "Sara",    "Barbara", "Karen",   "Kate",      "Kay",
    "Lisa",   "Lindy",   "Debra",  "Dana",    "Elizabeth", "Phillip", "Larry",   "Vince"};
constexpr std::array<std::string_view, 60> kLast = {
    "Allen",       "Arnold",    "Baker",     "Baughman", "Beck",       "Bennett", "Blair",    "Brawner",     "Campbell",
    "Carson",      "Cash",      "Corman",    "Cuilla",   "Dasovich",   "Davis",   "Derrick",  "Dickson",     "Donohoe",
    "Farmer",      "Fischer",   "Forney",    "Fossum",   "Gilbert",    "Giron",   "Griffith", "Haedicke",    "Hayslett",
    "Hendrickson", "Hernandez", "Hodge",     "Holst",    "Horton",     "Hyatt",   "Jones",    "Kaminski",    "Kean",
    "Keavey",      "King",      "Kitchen",   "Lay",      "Lavorato",   "Lewis",   "Lokay",    "Mann",        "Martin",
    "May",         "McCarty",   "McConnell", "McKay",    "McLaughlin", "Neal",    "Parks",    "Perlingiere", "Quigley",
    "Ring",        "Sanders",   "Scholtes",  "Scott",    "Shackleton", "Shapiro"};

// The standard's distributions may differ from one library to the next.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  std::size_t Below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }
  double Fraction() { return static_cast<double>(random_() >> 11U) * 0x1.0p-53; }
  // Small numbers far more often than large ones, as people write to few of those they know.
  std::size_t Favouring(std::size_t limit) {
    const double u = Fraction();
    return std::min(limit - 1, static_cast<std::size_t>(u * u * u * static_cast<double>(limit)));
  }

 private:
  std::mt19937_64 random_;
};

// What one person is busy with: the departments' colleagues first, then whoever else.
struct Life {
  std::vector<std::size_t> acquaintances;         // nearest first
  std::vector<std::vector<std::size_t>> circles;  // groups that mails go to, the most used first
};

std::vector<std::size_t> NewCircle(const Life& life, Dice* dice) {
  std::set<std::size_t> members;
  const std::size_t wanted = 2 + dice->Favouring(6);
  // A project takes people near each other among the acquaintances.
  const std::size_t middle = dice->Favouring(life.acquaintances.size());
  for (std::size_t tries = 0; members.size() < wanted && tries < 60; ++tries) {
    const std::size_t step = dice->Below(14);
    const std::size_t index = middle + step < 7 ? 0 : middle + step - 7;
    members.insert(life.acquaintances[std::min(index, life.acquaintances.size() - 1)]);
  }
  return {members.begin(), members.end()};
}

}  // namespace

std::vector<Person> EnglishPeople(std::uint64_t seed) {
  constexpr std::size_t kCount = 156;
  Dice dice(seed);
  std::set<std::string> names;
  std::vector<Person> people;
  while (people.size() < kCount) {
    const std::string first(kFirst[dice.Below(kFirst.size())]);
    const std::string last(kLast[dice.Below(kLast.size())]);
    if (names.insert(first + " " + last).second) {
      people.push_back({first + " " + last, first + "." + last});
    }
  }
  return people;
}

Corpus Generate(std::vector<Person> people, const Shape& shape, std::uint64_t seed) {
  constexpr std::size_t kDepartment = 13;
  Dice dice(seed);
  Corpus corpus;
  corpus.people = std::move(people);
  const std::size_t count = corpus.people.size();
  std::vector<Life> lives(count);
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<std::size_t>& near = lives[i].acquaintances;
    const std::size_t start = i / kDepartment * kDepartment;
    for (std::size_t k = start; k < std::min(start + kDepartment, count); ++k) {
      if (k != i) {
        near.push_back(k);
      }
    }
    const std::size_t others = 6 + dice.Favouring(count / 2);
    for (std::size_t k = 0; k < others; ++k) {
      const std::size_t other = dice.Below(count);
      if (other != i && std::find(near.begin(), near.end(), other) == near.end()) {
        near.push_back(other);
      }
    }
    // Neighbours by number are no more alike in name than anybody else, but let favourites differ.
    for (std::size_t k = near.size() - 1; k > 0; --k) {
      std::swap(near[k], near[dice.Below(k + 1)]);
    }
    for (std::size_t k = 0; k < shape.circles_of_one; ++k) {
      lives[i].circles.push_back(NewCircle(lives[i], &dice));
    }
  }
  for (std::size_t m = 0; m < shape.messages; ++m) {
    Message message;
    message.at = shape.first +
                 static_cast<std::int64_t>(m) * (shape.last - shape.first) / static_cast<std::int64_t>(shape.messages);
    message.sender = dice.Favouring(count);
    Life& life = lives[message.sender];
    // Projects end and others begin.
    if (dice.Below(60) == 0) {
      life.circles[dice.Below(life.circles.size())] = NewCircle(life, &dice);
    }
    const double kind = dice.Fraction();
    if (kind < shape.alone) {
      message.recipients = {life.acquaintances[dice.Favouring(life.acquaintances.size())]};
    } else if (kind > 1 - shape.off_pattern) {
      std::set<std::size_t> whoever;
      for (std::size_t k = 0; k < 2 + dice.Below(3); ++k) {
        whoever.insert(life.acquaintances[dice.Below(life.acquaintances.size())]);
      }
      message.recipients.assign(whoever.begin(), whoever.end());
    } else {
      message.recipients = life.circles[dice.Favouring(life.circles.size())];
      // Not everybody is on every mail of a group, and now and then somebody comes along.
      if (message.recipients.size() > 2 && dice.Below(3) == 0) {
        message.recipients.erase(message.recipients.begin() +
                                 static_cast<std::ptrdiff_t>(dice.Below(message.recipients.size())));
      }
      const std::size_t other = life.acquaintances[dice.Favouring(life.acquaintances.size())];
      if (dice.Below(8) == 0 &&
          std::find(message.recipients.begin(), message.recipients.end(), other) == message.recipients.end()) {
        message.recipients.push_back(other);
      }
    }
    corpus.messages.push_back(std::move(message));
  }
  return corpus;
}

std::vector<Person> JapanesePeople(std::size_t count, std::uint64_t seed) {
  constexpr std::size_t kSharedBy = 6;
  Dice dice(seed);
  const std::size_t surnames = std::min(kJapaneseSurnames.size(), count / kSharedBy + 1);
  std::vector<Person> people;
  for (std::size_t i = 0; i < count; ++i) {
    const JapaneseName& last = kJapaneseSurnames[dice.Below(surnames)];
    const JapaneseName& first = kJapaneseFirstNames[dice.Below(kJapaneseFirstNames.size())];
    Person person;
    switch (dice.Below(3)) {
      case 0:
        // With a blank, as address books have it, or without, as people type it.
        person.name = std::string(last.kanji) + (dice.Below(4) == 0 ? "" : " ") + std::string(first.kanji);
        break;
      case 1:
        person.name = std::string(last.kana) + " " + std::string(first.kana);
        break;
      default:
        person.name = dice.Below(2) == 0 ? std::string(first.romaji) + " " + std::string(last.romaji)
                                         : std::string(last.romaji) + " " + std::string(first.romaji);
        break;
    }
    const std::string number = std::to_string(i);
    // "h.ito12" says the surname, "k0012" says nothing.
    person.local_part = dice.Below(2) == 0
                            ? std::string(first.romaji.substr(0, 1)) + "." + std::string(last.romaji) + number
                            : "k00" + number;
    people.push_back(std::move(person));
  }
  return people;
}

bool TakenForEachOther(const Person& a, const Person& b) {
  const JapaneseName* surname = SurnameOf(a.name);
  if (surname != nullptr || SurnameOf(b.name) != nullptr) {
    return surname != nullptr && surname == SurnameOf(b.name);
  }
  const auto first_and_last = [](std::string_view name) {
    const std::size_t comma = name.find(", ");
    const std::size_t blank = name.rfind(' ');
    return comma != std::string_view::npos   ? std::pair(name.substr(comma + 2), name.substr(0, comma))
           : blank != std::string_view::npos ? std::pair(name.substr(0, name.find(' ')), name.substr(blank + 1))
                                             : std::pair(name, name);
  };
  const auto [a_first, a_last] = first_and_last(a.name);
  const auto [b_first, b_last] = first_and_last(b.name);
  return a_first.substr(0, 3) == b_first.substr(0, 3) || a_last.substr(0, 4) == b_last.substr(0, 4);
}

}  // namespace lastlook::wrong_person
