// SPDX-License-Identifier: MPL-2.0
// HTML bodies, through both readers: nothing crashes or hangs, and the text is UTF-8 where the HTML is.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text_fold.h"
#include "mail/body_text.h"
#include "mail/html_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view html(reinterpret_cast<const char*>(data), size);
  const std::string text = lastlook::TextFromHtml(html);
  const std::string from_tags = lastlook::html::TextFromTags(html).text;
  if (lastlook::IsValidUtf8(html) && !(lastlook::IsValidUtf8(text) && lastlook::IsValidUtf8(from_tags))) {
    std::abort();
  }
  return 0;
}
