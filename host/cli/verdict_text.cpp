// SPDX-License-Identifier: MPL-2.0
#include "cli/verdict_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/terminal_text.h"
#include "cli/recipient_changes.h"

namespace lastlook {
namespace {

// More than this says no more to a reader; --format json has everything.
constexpr std::size_t kShownRecipients = 20;
constexpr std::size_t kShownOfOrganisation = 5;
constexpr std::size_t kShownEvidence = 5;
constexpr std::size_t kMailboxColumns = 56;
constexpr std::size_t kShortestName = 12;
constexpr std::size_t kExcerptColumns = 64;

constexpr std::string_view kIndent = "  ";
constexpr std::string_view kMark = "[ ] ";
constexpr std::string_view kNoMark = "    ";
constexpr std::string_view kOrganisationTick = "organisation:";

// Between two columns.
std::string Gap() {
  return std::string(kIndent);
}

std::string Shown(const std::string& text) {
  return CutToWidth(PrintableLine(text), kExcerptColumns);
}

std::string FieldLabel(RecipientField field, const Texts& texts) {
  switch (field) {
    case RecipientField::kTo:
      return texts("label.to");
    case RecipientField::kCc:
      return texts("label.cc");
    case RecipientField::kBcc:
      return texts("label.bcc");
  }
  return "";
}

std::string Wait(int seconds, const Texts& texts) {
  const bool minutes = seconds % 60 == 0 && seconds > 0;
  const int count = minutes ? seconds / 60 : seconds;
  if (count == 1) {
    return texts(minutes ? "wait.minute" : "wait.second");
  }
  return texts(minutes ? "wait.minutes" : "wait.seconds", {{"count", std::to_string(count)}});
}

bool Needs(const Verdict& verdict, std::string_view need) {
  return std::find(verdict.needs.begin(), verdict.needs.end(), need) != verdict.needs.end();
}

std::string FileSize(std::uint64_t bytes) {
  if (bytes < 1024) {
    return std::to_string(bytes) + " B";
  }
  if (bytes < 1024 * 1024) {
    return std::to_string((bytes + 512) / 1024) + " KB";
  }
  return std::to_string((bytes + 512 * 1024) / (1024 * 1024)) + " MB";
}

class Writer {
 public:
  Writer(const VerdictReport& report, const Texts& texts, const Style& style)
      : draft_(report.draft),
        verdict_(report.verdict),
        history_known_(report.history_known),
        texts_(texts),
        style_(style),
        acknowledge_(report.verdict.acknowledge.begin(), report.verdict.acknowledge.end()) {}

  std::string Write(const std::string& mail) {
    const auto [headline, ink] = VerdictHeadline(verdict_, texts_);
    out_ += style_(ink, "\u25A0 " + headline) + Gap() + style_(Ink::kBold, PrintableLine(mail)) + "\n";
    Head();
    Recipients();
    Attachments();
    Findings();
    Asks();
    Changes();
    Trials();
    return std::move(out_);
  }

 private:
  void Line(std::size_t depth, const std::string& text) {
    for (std::size_t i = 0; i < depth; ++i) {
      out_ += kIndent;
    }
    out_ += text + "\n";
  }

  std::string Mark(const std::string& id) const { return std::string(acknowledge_.contains(id) ? kMark : kNoMark); }

  void Head() {
    const std::string from = draft_.from ? draft_.from->ToString() : texts_("none.from");
    const std::string subject = draft_.subject.empty() ? texts_("none.subject") : draft_.subject;
    const std::array<std::array<std::string, 3>, 2> rows = {
        {{"from", texts_("label.from"), from}, {"subject", texts_("label.subject"), subject}}};
    const std::size_t width = std::max(DisplayWidth(rows[0][1]), DisplayWidth(rows[1][1]));
    for (const auto& [id, label, value] : rows) {
      const std::string mark = acknowledge_.contains(id) ? std::string(kMark) : "";
      Line(1, mark + style_(Ink::kDim, PadToWidth(label, width)) + Gap() + PrintableLine(value));
    }
  }

  void Recipients() {
    if (verdict_.recipients.empty()) {
      Line(1, texts_("none.recipients"));
      return;
    }
    SideOf(Side::kOutside, "side.outside");
    SideOf(Side::kUnknown, "side.unknown");
    SideOf(Side::kInside, "side.inside");
  }

  // The recipients of one side, those of one organisation together.
  void SideOf(Side side, std::string_view heading) {
    std::vector<const VerdictRecipient*> rows;
    std::unordered_map<std::string, std::size_t> first_seen;  // by organisation
    for (const VerdictRecipient& recipient : verdict_.recipients) {
      if (recipient.side == side) {
        rows.push_back(&recipient);
        first_seen.emplace(recipient.organisation, first_seen.size());
      }
    }
    if (rows.empty()) {
      return;
    }
    std::stable_sort(rows.begin(), rows.end(), [&](const VerdictRecipient* a, const VerdictRecipient* b) {
      return first_seen.at(a->organisation) < first_seen.at(b->organisation);
    });
    Line(1, SideMark(side) + style_(Ink::kBold, texts_(heading, {{"count", std::to_string(rows.size())}})));
    if (!TickedByOrganisation()) {
      Rows({rows.begin(), rows.end()}, kShownRecipients);
      return;
    }
    for (auto begin = rows.begin(); begin != rows.end();) {
      const std::string& organisation = (*begin)->organisation;
      const auto end = std::find_if(begin, rows.end(),
                                    [&](const VerdictRecipient* row) { return row->organisation != organisation; });
      if (acknowledge_.contains(std::string(kOrganisationTick) + organisation)) {
        Line(2, std::string(kMark) + style_(Ink::kBold, PrintableLine(organisation)));
      }
      Rows({begin, end}, kShownOfOrganisation);
      begin = end;
    }
  }

  // Many recipients are ticked together (engine/acknowledge.h).
  bool TickedByOrganisation() const {
    const auto at = acknowledge_.lower_bound(std::string(kOrganisationTick));
    return at != acknowledge_.end() && at->substr(0, kOrganisationTick.size()) == kOrganisationTick;
  }

  // The tick for a whole side, before the first heading that it is about.
  std::string SideMark(Side side) {
    const bool wanted =
        acknowledge_.contains("everybody") || (acknowledge_.contains("outside") && side != Side::kInside);
    return wanted && !std::exchange(side_marked_, true) ? std::string(kMark) : "";
  }

  void Rows(std::span<const VerdictRecipient* const> rows, std::size_t most) {
    const std::size_t shown = std::min(rows.size(), most);
    std::size_t field_width = 0;
    std::size_t mailbox_width = 0;
    for (const VerdictRecipient* recipient : rows.first(shown)) {
      field_width = std::max(field_width, DisplayWidth(FieldOf(*recipient)));
      mailbox_width = std::max(mailbox_width, DisplayWidth(MailboxOf(*recipient)));
    }
    for (const VerdictRecipient* recipient : rows.first(shown)) {
      std::string line = Mark(recipient->id) + PadToWidth(FieldOf(*recipient), field_width) + Gap() +
                         PadToWidth(MailboxOf(*recipient), mailbox_width);
      // A domain that stands in the address already says nothing new.
      if (recipient->address.find(recipient->organisation) == std::string::npos) {
        line += Gap() + style_(Ink::kDim, Shown(recipient->organisation));
      }
      if (history_known_ && !recipient->known) {
        line += Gap() + style_(Ink::kYellow, texts_("recipient.first_time"));
      }
      Line(2, line.substr(0, line.find_last_not_of(' ') + 1));
    }
    More(2, rows.size() - shown);
  }

  void More(std::size_t depth, std::size_t count) {
    if (count > 0) {
      Line(depth, std::string(kNoMark) + texts_("more", {{"count", std::to_string(count)}}));
    }
  }

  std::string FieldOf(const VerdictRecipient& recipient) const {
    const std::optional<RecipientField> field = RecipientFieldFromName(recipient.id.substr(0, recipient.id.find('[')));
    return field ? FieldLabel(*field, texts_) : recipient.id;
  }

  // Only a name is ever cut: the end of an address is what tells one domain from another.
  static std::string MailboxOf(const VerdictRecipient& recipient) {
    const std::string address = PrintableLine(recipient.address);
    // What could not be parsed holds its name already.
    if (recipient.name.empty() || recipient.side == Side::kUnknown) {
      return address;
    }
    const std::size_t taken = DisplayWidth(address) + 3;
    const std::size_t room = std::max(kShortestName, kMailboxColumns - std::min(kMailboxColumns, taken));
    return CutToWidth(PrintableLine(recipient.name), room) + " <" + address + ">";
  }

  void Attachments() {
    if (draft_.attachments.empty()) {
      return;
    }
    Line(1, style_(Ink::kBold, texts_("heading.attachments", {{"count", std::to_string(draft_.attachments.size())}})));
    const std::size_t shown = std::min(draft_.attachments.size(), kShownRecipients);
    for (std::size_t i = 0; i < shown; ++i) {
      const Part& part = draft_.attachments[i];
      const std::string size = part.size_bytes ? Gap() + style_(Ink::kDim, FileSize(*part.size_bytes)) : "";
      Line(2, Mark("attachments[" + std::to_string(i) + "]") + NameOf(part) + size);
    }
    More(2, draft_.attachments.size() - shown);
  }

  std::string NameOf(const Part& part) const { return part.name.empty() ? texts_("none.name") : Shown(part.name); }

  void Findings() {
    if (verdict_.findings.empty()) {
      return;
    }
    Line(1, style_(Ink::kBold, texts_("heading.why")));
    for (const Finding& finding : verdict_.findings) {
      const std::string title = PrintableLine(finding.title.empty() ? finding.message : finding.title);
      std::string about = texts_("finding.rule", {{"rule", PrintableLine(finding.rule)}});
      if (finding.on_result) {
        about += ", " + texts_("finding.on_result");
      }
      Line(2, style_(ModeInk(finding.mode), "[" + ModeLabel(finding.mode, texts_) + "]") + " " + title + Gap() +
                  style_(Ink::kDim, "(" + about + ")"));
      if (!finding.message.empty() && finding.message != finding.title) {
        Line(3, PrintableLine(finding.message));
      }
      Evidence(finding);
      for (const Fix& fix : finding.fixes) {
        Line(3, "\u2192 " + texts_("finding.fix", {{"label", PrintableLine(fix.label)}}));
      }
      if (!finding.help.empty()) {
        Line(3, texts_("finding.help", {{"address", PrintableLine(finding.help)}}));
      }
    }
  }

  // Several rules often rest on the same recipients: what was told once is only counted the next time.
  void Evidence(const Finding& finding) {
    std::size_t told = 0;
    std::size_t shown = 0;
    for (const VerdictEvidence& evidence : finding.evidence) {
      const std::string text = EvidenceText(evidence);
      if (told_.contains(text)) {
        ++told;
      } else if (shown < kShownEvidence) {
        Line(3, "\u2022 " + text);
        told_.insert(text);
        ++shown;
      }
    }
    if (told > 0) {
      Line(3, "\u2022 " + texts_("finding.as_above", {{"count", std::to_string(told)}}));
    }
    if (finding.evidence_total > shown + told) {
      Line(3, "\u2022 " + texts_("more", {{"count", std::to_string(finding.evidence_total - shown - told)}}));
    }
  }

  std::string EvidenceText(const VerdictEvidence& evidence) const {
    std::string what = PrintableLine(evidence.why);
    if (what.find(PrintableLine(evidence.excerpt)) == std::string::npos) {
      what = Shown(evidence.excerpt) + (what.empty() ? "" : " \u2013 " + what);
    }
    return texts_("finding.evidence", {{"where", evidence.place.empty() ? WhereLabel(evidence.where, texts_)
                                                                        : PrintableLine(evidence.place)},
                                       {"what", what}});
  }

  void Asks() {
    // A mail that is stopped asks for nothing: the sender mends it and tries again.
    if (verdict_.needs.empty() || verdict_.disposition == Disposition::kBlock) {
      return;
    }
    Line(1, style_(Ink::kBold, texts_("heading.asks")));
    for (const std::string& need : verdict_.needs) {
      Line(2, "\u2022 " + AskText(need));
    }
  }

  std::string AskText(const std::string& need) const {
    if (need == "confirm") {
      const std::size_t ticks = verdict_.acknowledge.size();
      return ticks == 0 ? texts_("ask.confirm") : texts_("ask.tick", {{"count", std::to_string(ticks)}});
    }
    if (need == "justify") {
      return texts_("ask.justify");
    }
    if (need == "approve") {
      return texts_("ask.approve");
    }
    if (need == "type_count") {
      return texts_("ask.type_count");
    }
    return need == "retype_names" ? texts_("ask.retype_names") : PrintableLine(need);
  }

  void Changes() {
    const std::vector<RecipientChange> changes = RecipientChanges(draft_, verdict_.result);
    if ((changes.empty() && verdict_.changes.empty() && verdict_.hold_seconds == 0 && !HasProblem(verdict_)) ||
        verdict_.disposition == Disposition::kBlock) {
      return;
    }
    Line(1, style_(Ink::kBold, texts_("heading.changes")) + Gap() + style_(Ink::kDim, RulesOfObligations()));
    for (std::size_t i = 0; i < std::min(changes.size(), kShownRecipients); ++i) {
      const RecipientChange& change = changes[i];
      std::string line = !change.from ? "+ " : !change.to ? "\u2212 " : "\u2192 ";
      if (change.from) {
        line += FieldLabel(*change.from, texts_);
      }
      if (change.from && change.to) {
        line += " \u2192 ";
      }
      if (change.to) {
        line += FieldLabel(*change.to, texts_);
      }
      Line(2, line + Gap() + PrintableLine(change.mailbox));
    }
    More(2, changes.size() - std::min(changes.size(), kShownRecipients));
    for (const VerdictChange& change : verdict_.changes) {
      Line(2, "+ " + PrintableLine(change.label) + Gap() + PrintableLine(change.text));
    }
    for (const VerdictObligation& obligation : verdict_.obligations) {
      if (!obligation.problem.empty()) {
        Line(2, "! " + PrintableLine(obligation.problem));
      }
    }
    if (verdict_.hold_seconds > 0) {
      Line(2, "\u2022 " + texts_("change.hold", {{"wait", Wait(verdict_.hold_seconds, texts_)}}));
    }
  }

  // "(by rule audit-copy, hold-outside)"; "" when no obligation says by whom.
  std::string RulesOfObligations() const {
    std::vector<std::string> rules;
    for (const VerdictObligation& obligation : verdict_.obligations) {
      if (std::find(rules.begin(), rules.end(), obligation.by) == rules.end()) {
        rules.push_back(obligation.by);
      }
    }
    std::string joined;
    for (const std::string& rule : rules) {
      joined += (joined.empty() ? "" : ", ") + PrintableLine(rule);
    }
    return joined.empty() ? "" : "(" + texts_("change.by", {{"rule", joined}}) + ")";
  }

  void Trials() {
    if (verdict_.simulated.empty()) {
      return;
    }
    std::string joined;
    for (const std::string& rule : verdict_.simulated) {
      joined += (joined.empty() ? "" : ", ") + PrintableLine(rule);
    }
    Line(1, style_(Ink::kDim, texts_("heading.trial", {{"rules", joined}})));
  }

  const Draft& draft_;
  const Verdict& verdict_;
  bool history_known_;
  const Texts& texts_;
  const Style& style_;
  std::set<std::string> acknowledge_;
  std::set<std::string> told_;  // evidence, as text
  bool side_marked_ = false;
  std::string out_;
};

}  // namespace

std::pair<std::string, Ink> VerdictHeadline(const Verdict& verdict, const Texts& texts) {
  const bool asks = !verdict.needs.empty();
  switch (verdict.disposition) {
    case Disposition::kAllow:
      return {texts(asks ? "verdict.allow.ask" : "verdict.allow"), asks ? Ink::kYellow : Ink::kGreen};
    case Disposition::kModify:
      return {texts(asks ? "verdict.modify.ask" : "verdict.modify"), asks ? Ink::kYellow : Ink::kCyan};
    case Disposition::kDelay:
      if (Needs(verdict, "approve")) {
        return {texts("verdict.delay.approve"), Ink::kYellow};
      }
      return {texts(asks ? "verdict.delay.ask" : "verdict.delay", {{"wait", Wait(verdict.hold_seconds, texts)}}),
              Ink::kYellow};
    case Disposition::kBlock:
      return {texts("verdict.block"), Ink::kRed};
  }
  return {texts("verdict.block"), Ink::kRed};
}

Ink ModeInk(Mode mode) {
  return mode == Mode::kBlock ? Ink::kRed : mode == Mode::kWarn ? Ink::kCyan : Ink::kYellow;
}

std::string ModeLabel(Mode mode, const Texts& texts) {
  switch (mode) {
    case Mode::kWarn:
      return texts("mode.warn");
    case Mode::kConfirm:
      return texts("mode.confirm");
    case Mode::kJustify:
      return texts("mode.justify");
    case Mode::kHold:
      return texts("mode.hold");
    case Mode::kApprove:
      return texts("mode.approve");
    case Mode::kBlock:
      return texts("mode.block");
    case Mode::kOff:
    case Mode::kSimulate:
      break;
  }
  return std::string(ModeName(mode));
}

std::string WhereLabel(const std::string& where, const Texts& texts) {
  const std::string stem = where.substr(0, where.find_first_of("[."));
  if (const std::optional<RecipientField> field = RecipientFieldFromName(stem)) {
    return FieldLabel(*field, texts);
  }
  if (stem == "subject") {
    return texts("label.subject");
  }
  if (stem == "body") {
    return texts("label.body");
  }
  if (stem == "from") {
    return texts("label.from");
  }
  return stem == "attachments" ? texts("label.attachment") : PrintableLine(where);
}

std::string DescribeVerdict(const VerdictReport& report, const Texts& texts, const Style& style) {
  return Writer(report, texts, style).Write(report.mail);
}

}  // namespace lastlook
