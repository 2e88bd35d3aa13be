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

OrderedJson Strings(const std::vector<std::string>& strings) {
  OrderedJson out = OrderedJson::array();
  for (const std::string& string : strings) {
    out.push_back(string);
  }
  return out;
}

}  // namespace

bool Patch::empty() const {
  return !recipients && !from && !subject && !body_text && !body_html && headers.empty();
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
  return out;
}

}  // namespace lastlook
