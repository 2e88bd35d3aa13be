// SPDX-License-Identifier: MPL-2.0
#include "cli/recipient_changes.h"

#include <gtest/gtest.h>

#include <string>

#include "mail/address_parser.h"

namespace lastlook {
namespace {

Draft DraftTo(std::string_view to, std::string_view cc, std::string_view bcc) {
  Draft draft;
  draft.SetRecipients(ParseAddressList(to), ParseAddressList(cc), ParseAddressList(bcc));
  return draft;
}

std::string Rendered(const Draft& before, const Draft& after) {
  std::string out;
  for (const RecipientChange& change : RecipientChanges(before, after)) {
    out += change.from ? std::string(RecipientFieldName(*change.from)) : "-";
    out += ">";
    out += change.to ? std::string(RecipientFieldName(*change.to)) : "-";
    out += " " + change.mailbox + "\n";
  }
  return out;
}

TEST(RecipientChanges, TellsAddedMovedAndRemovedApart) {
  EXPECT_EQ(Rendered(DraftTo("a@x.example, b@x.example", "c@x.example", ""),
                     DraftTo("a@x.example", "", "c@x.example, audit@y.example")),
            "cc>bcc c@x.example\n"
            "->bcc audit@y.example\n"
            "to>- b@x.example\n");
}

TEST(RecipientChanges, ComparesAddressesNotNames) {
  EXPECT_EQ(Rendered(DraftTo("Ito <ITO@x.example>", "", ""), DraftTo("ito@X.example", "", "")), "");
}

TEST(RecipientChanges, SeesOneOfTwoEqualOnesGo) {
  EXPECT_EQ(Rendered(DraftTo("a@x.example, a@x.example", "", ""), DraftTo("a@x.example", "", "")),
            "to>- a@x.example\n");
}

TEST(RecipientChanges, KeepsWhatCannotBeParsed) {
  EXPECT_EQ(Rendered(DraftTo("Sales team", "", ""), DraftTo("Sales team", "", "")), "");
}

}  // namespace
}  // namespace lastlook
