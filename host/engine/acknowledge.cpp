// SPDX-License-Identifier: MPL-2.0
#include "engine/acknowledge.h"

#include <algorithm>
#include <unordered_set>

#include "base/text_fold.h"
#include "mail/body_text.h"

namespace lastlook {
namespace {

bool IsAsked(const VerdictRecipient& recipient, const Settings& settings) {
  return settings.confirm_ticks == "all" || (settings.confirm_ticks == "outside" && recipient.side != Side::kInside);
}

}  // namespace

Ticks TicksFor(const std::vector<VerdictRecipient>& recipients, const Settings& settings) {
  Ticks ticks;
  std::vector<std::string> organisations;
  std::unordered_set<std::string> seen;
  for (const VerdictRecipient& recipient : recipients) {
    if (!IsAsked(recipient, settings)) {
      continue;
    }
    ticks.ids.push_back(recipient.id);
    // What could not be parsed has no organisation and keeps its own tick.
    std::string id = recipient.organisation.empty() ? recipient.id : "organisation:" + recipient.organisation;
    if (seen.insert(id).second) {
      organisations.push_back(std::move(id));
    }
  }
  if (ticks.ids.size() <= kMostSingleTicks) {
    return ticks;
  }
  if (organisations.size() <= kMostOrganisationTicks) {
    ticks.ids = std::move(organisations);
    return ticks;
  }
  return Ticks{{settings.confirm_ticks == "all" ? "everybody" : "outside"}, true};
}

std::vector<std::string> MailTicks(const Draft& draft, const Settings& settings) {
  std::vector<std::string> ids;
  if (settings.confirm_tick_sender) {
    ids.emplace_back("sender");
  }
  if (settings.confirm_tick_subject && !TrimSpace(draft.subject).empty()) {
    ids.emplace_back("subject");
  }
  const std::vector<NamedText> body = BodyTexts(draft);
  const auto says_something = [](const NamedText& text) { return !TrimSpace(text.text).empty(); };
  if (settings.confirm_tick_body && std::any_of(body.begin(), body.end(), says_something)) {
    ids.emplace_back("body");
  }
  if (!settings.confirm_tick_attachments) {
    return ids;
  }
  if (draft.attachments.size() > kMostSingleTicks) {
    ids.emplace_back("attachments");
    return ids;
  }
  for (std::size_t i = 0; i < draft.attachments.size(); ++i) {
    ids.push_back("attachments[" + std::to_string(i) + "]");
  }
  return ids;
}

}  // namespace lastlook
