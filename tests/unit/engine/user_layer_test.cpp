// SPDX-License-Identifier: MPL-2.0
// A user's own file never makes a verdict milder, whatever the organisation says and whatever is sent.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "engine/random_policies.h"
#include "engine/test_policy.h"

namespace lastlook {
namespace {

// A user's file that is mostly allowed: modes of r0…r5 raised, own rules, settings.
std::string UserFile(Maker* maker) {
  const char* modes[] = {"off", "simulate", "warn", "confirm", "justify", "hold", "block"};
  std::string rules;
  for (unsigned i = 0; i < 6; ++i) {
    if (maker->Below(4) == 0) {
      rules += std::string(rules.empty() ? "" : ",") + R"({"id":"r)" + std::to_string(i) + R"(","mode":")" +
               maker->OneOf(modes) + "\"}";
    }
  }
  for (unsigned i = maker->Below(3); i > 0; --i) {
    rules += std::string(rules.empty() ? "" : ",") + R"({"id":"user.)" + std::to_string(i) + R"(","mode":")" +
             maker->OneOf(modes) + R"(","if":)" + maker->Condition(2) +
             (maker->Below(2) == 0 ? R"(,"do":[{"hold":{"minutes":9}}])" : "") + "}";
  }
  const char* settings[] = {R"({"confirm.ticks":"all"})",
                            R"({"confirm.ticks":"none"})",
                            R"({"hold.minutes":30})",
                            R"({"hold.minutes":1})",
                            R"({"confirm.tick_all":false,"confirm.countdown_seconds":9})",
                            R"({"confirm.tick_all":true})",
                            R"({"confirm.countdown_seconds":1})",
                            R"({"confirm.tick_sender":true,"confirm.tick_body":true})"};
  std::string text = R"({"schema":1,"rules":[)" + rules + "]";
  if (maker->Below(2) == 0) {
    text += std::string(R"(,"settings":)") + maker->OneOf(settings);
  }
  return text + "}";
}

Result<std::shared_ptr<const PreparedPolicy>> Layered(const std::string& base, const std::string& user) {
  return PreparedPolicy::FromLayers(
      {std::make_shared<PolicySource>(PolicySource{PolicyLayer::kMachine, "base.json", base}),
       std::make_shared<PolicySource>(PolicySource{PolicyLayer::kUser, "user.json", user})});
}

// The recipients that the ticks are about, and the other ticks as they are.
std::set<std::string> Covered(const Verdict& verdict) {
  std::set<std::string> covered;
  for (const std::string& id : verdict.acknowledge) {
    bool about_recipients = false;
    for (const VerdictRecipient& recipient : verdict.recipients) {
      if (id == recipient.id || id == "everybody" || (id == "outside" && recipient.side != Side::kInside) ||
          id == "organisation:" + recipient.organisation) {
        covered.insert(recipient.id);
        about_recipients = true;
      }
    }
    if (!about_recipients) {
      covered.insert(id);
    }
  }
  return covered;
}

void ExpectNotMilder(const Verdict& base, const Verdict& with_user) {
  ASSERT_GE(with_user.disposition, base.disposition);
  // Every finding is still there, and at least as strict. What a blocking rule finds only on the result is not looked
  // for in a mail that is blocked as it is written.
  for (const Finding& finding : base.findings) {
    ASSERT_TRUE((finding.on_result && with_user.disposition == Disposition::kBlock) ||
                std::any_of(with_user.findings.begin(), with_user.findings.end(),
                            [&](const Finding& other) {
                              return other.rule == finding.rule && other.mode >= finding.mode &&
                                     other.evidence_total == finding.evidence_total;
                            }))
        << finding.rule;
  }
  if (with_user.disposition == Disposition::kBlock) {
    return;  // nothing is stricter: the mail does not leave, so nothing else is owed
  }
  ASSERT_GE(with_user.hold_seconds, base.hold_seconds);
  ASSERT_TRUE(!with_user.tick_all || base.tick_all || base.acknowledge.size() < 2);
  ASSERT_GE(with_user.countdown_seconds, base.countdown_seconds);
  for (const std::string& need : base.needs) {
    ASSERT_NE(std::find(with_user.needs.begin(), with_user.needs.end(), need), with_user.needs.end()) << need;
  }
  const std::set<std::string> before = Covered(base);
  const std::set<std::string> after = Covered(with_user);
  ASSERT_TRUE(std::includes(after.begin(), after.end(), before.begin(), before.end()));
  for (const VerdictObligation& obligation : base.obligations) {
    ASSERT_TRUE(std::any_of(with_user.obligations.begin(), with_user.obligations.end(),
                            [&](const VerdictObligation& other) {
                              return other.kind == obligation.kind && other.by == obligation.by &&
                                     other.params == obligation.params;
                            }))
        << obligation.kind;
  }
}

TEST(UserLayer, NeverMakesAVerdictMilder) {
  Maker maker(20261124);
  int stricter = 0;
  int refused = 0;
  for (int round = 0; round < 3000; ++round) {
    const std::string base_text = maker.Policy();
    const std::string user_text = UserFile(&maker);
    const std::string mail = maker.Mail();
    SCOPED_TRACE(base_text + "\n" + user_text + "\n" + mail);
    const auto base = PolicyFrom(base_text);
    const auto with_user = Layered(base_text, user_text);
    if (!with_user.ok()) {
      ++refused;
      ASSERT_EQ(with_user.error().place.file, "user.json") << DescribeError(with_user.error());
      ASSERT_FALSE(with_user.error().remedy.empty());
      continue;
    }
    const Draft draft = DraftFrom(mail);
    const Verdict before = Evaluate(*base, draft, {}, "en");
    const Verdict after = Evaluate(**with_user, draft, {}, "en");
    ExpectNotMilder(before, after);
    if (HasFatalFailure()) {
      return;
    }
    stricter += after.disposition > before.disposition || after.needs.size() > before.needs.size() ? 1 : 0;
  }
  // The generator reaches both: files that say something, and files that are refused.
  EXPECT_GT(stricter, 200);
  EXPECT_GT(refused, 200);
  EXPECT_LT(refused, 2700);
}

TEST(UserLayer, TheDecisionsStandUnderTheOrganisationsPolicy) {
  const auto policy = Layered(R"({"schema":1,"policy":{"id":"kodama","serial":7}})",
                              R"({"schema":1,"policy":{"id":"mine","serial":9},"settings":{"hold.minutes":9}})");
  ASSERT_TRUE(policy.ok()) << DescribeError(policy.error());
  EXPECT_EQ((*policy)->policy().id, "kodama");
  EXPECT_EQ((*policy)->policy().serial, 7);
  EXPECT_EQ((*policy)->policy().settings.hold_minutes, 9);
}

TEST(Provenance, EachKeyKnowsWhereItWasWritten) {
  const auto policy = Layered(
      R"({"schema":1,"rules":[{"id":"r","mode":"warn","if":{"attachments":{"min":1}},"help":"https://a.example"}],
  "lists":{"partners":["a.example"]},"locked":["hold.*"]})",
      R"({"schema":1,
  "settings":{"confirm.tick_body":true},"rules":[{"id":"r","mode":"confirm"}]})");
  ASSERT_TRUE(policy.ok()) << DescribeError(policy.error());
  const Policy& merged = (*policy)->policy();
  const Rule& rule = merged.rules.at(0);
  EXPECT_EQ(rule.keys.at("mode").source->layer, PolicyLayer::kUser);
  EXPECT_EQ(rule.keys.at("mode").pointer, "/rules/0/mode");
  EXPECT_EQ(rule.keys.at("if").source->layer, PolicyLayer::kMachine);
  EXPECT_EQ(rule.keys.at("help").source->file, "base.json");
  EXPECT_EQ(rule.organisation_mode, Mode::kWarn);
  EXPECT_EQ(merged.setting_origins.at("confirm.tick_body").source->file, "user.json");
  EXPECT_FALSE(merged.setting_origins.contains("hold.minutes"));
  EXPECT_EQ(merged.locked.at(0).origin.pointer, "/locked/0");
  EXPECT_EQ(merged.lists.at("partners").origin.pointer, "/lists/partners");
  EXPECT_EQ(merged.layers.size(), 2U);
}

}  // namespace
}  // namespace lastlook
