// SPDX-License-Identifier: MPL-2.0
#include "engine/recipients_report.h"

#include <string>

#include "policy/organisations.h"

namespace lastlook {
namespace {

class Reporter {
 public:
  explicit Reporter(const MailView& mail) : mail_(mail), organisations_(mail.policy()) {}

  VerdictRecipient Report(const Recipient& recipient, const std::string& key) {
    VerdictRecipient out;
    out.id = recipient.Id();
    out.address = recipient.mailbox.AddressOrTyped();
    out.name = recipient.mailbox.display_name;
    if (!recipient.mailbox.address) {
      return out;  // unknown side, no organisation
    }
    const Context& context = mail_.context();
    const auto contact = context.contacts.find(key);
    const bool is_contact = contact != context.contacts.end();
    if (out.name.empty() && is_contact) {
      out.name = contact->second.name;
    }
    out.side = mail_.IsInside(recipient.mailbox) ? Side::kInside : Side::kOutside;
    out.known = mail_.Known(recipient.mailbox);
    out.organisation = is_contact && !contact->second.organisation.empty()
                           ? contact->second.organisation
                           : organisations_.Of(*recipient.mailbox.address);
    return out;
  }

 private:
  const MailView& mail_;
  OrganisationNames organisations_;
};

}  // namespace

std::vector<VerdictRecipient> ReportRecipients(const MailView& mail) {
  Reporter reporter(mail);
  std::vector<VerdictRecipient> out;
  const auto& recipients = mail.draft().recipients;
  out.reserve(recipients.size());
  for (std::size_t i = 0; i < recipients.size(); ++i) {
    out.push_back(reporter.Report(recipients[i], mail.recipient_keys()[i]));
  }
  return out;
}

}  // namespace lastlook
