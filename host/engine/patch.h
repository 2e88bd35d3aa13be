// SPDX-License-Identifier: MPL-2.0
// What the client must change in the compose window.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "mail/draft.h"

namespace lastlook {

struct RecipientFields {
  std::vector<std::string> to;  // mailboxes (RFC 5322), whole fields
  std::vector<std::string> cc;
  std::vector<std::string> bcc;
};

// Whatever is absent or empty stays as it is.
struct Patch {
  std::optional<RecipientFields> recipients;
  std::optional<std::string> from;  // one mailbox
  std::optional<std::string> subject;
  std::optional<std::string> body_text;                      // the whole plain text
  std::optional<std::string> body_html;                      // the whole HTML
  std::vector<std::pair<std::string, std::string>> headers;  // fields to set; each replaces those of its name

  bool empty() const;
};

// The difference between the draft as written (lists expanded) and as it shall leave. Header fields are set, never
// taken away: no effect takes any away.
Patch PatchBetween(const Draft& before, const Draft& after);

// {"recipients":{"to":[…],"cc":[…],"bcc":[…]},"from":"…","subject":"…","body":{"text":"…","html":"…"},
// "headers":[{"name":"X-A","value":"…"}]} with only what changes; {} for nothing.
OrderedJson PatchToJson(const Patch& patch);

}  // namespace lastlook
