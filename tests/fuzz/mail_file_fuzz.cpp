// SPDX-License-Identifier: MPL-2.0
// Mail files: nothing crashes, and everything that leaves the reader is UTF-8.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text_fold.h"
#include "mail/body_text.h"
#include "mail_file/eml_reader.h"

namespace {

void Require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const lastlook::Result<lastlook::Draft> draft =
      lastlook::DraftFromMailFile(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!draft) {
    Require(!draft.error().message.empty() && !draft.error().remedy.empty());
    return 0;
  }
  Require(lastlook::IsValidUtf8(draft->subject));
  for (const lastlook::NamedText& text : lastlook::BodyTexts(*draft)) {
    Require(lastlook::IsValidUtf8(text.text));
  }
  for (const auto& [name, value] : draft->headers) {
    Require(lastlook::IsValidUtf8(name) && lastlook::IsValidUtf8(value));
  }
  for (const lastlook::Part& part : draft->attachments) {
    Require(lastlook::IsValidUtf8(part.name) && part.bytes && part.size_bytes == part.bytes->size());
  }
  return 0;
}
