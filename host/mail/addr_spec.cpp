// SPDX-License-Identifier: MPL-2.0
#include "mail/addr_spec.h"

#include "base/text_fold.h"
#include "mail/address_lexer.h"

namespace lastlook {
namespace {

// dot-atom of RFC 5322 section 3.2.3, with what RFC 6532 adds.
bool NeedsQuotes(std::string_view local_part) {
  bool after_dot = true;
  for (const char c : local_part) {
    if (c == '.') {
      if (after_dot) {
        return true;
      }
      after_dot = true;
    } else if (address::Is(c, address::kAtext) || address::IsNotAscii(c)) {
      after_dot = false;
    } else {
      return true;
    }
  }
  return after_dot;
}

}  // namespace

std::string AddrSpec::ToString() const {
  std::string out;
  out.reserve(local_part.size() + domain.size() + 3);
  if (!NeedsQuotes(local_part)) {
    out += local_part;
  } else {
    out += '"';
    for (const char c : local_part) {
      if (c == '"' || c == '\\') {
        out += '\\';
      }
      out += c;
    }
    out += '"';
  }
  out += '@';
  out += domain;
  return out;
}

std::string AddrSpec::Key() const {
  std::string key;
  key.reserve(local_part.size() + 1 + domain.size());
  for (const char c : local_part) {
    if (address::IsNotAscii(c)) {
      key = Fold(local_part);
      break;
    }
    key += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  key += '@';
  key += domain;
  return key;
}

}  // namespace lastlook
