// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/known_domains.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace lastlook {
namespace {

std::string Word(std::mt19937& random, std::size_t least, std::size_t most, std::string_view letters) {
  std::string word(least + random() % (most - least + 1), ' ');
  for (char& c : word) {
    c = letters[random() % letters.size()];
  }
  return word;
}

// What the pen does: changes, drops, adds and swaps.
std::string WithSlips(std::mt19937& random, std::string name, int slips, std::string_view letters) {
  for (; slips > 0 && name.size() > 1; --slips) {
    const std::size_t at = random() % name.size();
    switch (random() % 4) {
      case 0:
        name[at] = letters[random() % letters.size()];
        break;
      case 1:
        name.erase(at, 1);
        break;
      case 2:
        name.insert(at, 1, letters[random() % letters.size()]);
        break;
      default:
        if (at + 1 < name.size()) {
          std::swap(name[at], name[at + 1]);
        }
    }
  }
  return name;
}

std::string Text(const std::optional<Likeness>& likeness) {
  return likeness ? std::string(likeness->how) + " " + likeness->target : "nobody";
}

// The index and the plain loop over all known domains say the same of everybody: names of all lengths, of few letters
// so that many are near each other, with digits and hyphens, and up to three slips away from a known one.
TEST(KnownDomains, TheIndexSaysWhatTheLoopSays) {
  constexpr std::string_view kEndings[] = {"com", "co.jp", "example", "jp", "info"};
  std::mt19937 random(20261124);
  std::size_t misspelt = 0;
  for (const std::string_view letters : {"ab", "abc1-", "abcdefghijklmnopqrstuvwxyz", "0123456789ab", "tanakosi"}) {
    for (int round = 0; round < 4; ++round) {
      KnownDomains known;
      std::vector<std::string> names;
      for (int i = 0; i < 300; ++i) {
        names.push_back("a" + Word(random, 2, 18, letters) + "z");
        known.Add(names.back() + "." + std::string(kEndings[random() % std::size(kEndings)]),
                  random() % 2 == 0 ? KnownDomains::Kind::kOwn : KnownDomains::Kind::kWellKnown);
      }
      const NearNames near = known.IndexNames();
      for (int i = 0; i < 1500; ++i) {
        const std::string& name = names[random() % names.size()];
        const std::string domain = WithSlips(random, name, static_cast<int>(random() % 4), letters) + "." +
                                   std::string(kEndings[random() % std::size(kEndings)]);
        if (domain.find("..") != std::string::npos || known.Knows(domain)) {
          continue;
        }
        KnownDomains::Budget loop;
        KnownDomains::Budget index;
        const std::string expected = Text(known.Resembled(domain, nullptr, &loop));
        ASSERT_EQ(Text(known.Resembled(domain, &near, &index)), expected) << domain;
        ASSERT_FALSE(index.spent || loop.spent);
        misspelt += expected.starts_with("misspelt") ? 1 : 0;
      }
    }
  }
  EXPECT_GT(misspelt, 2000U);  // or the test compares nothing
}

TEST(KnownDomains, NamesOfAnyLengthAreLookedUp) {
  KnownDomains known;
  for (std::size_t size = 1; size <= 63; ++size) {
    known.Add(std::string(size, 'q') + "x.example", KnownDomains::Kind::kOwn);
  }
  std::string labels;
  for (int i = 0; i < 4; ++i) {
    labels += std::string(60, static_cast<char>('b' + i)) + ".";
  }
  known.Add(labels + "example", KnownDomains::Kind::kOwn);
  const NearNames near = known.IndexNames();
  for (const std::string& domain :
       {std::string("q.example"), std::string("x.example"), std::string(62, 'q') + "w.example",
        "b" + labels + "exampel", "bb" + labels.substr(1) + "example", std::string(400, 'q') + ".example"}) {
    KnownDomains::Budget loop;
    KnownDomains::Budget index;
    EXPECT_EQ(Text(known.Resembled(domain, &near, &index)), Text(known.Resembled(domain, nullptr, &loop))) << domain;
  }
}

std::size_t Compared(std::size_t count) {
  KnownDomains known;
  std::mt19937 random(7);
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) {
    names.push_back(Word(random, 9, 15, kLetters));
    known.Add(names.back() + ".example", KnownDomains::Kind::kOwn);
  }
  const NearNames near = known.IndexNames();
  KnownDomains::Budget budget{.left = std::size_t{1} << 40U};
  const std::size_t before = budget.left;
  for (const std::string& name : names) {
    const std::string domain = WithSlips(random, name, 2, kLetters) + ".example";
    if (!known.Knows(domain)) {
      known.Resembled(domain, &near, &budget);
    }
  }
  return before - budget.left;
}

// Twice as many domains among twice as many known ones: the loop would compare four times as often.
TEST(KnownDomains, TheIndexComparesAsManyAsThereAre) {
  const std::size_t of_few = Compared(2000);
  EXPECT_LT(Compared(4000), of_few * 5 / 2);
  EXPECT_LT(of_few, 2000U * 200);
}

// Thousands that all differ by two letters: it stops, and says so.
TEST(KnownDomains, TheWorkIsBounded) {
  KnownDomains known;
  for (int i = 0; i < 5000; ++i) {
    std::string name = "aaaaaaaaaaaaaaa";
    for (int at = 0, rest = i; rest > 0; rest /= 2, ++at) {
      name[static_cast<std::size_t>(at)] = rest % 2 == 0 ? 'a' : 'b';
    }
    known.Add(name + ".example", KnownDomains::Kind::kOwn);
  }
  const NearNames near = known.IndexNames();
  for (const NearNames* index : {&near, static_cast<const NearNames*>(nullptr)}) {
    KnownDomains::Budget budget{.left = 20'000};
    known.Resembled("ccccccccaaaaaaa.example", index, &budget);
    for (int i = 0; i < 100 && !budget.spent; ++i) {
      known.Resembled("abababababababc.example", index, &budget);
    }
    EXPECT_TRUE(budget.spent);
  }
}

}  // namespace
}  // namespace lastlook
