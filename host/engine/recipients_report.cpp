// SPDX-License-Identifier: MPL-2.0
#include "engine/recipients_report.h"

#include <utility>

namespace lastlook {

std::vector<VerdictRecipient> ReportRecipients(const MailView& mail, const OrganisationNames& organisations) {
  const auto& contacts = mail.context().contacts;
  const History* history = mail.context().history.get();
  const RecipientSet& inside = mail.inside();
  const RecipientSet& known = mail.OfKnown();
  const auto& recipients = mail.draft().recipients;
  std::vector<VerdictRecipient> report(recipients.size());
  for (std::size_t i = 0; i < recipients.size(); ++i) {
    const Mailbox& mailbox = recipients[i].mailbox;
    VerdictRecipient& out = report[i];
    out.id = recipients[i].Id();
    out.address = mailbox.AddressOrTyped();
    out.name = mailbox.display_name;
    if (!mailbox.address) {
      continue;  // unknown side, no organisation
    }
    out.side = inside.Has(i) ? Side::kInside : Side::kOutside;
    out.known = known.Has(i);
    const auto contact = contacts.empty() ? contacts.end() : contacts.find(mail.recipient_keys()[i]);
    const bool is_contact = contact != contacts.end();
    if (out.name.empty() && is_contact) {
      out.name = contact->second.name;
    }
    out.organisation = is_contact && !contact->second.organisation.empty() ? contact->second.organisation
                                                                           : organisations.Of(*mailbox.address);
    // Of a colleague of people in the address book their company is known; at a free-mail provider everybody is alone.
    if (history != nullptr && out.organisation == mailbox.address->domain) {
      if (std::string name = history->OrganisationOf(mailbox.address->domain); !name.empty()) {
        out.organisation = std::move(name);
      }
    }
  }
  return report;
}

}  // namespace lastlook
