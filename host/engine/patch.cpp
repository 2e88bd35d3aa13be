// SPDX-License-Identifier: MPL-2.0
#include "engine/patch.h"

#include <algorithm>
#include <string_view>

#include "base/text_fold.h"

namespace lastlook {
namespace {

bool SameRecipient(const Recipient& a, const Recipient& b) {
  return a.field == b.field && a.mailbox.address == b.mailbox.address &&
         (a.mailbox.address || a.mailbox.typed == b.mailbox.typed);
}

std::optional<RecipientFields> ChangedRecipients(const Draft& before, const Draft& after) {
  if (std::equal(before.recipients.begin(), before.recipients.end(), after.recipients.begin(), after.recipients.end(),
                 SameRecipient)) {
    return std::nullopt;
  }
  RecipientFields fields;
  for (const Recipient& recipient : after.recipients) {
    auto& field = recipient.field == RecipientField::kTo   ? fields.to
                  : recipient.field == RecipientField::kCc ? fields.cc
                                                           : fields.bcc;
    field.push_back(recipient.mailbox.ToString());
  }
  return fields;
}

std::vector<std::string_view> ValuesOf(const Draft& draft, const std::string& name) {
  std::vector<std::string_view> values;
  for (const auto& [other, value] : draft.headers) {
    if (AsciiLower(other) == AsciiLower(name)) {
      values.emplace_back(value);
    }
  }
  return values;
}

AttachmentChanges ChangedAttachments(const Draft& before, const Draft& after) {
  const auto same = [](const Part& a, const Part& b) { return a.id == b.id && a.bytes == b.bytes; };
  AttachmentChanges changes;
  if (std::equal(before.attachments.begin(), before.attachments.end(), after.attachments.begin(),
                 after.attachments.end(), same)) {
    return changes;
  }
  const auto is_in = [&](const Draft& draft, const Part& part) {
    return std::any_of(draft.attachments.begin(), draft.attachments.end(),
                       [&](const Part& other) { return same(other, part); });
  };
  for (const Part& part : before.attachments) {
    if (!is_in(after, part)) {
      changes.removed.push_back(part.id);
    }
  }
  for (const Part& part : after.attachments) {
    if (!is_in(before, part)) {
      changes.added.push_back({part.name, part.content_type});
    }
  }
  return changes;
}

OrderedJson Strings(const std::vector<std::string>& strings) {
  OrderedJson out = OrderedJson::array();
  for (const std::string& string : strings) {
    out.push_back(string);
  }
  return out;
}

OrderedJson AttachmentsToJson(const AttachmentChanges& changes) {
  OrderedJson added = OrderedJson::array();
  for (const AttachmentChanges::Added& one : changes.added) {
    OrderedJson part = {{"name", one.name}, {"type", one.content_type}};
    if (!one.token.empty()) {
      part["size_bytes"] = one.size_bytes;
      part["sha256"] = one.sha256;
      part["token"] = one.token;
    }
    added.push_back(std::move(part));
  }
  return {{"remove", Strings(changes.removed)}, {"add", std::move(added)}};
}

}  // namespace

bool Patch::empty() const {
  return !recipients && !from && !subject && !body_text && !body_html && headers.empty() && attachments.empty();
}

Patch PatchBetween(const Draft& before, const Draft& after) {
  Patch patch;
  patch.recipients = ChangedRecipients(before, after);
  if (after.from && (!before.from || before.from->ToString() != after.from->ToString())) {
    patch.from = after.from->ToString();
  }
  if (before.subject != after.subject) {
    patch.subject = after.subject;
  }
  if (before.body.text != after.body.text) {
    patch.body_text = after.body.text;
  }
  if (before.body.html != after.body.html) {
    patch.body_html = after.body.html;
  }
  patch.attachments = ChangedAttachments(before, after);
  if (before.headers == after.headers) {
    return patch;
  }
  for (const auto& header : after.headers) {
    if (ValuesOf(before, header.first) != ValuesOf(after, header.first)) {
      patch.headers.push_back(header);
    }
  }
  return patch;
}

OrderedJson PatchToJson(const Patch& patch) {
  OrderedJson out = OrderedJson::object();
  if (patch.recipients) {
    out["recipients"] = {{"to", Strings(patch.recipients->to)},
                         {"cc", Strings(patch.recipients->cc)},
                         {"bcc", Strings(patch.recipients->bcc)}};
  }
  if (patch.from) {
    out["from"] = *patch.from;
  }
  if (patch.subject) {
    out["subject"] = *patch.subject;
  }
  for (const auto& [form, body] : {std::pair{"text", &patch.body_text}, std::pair{"html", &patch.body_html}}) {
    if (*body) {
      out["body"][form] = **body;
    }
  }
  for (const auto& [name, value] : patch.headers) {
    out["headers"].push_back({{"name", name}, {"value", value}});
  }
  if (!patch.attachments.empty()) {
    out["attachments"] = AttachmentsToJson(patch.attachments);
  }
  return out;
}

}  // namespace lastlook
