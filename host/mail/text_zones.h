// SPDX-License-Identifier: MPL-2.0
// Whose words are whose in a body: what the sender wrote, what is quoted, and the signature.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace lastlook {

enum class TextZone { kOwn, kQuoted, kSignature };

// A stretch [begin, end) of a text, in bytes.
struct ZoneSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
  TextZone zone = TextZone::kOwn;

  bool operator==(const ZoneSpan&) const = default;
};

// The zones of `text`, in order, without gap or overlap, neighbours different, borders at line starts; empty for an
// empty text. `marks` is what the HTML itself says (BodyTexts gives it): in order, without overlap. The rest is told by
// how mail programs and people write: ">" before quoted lines, "On … wrote:", header blocks, "-----Original
// Message-----" and their Japanese and Chinese kin, "-- ", signatures framed by lines, confidentiality notices.
// Where it is not clear a line is the sender's own. Linear time; never fails.
std::vector<ZoneSpan> FindTextZones(std::string_view text, const std::vector<ZoneSpan>& marks = {});

}  // namespace lastlook
