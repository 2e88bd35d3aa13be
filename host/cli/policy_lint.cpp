// SPDX-License-Identifier: MPL-2.0
#include "cli/policy_lint.h"

#include <array>
#include <cstdint>
#include <utility>

#include "base/terminal_text.h"
#include "cli/policy_input.h"
#include "engine/prepared_policy.h"
#include "policy/read_policy.h"

namespace lastlook {
namespace {

// The languages in which every person meets Lastlook.
constexpr std::array<const char*, 3> kLanguages = {"ja", "en", "zh"};

Error FindingAt(const Origin& origin, std::string pointer, std::string message, std::string remedy) {
  Error finding{ErrorCode::kPolicyRefused, std::move(message), std::move(remedy), std::move(pointer)};
  return AtOrigin(std::move(finding), origin);
}

void LintInside(const Policy& policy, std::vector<Error>* findings) {
  const PolicyList* inside = policy.FindList("internal");
  if (inside == nullptr || inside->entries.empty()) {
    Error finding{ErrorCode::kPolicyRefused, "the list \"internal\" is empty, so every recipient is outside",
                  "name your own domains, for example \"lists\": {\"internal\": [\"kodama.example.jp\"]}", ""};
    findings->push_back(std::move(finding));
    return;
  }
  const PolicyList* free_mail = policy.FindList("free-mail");
  if (free_mail == nullptr) {
    return;
  }
  for (const std::string& entry : inside->entries) {
    const std::size_t at = entry.rfind('@');
    if (at != std::string::npos && entry.substr(0, at) != "*") {
      continue;  // one person's address at a free-mail provider may be inside
    }
    std::string domain = at == std::string::npos ? entry : entry.substr(at + 1);
    if (domain.substr(0, 2) == "*.") {
      domain.erase(0, 2);
    }
    if (free_mail->patterns.Matches(AddrSpec{"anybody", NormalizeDomain(domain)})) {
      findings->push_back(FindingAt(
          inside->origin, "", "\"" + entry + "\" in \"internal\" is a free-mail provider: anybody has an address there",
          "name the addresses of your own people instead"));
    }
  }
}

void LintRule(const Rule& rule, const Timestamp& now, std::vector<Error>* findings) {
  if (rule.mode == Mode::kOff) {
    findings->push_back(
        FindingAt(rule.origin, "", "the rule \"" + rule.id + "\" is off and never matches",
                  "set another mode, or remove the rule if it is not meant to switch off a lower layer's"));
  }
  if (rule.scope && rule.scope->until && rule.scope->until->unix_seconds <= now.unix_seconds) {
    findings->push_back(FindingAt(rule.scope->origin, "/until",
                                  "the rule \"" + rule.id + "\" ended at " +
                                      FormatTimestamp(rule.scope->until->unix_seconds) + " and matches no more",
                                  "remove the rule, or move the date"));
  }
  if (rule.scope && rule.scope->from && rule.scope->until &&
      rule.scope->from->unix_seconds >= rule.scope->until->unix_seconds) {
    findings->push_back(FindingAt(rule.scope->origin, "/from",
                                  "the rule \"" + rule.id + "\" begins after it has ended and never matches",
                                  "put \"from\" before \"until\""));
  }
  if (rule.message.empty()) {
    return;
  }
  for (const char* language : kLanguages) {
    if (!rule.message.by_language().contains(language)) {
      findings->push_back(FindingAt(rule.origin, "/message",
                                    "the message of the rule \"" + rule.id + "\" has no text in \"" + language + "\"",
                                    "add one, or people with that language read another"));
    }
  }
}

}  // namespace

std::vector<Error> LintFindings(const Policy& policy, const Timestamp& now) {
  std::vector<Error> findings;
  LintInside(policy, &findings);
  for (const Rule& rule : policy.rules) {
    LintRule(rule, now, &findings);
  }
  for (const Exemption& exemption : policy.exemptions) {
    if (exemption.until && exemption.until->unix_seconds <= now.unix_seconds) {
      findings.push_back(
          FindingAt(exemption.origin, "/until",
                    "the exemption \"" + exemption.id + "\" ended at " + FormatTimestamp(exemption.until->unix_seconds),
                    "remove it, or move the date"));
    }
  }
  return findings;
}

int RunPolicyLint(const PolicyLintOptions& options, const Streams& streams) {
  const auto refuse = [&streams](const Error& error) {
    Complain(error, streams);
    return kExitPolicyRefused;
  };
  const Result<PolicyLayers> layers = ReadPolicyInForce(options.files, options.with_built_in);
  if (!layers) {
    return refuse(layers.error());
  }
  const Result<Policy> policy = ReadPolicy(*layers, KnownVocabulary());
  if (!policy) {
    return refuse(policy.error());
  }
  const std::vector<Error> findings = LintFindings(*policy, SystemNow());
  for (const Error& finding : findings) {
    streams.out << PrintableLine(DescribeError(finding)) << "\n";
  }
  const std::size_t layer_count = layers->size();
  streams.out << "policy \"" << PrintableLine(policy->id) << "\", serial " << policy->serial << ": " << layer_count
              << (layer_count == 1 ? " layer, " : " layers, ") << policy->rules.size()
              << (policy->rules.size() == 1 ? " rule, " : " rules, ") << findings.size()
              << (findings.size() == 1 ? " finding" : " findings") << "\n";
  return findings.empty() ? kExitOk : kExitFindings;
}

}  // namespace lastlook
