// SPDX-License-Identifier: MPL-2.0
#include "engine/verdict.h"

#include <utility>

namespace lastlook {
namespace {

template <typename Items, typename ToJson>
OrderedJson Array(const Items& items, ToJson to_json) {
  OrderedJson::array_t out;
  out.reserve(items.size());
  for (const auto& item : items) {
    out.push_back(to_json(item));
  }
  return out;
}

OrderedJson Strings(const std::vector<std::string>& strings) {
  return Array(strings, [](const std::string& string) { return OrderedJson(string); });
}

OrderedJson RecipientToJson(const VerdictRecipient& recipient) {
  return ObjectBuilder(7)
      .Add("id", recipient.id)
      .Add("address", recipient.address)
      .Add("name", recipient.name)
      .Add("organisation", recipient.organisation)
      .Add("side", SideName(recipient.side))
      .Add("known", recipient.known)
      .Add("rules", Strings(recipient.rules))
      .Take();
}

OrderedJson EvidenceToJson(const VerdictEvidence& evidence) {
  return {{"where", evidence.where},
          {"excerpt", evidence.excerpt},
          {"start", evidence.start},
          {"end", evidence.end},
          {"why", evidence.why}};
}

OrderedJson FindingToJson(const Finding& finding) {
  OrderedJson out = {{"rule", finding.rule},
                     {"mode", ModeName(finding.mode)},
                     {"condition", finding.condition},
                     {"title", finding.title},
                     {"message", finding.message},
                     {"on", finding.on_result ? "result" : "draft"},
                     {"evidence", Array(finding.evidence, EvidenceToJson)},
                     {"evidence_total", finding.evidence_total},
                     {"fixes", Array(finding.fixes, [](const Fix& fix) {
                        return OrderedJson{{"id", fix.id}, {"label", fix.label}};
                      })}};
  if (!finding.help.empty()) {
    out["help"] = finding.help;
  }
  return out;
}

OrderedJson ResultToJson(const Draft& result) {
  OrderedJson::array_t fields[3];
  for (const Recipient& recipient : result.recipients) {
    fields[static_cast<int>(recipient.field)].push_back(recipient.mailbox.AddressOrTyped());
  }
  return ObjectBuilder(5)
      .Add("to", std::move(fields[0]))
      .Add("cc", std::move(fields[1]))
      .Add("bcc", std::move(fields[2]))
      .Add("attachments", Array(result.attachments, [](const Part& part) { return OrderedJson(part.name); }))
      .Add("extra_mails", OrderedJson::array())
      .Take();
}

}  // namespace

std::string_view DispositionName(Disposition disposition) {
  switch (disposition) {
    case Disposition::kAllow:
      return "allow";
    case Disposition::kModify:
      return "modify";
    case Disposition::kDelay:
      return "delay";
    case Disposition::kBlock:
      return "block";
  }
  return "block";
}

std::string_view SideName(Side side) {
  return side == Side::kInside ? "inside" : side == Side::kOutside ? "outside" : "unknown";
}

OrderedJson VerdictToJson(const Verdict& verdict) {
  return ObjectBuilder(12)
      .Add("disposition", DispositionName(verdict.disposition))
      .Add("needs", Strings(verdict.needs))
      .Add("hold_seconds", verdict.hold_seconds)
      .Add("recipients", Array(verdict.recipients, RecipientToJson))
      .Add("acknowledge", Strings(verdict.acknowledge))
      .Add("pending", Strings(verdict.pending))
      .Add("findings", Array(verdict.findings, FindingToJson))
      .Add("simulated", Strings(verdict.simulated))
      .Add("obligations", Array(verdict.obligations,
                                [](const VerdictObligation& obligation) {
                                  return OrderedJson{{"kind", obligation.kind},
                                                     {"by", obligation.by},
                                                     {"params", OrderedJson(obligation.params)}};
                                }))
      .Add("result", ResultToJson(verdict.result))
      .Add("policy", {{"id", verdict.policy_id}, {"serial", verdict.policy_serial}, {"sha256", verdict.policy_sha256}})
      .Add("digest", verdict.digest)
      .Take();
}

}  // namespace lastlook
