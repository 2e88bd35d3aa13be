// SPDX-License-Identifier: MPL-2.0
// Bytes in, facts out. Reads files that somebody may have made to harm their reader, so it runs in lastlook-inspect
// alone, behind content/sandbox.h.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "mail/part_facts.h"

namespace lastlook::content {

// What one attachment may cost. Counted in work, not in time: the same bytes give the same facts on every machine. The
// numbers are larger than office files need and smaller than what a seat notices.
struct Limits {
  std::uint64_t unpacked_bytes = UINT64_C(200) << 20U;  // of everything in it together
  std::uint64_t text_bytes = UINT64_C(64) << 20U;       // that is handed out
  std::uint32_t entries = 10'000;
  std::uint32_t depth = 5;    // archives in archives
  std::uint32_t ratio = 200;  // unpacked to packed; asked only of what unpacks to more than 16 MiB
};

// The text of a PDF, one page after the other with a form feed (U+000C) behind each, as UTF-8; nothing if there is no
// program that reads it. It is asked, because this process may start none.
enum class ConvertFailure : std::uint8_t { kNoProgram, kDamaged, kEncrypted, kTime };
struct Converted {
  std::string text;
  std::optional<ConvertFailure> failure;
};
using PdfConverter = std::function<Converted(std::string_view pdf)>;

// Never fails: what cannot be read is a fact. `name` is the file's name and decides nothing that the content can say.
PartFacts Inspect(std::string_view name, std::string bytes, const Limits& limits, const PdfConverter& convert_pdf);

}  // namespace lastlook::content
