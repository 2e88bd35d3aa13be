// SPDX-License-Identifier: MPL-2.0
// Display names (RFC 5322 section 3.4): from a field to a reader and back. Private to this folder.
#pragma once

#include <string>
#include <string_view>

namespace lastlook::address {

// The name that a phrase means: quotes and quoted pairs undone, comments left out, encoded words decoded, white space
// folded, control and bidirectional formatting characters dropped (they could make the reader see another name).
std::string NameFromPhrase(std::string_view phrase);

// The text of a comment, given with its outer brackets.
std::string NameFromComment(std::string_view comment);

// `name` as a phrase that NameFromPhrase reads back.
std::string PhraseFromName(std::string_view name);

// True if `name` cannot stand in a field without quotes.
bool NeedsQuotes(std::string_view name);

// True for UTF-8 without unsafe characters, and without white space at its ends.
bool IsSafeText(std::string_view text);

// True for characters that change how the characters around them are read: controls, bidirectional formatting.
bool IsUnsafeCharacter(char32_t c);

// Valid UTF-8: bytes that are not become U+FFFD.
std::string MakeValidUtf8(std::string_view bytes);

}  // namespace lastlook::address
