// SPDX-License-Identifier: MPL-2.0
// Domains as people type them. Private to this folder; the public door is NormalizeDomain (mail/addr_spec.h).
#pragma once

#include <string>
#include <string_view>

namespace lastlook::address {

// True for a domain of ASCII letters, digits, hyphens and dots that NormalizeDomain needs only to put into lower case.
// Most domains are, and then need no Unicode library.
bool IsPlainDomain(std::string_view domain);

// Full-width letters, digits and signs that occur in addresses made plain (U+FF01… → ASCII). All else, full-width
// brackets and commas too, stays: what they were meant for is not certain.
std::string PlainForms(std::string_view utf8);

// As PlainForms; the ideographic full stops (。 ．｡), which are dots in domains (UTS #46), too.
std::string PlainDomainForms(std::string_view utf8);

}  // namespace lastlook::address
