// SPDX-License-Identifier: MPL-2.0
// Passwords written out in a text: "パスワード：Ab12…", "the password is …", "密码：…".
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace lastlook::detect {

struct WrittenPassword {
  std::size_t begin = 0;  // the password itself, in bytes of the text
  std::size_t end = 0;
};

// `folded` is a folded text. Not where the password is to come ("別メールでお送りします"), nor "****" and the like.
// Linear time.
std::vector<WrittenPassword> FindWrittenPasswords(std::string_view folded);

}  // namespace lastlook::detect
