// SPDX-License-Identifier: MPL-2.0
// The mail as it is about to leave, independent of any mail client.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mail/mailbox.h"
#include "mail/part.h"
#include "mail/recipient.h"

namespace lastlook {

enum class ComposeKind { kNew, kReply, kReplyAll, kForward, kRedirect, kTemplate, kDraft, kInvitation };

std::string_view ComposeKindName(ComposeKind kind);  // "reply_all"
std::optional<ComposeKind> ComposeKindFromName(std::string_view name);

// The mail that is being answered or forwarded.
struct OriginalMail {
  std::vector<Mailbox> from;
  std::vector<Mailbox> reply_to;
  std::vector<Mailbox> to;
  std::vector<Mailbox> cc;
  bool hidden = false;  // the person writing was among its hidden (Bcc) recipients
};

// Text that was pasted out of another mail.
struct PastedText {
  std::uint64_t length = 0;     // characters (UTF-16 units)
  std::vector<Mailbox> people;  // of that mail: its author and recipients; empty: not known
};

// How the compose window came to be. Absent is not empty: what is not known is not held against the mail.
struct ComposeFacts {
  std::optional<ComposeKind> kind;
  std::optional<std::vector<Mailbox>> initial_recipients;
  std::optional<OriginalMail> original;
  std::optional<std::vector<PastedText>> pasted;
};

struct Body {
  std::optional<std::string> text;  // UTF-8
  std::optional<std::string> html;  // UTF-8
};

struct Draft {
  std::optional<Mailbox> from;
  std::vector<Recipient> recipients;  // To, then Cc, then Bcc, each in order
  std::vector<Mailbox> reply_to;
  std::string subject;
  Body body;
  std::vector<Part> attachments;
  std::vector<std::pair<std::string, std::string>> headers;  // further header fields, in order, as written
  ComposeFacts compose;

  std::vector<const Recipient*> InField(RecipientField field) const;
  // Behind the last recipient of that field.
  void AddRecipient(RecipientField field, Mailbox mailbox);
  // Replaces the three fields and numbers them anew.
  void SetRecipients(std::vector<Mailbox> to, std::vector<Mailbox> cc, std::vector<Mailbox> bcc);
};

}  // namespace lastlook
