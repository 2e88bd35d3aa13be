// SPDX-License-Identifier: MPL-2.0
// Draft JSON (design section 7): {from, to, cc, bcc, reply_to, subject, body{text,html},
// attachments[{id,name,type,size, path|content, sha256, arriving}], headers, compose{kind, initial_recipients,
// original{from,reply_to,to,cc,hidden}, pasted[{length,from}]}}. `pasted`: text pasted out of other mails, how many
// UTF-16 units and the addresses of everybody in that mail; absent where the client does not watch the clipboard.
// `sha256`: of an attachment whose bytes were handed over otherwise; `arriving`: they are just being handed over.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "mail/draft.h"

namespace lastlook {

// Reads the file that an attachment's `path` names; only the command line has one. Returns its bytes.
using PathReader = std::function<Result<std::shared_ptr<const std::string>>(const std::string& path)>;

// An address field is a string or an array of strings, each an address list (RFC 5322); `body` is a string (plain text)
// or an object; `headers` is an object name → string or array of strings, or an array of [name, value].
// Unknown members are ignored (a newer client may send them); a member of the wrong type is refused with code
// kDraftInvalid and its pointer. `path` without a `path_reader` is refused.
Result<Draft> DraftFromJson(const Json& json, const PathReader& path_reader = nullptr);

// For tests and tools: the draft as draft JSON that DraftFromJson reads back to the same draft.
OrderedJson DraftToJson(const Draft& draft);

// Address fields in other JSON (context, policies): a string or an array of strings.
Result<std::vector<Mailbox>> MailboxesFromJson(const Json& json);

}  // namespace lastlook
