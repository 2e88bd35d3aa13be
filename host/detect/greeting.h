// SPDX-License-Identifier: MPL-2.0
// The people whom the first lines of a mail address: "A商事 山田様", "Dear Mr. Smith,", "尊敬的李先生".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lastlook::detect {

struct Addressee {
  std::size_t begin = 0;  // name and honorific, in bytes of the text
  std::size_t end = 0;
  std::vector<std::string> names;  // what may be the name, the most likely first: "山田太郎", "太郎"; folded
};

struct Greeting {
  std::vector<Addressee> people;
  bool everybody = false;  // "各位", "皆様", "ご担当者様", "Dear all", "御中": nobody in particular
};

// `folded` is a folded text; of its first five lines that hold anything. Linear time.
Greeting FindGreeting(std::string_view folded);

// True if the line is a salutation and nothing else ("山田様", "お世話になっております。", "Dear Kate,").
bool IsSalutation(std::string_view folded_line);
// True if it is a closing and nothing else ("よろしくお願いいたします。", "Best regards,").
bool IsClosing(std::string_view folded_line);

}  // namespace lastlook::detect
