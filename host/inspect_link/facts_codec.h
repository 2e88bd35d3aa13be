// SPDX-License-Identifier: MPL-2.0
// Part facts as bytes between lastlook-inspect and its parent. Whoever reads them does not trust who wrote them: a file
// may have taken that process over.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/part_facts.h"

namespace lastlook {

std::string EncodeFacts(const PartFacts& facts);

// Nothing for what EncodeFacts does not write: a cut, an unknown word, a text that is not UTF-8, a text of no entry.
std::optional<PartFacts> DecodeFacts(std::string_view bytes);

}  // namespace lastlook
