// SPDX-License-Identifier: MPL-2.0
#include "mail_file/header_text.h"

#include <algorithm>

#include "base/text_fold.h"
#include "mail/charset.h"
#include "mail/encoded_word.h"

namespace lastlook {
namespace {

void ReplaceControls(std::string* text) {
  std::replace_if(
      text->begin(), text->end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
}

}  // namespace

std::string HeaderValue(std::string_view raw) {
  std::string unfolded;
  unfolded.reserve(raw.size());
  for (const char c : TrimSpace(raw)) {
    if (c != '\r' && c != '\n') {
      unfolded += c;
    }
  }
  return DecodeUndeclared(unfolded);
}

std::string HeaderText(std::string_view raw) {
  std::string text = DecodeEncodedWords(HeaderValue(raw));
  ReplaceControls(&text);
  return std::string(TrimSpace(text));
}

}  // namespace lastlook
