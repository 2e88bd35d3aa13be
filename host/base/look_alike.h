// SPDX-License-Identifier: MPL-2.0
// Text as the eye takes it: what looks the same has the same skeleton (UTS #39, and a few pairs of mail addresses).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lastlook {

// Of a domain in lower case, A-labels allowed: characters that pass for each other fall together, also across scripts
// (Cyrillic а), and 0 for o, 1 for l, rn for m, vv for w. To be compared, not to be shown.
std::string LookAlikeSkeleton(std::string_view domain);

// A domain with its A-labels decoded for people to read; as it is if it has none or they are broken.
std::string ReadableDomain(std::string_view domain);

// True if a label mixes scripts as no language does (UTS #39 beyond "highly restrictive"): Latin with Cyrillic, but not
// Latin with kanji and kana.
bool MixesScripts(std::string_view domain);

// Optimal string alignment distance of bytes: a change, a missing or further one, or a swap of neighbours count 1.
// `limit` + 1 for anything above `limit`.
std::size_t EditDistance(std::string_view a, std::string_view b, std::size_t limit);

}  // namespace lastlook
