// SPDX-License-Identifier: MPL-2.0
// What the client must change in the compose window.
#pragma once

#include <cstdint>
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

// Which attachments go, and which come behind those that stay.
struct AttachmentChanges {
  struct Added {
    std::string name;
    std::string content_type;
    // Where its bytes are made by now; else "" and 0. `token`: under which the client gets them.
    std::string token = {};
    std::string sha256 = {};
    std::uint64_t size_bytes = 0;
  };
  std::vector<std::string> removed;  // Part::id
  std::vector<Added> added;

  bool empty() const { return removed.empty() && added.empty(); }
};

// Whatever is absent or empty stays as it is.
struct Patch {
  std::optional<RecipientFields> recipients;
  std::optional<std::string> from;  // one mailbox
  std::optional<std::string> subject;
  std::optional<std::string> body_text;                      // the whole plain text
  std::optional<std::string> body_html;                      // the whole HTML
  std::vector<std::pair<std::string, std::string>> headers;  // fields to set; each replaces those of its name
  AttachmentChanges attachments;

  bool empty() const;
};

// The difference between the draft as written (lists expanded) and as it shall leave. Header fields are set, never
// taken away: no effect takes any away.
Patch PatchBetween(const Draft& before, const Draft& after);

// {"recipients":{"to":[…],"cc":[…],"bcc":[…]},"from":"…","subject":"…","body":{"text":"…","html":"…"},
// "headers":[{"name":"X-A","value":"…"}],"attachments":{"remove":["a-1"],"add":[{"name":"a.zip","type":"application/zip",
// "size_bytes":9,"sha256":"…","token":"r1"}]}} with only what changes; {} for nothing.
OrderedJson PatchToJson(const Patch& patch);

}  // namespace lastlook
