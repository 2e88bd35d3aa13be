// SPDX-License-Identifier: MPL-2.0
#include "mail/mailbox.h"

#include <algorithm>

#include "mail/display_name.h"

namespace lastlook {

std::string Mailbox::ToString() const {
  if (!address) {
    std::string line = typed;  // nothing in it begins another header field
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\r' || c == '\n'; }, ' ');
    return line;
  }
  if (display_name.empty()) {
    return address->ToString();
  }
  return address::PhraseFromName(display_name) + " <" + address->ToString() + ">";
}

std::string Mailbox::Typed() const {
  return typed.empty() ? ToString() : typed;
}

std::string Mailbox::AddressOrTyped() const {
  return address ? address->ToString() : typed;
}

}  // namespace lastlook
