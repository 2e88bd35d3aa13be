// SPDX-License-Identifier: MPL-2.0
// What a lastlook-inspect that was taken over may say to its parent: refused, or facts that can be said again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "inspect_link/facts_codec.h"
#include "mail/part_facts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto facts = lastlook::DecodeFacts(bytes);
  if (facts && lastlook::EncodeFacts(*facts) != bytes) {
    std::abort();
  }
  if (facts) {
    for (const lastlook::FactText& text : facts->texts) {
      lastlook::CellWalk walk(text);
      for (std::size_t at = 0; at < text.text.size(); ++at) {
        if (!(walk.At(at) == lastlook::CellAt(text, at)) && text.text.size() < 200) {
          std::abort();
        }
      }
    }
  }
  return 0;
}
