// SPDX-License-Identifier: MPL-2.0
// A verdict in words, for people at a terminal.
#pragma once

#include <string>
#include <utility>

#include "cli/style.h"
#include "cli/texts.h"
#include "engine/verdict.h"
#include "mail/draft.h"

namespace lastlook {

struct VerdictReport {
  const std::string& mail;  // as its reader knows it: a file name
  const Draft& draft;       // as it was judged: lists expanded
  const Verdict& verdict;
  bool history_known = false;  // only then does "first mail to this address" mean anything
};

// The verdict in one line, and its colour.
std::pair<std::string, Ink> VerdictHeadline(const Verdict& verdict, const Texts& texts);

// A mode in words, and its colour.
std::string ModeLabel(Mode mode, const Texts& texts);
Ink ModeInk(Mode mode);

// "to[0]", "subject", "body.html", "attachments[1]" … in words.
std::string WhereLabel(const std::string& where, const Texts& texts);

// A block of lines: what happens to the mail, to whom it goes, why, what the sender has to do, what is changed.
std::string DescribeVerdict(const VerdictReport& report, const Texts& texts, const Style& style);

}  // namespace lastlook
