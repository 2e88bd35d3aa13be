// SPDX-License-Identifier: MPL-2.0
// What holds for an effect on every mail, on many made at random.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "base/json.h"
#include "effects/registry.h"
#include "mail/draft_json.h"

namespace lastlook {
namespace {

class EffectProperties : public testing::Test {
 protected:
  EffectProperties() {
    for (const auto& [name, entry] : {std::pair{"internal", "in.example"}, std::pair{"free-mail", "free.example"}}) {
      EXPECT_TRUE(policy_.lists[name].patterns.Add(entry).ok());
    }
    policy_.organisations.push_back({"A", {"a.example", "a-group.example"}, {}});
  }

  std::unique_ptr<Effect> Make(const char* name, const std::string& params) const {
    auto made = FindEffect(name)->make(*ParseJson(params), policy_);
    EXPECT_TRUE(made.ok()) << params;
    return std::move(made).value();
  }

  unsigned Below(unsigned limit) { return random_() % limit; }
  template <typename T, std::size_t N>
  const T& OneOf(const T (&items)[N]) {
    return items[Below(N)];
  }

  std::string Recipients() {
    static constexpr const char* kPeople[] = {
        "me@in.example", "b@in.example", "c@a.example",    "D <d@a-group.example>", "e@b.example",
        "E@B.EXAMPLE",   "f@@broken",    "g@free.example", "h@free.example",        "me@free.example"};
    std::string out;
    for (unsigned i = Below(5); i > 0; --i) {
      out += (out.empty() ? "\"" : ",\"") + std::string(OneOf(kPeople)) + "\"";
    }
    return "[" + out + "]";
  }

  Draft RandomDraft() {
    static constexpr const char* kSenders[] = {"me@in.example", "Me <me@free.example>", "?"};
    static constexpr const char* kBodies[] = {
        R"({"text":""})",
        R"({"text":"Hello\n"})",
        R"({"text":"お世話になっております。","html":"<p>お世話になっております。</p>"})",
        R"({"html":"<html><body>您好<br></body></html>"})",
        R"({"html":"<p>x<!--"})",
        R"({"text":"for you & me","html":"<b>x</b></body>"})"};
    const std::string text = std::string(R"({"from":")") + OneOf(kSenders) + R"(","to":)" + Recipients() + R"(,"cc":)" +
                             Recipients() + R"(,"bcc":)" + Recipients() +
                             R"(,"subject":"s","headers":[["x-label","b"],["X-Label","a"]],"body":)" + OneOf(kBodies) +
                             R"(,"compose":{"original":{"from":"e@b.example"}}})";
    return *DraftFromJson(*ParseJson(text));
  }

  static std::string Key(const Mailbox& mailbox) { return mailbox.address ? mailbox.address->Key() : mailbox.typed; }

  static std::map<std::string, int> Counted(const Draft& draft, bool only_bcc) {
    std::map<std::string, int> counted;
    for (const Recipient& recipient : draft.recipients) {
      if (!only_bcc || recipient.field == RecipientField::kBcc) {
        ++counted[Key(recipient.mailbox)];
      }
    }
    return counted;
  }

  Policy policy_;
  std::mt19937 random_{20261124};
};

TEST_F(EffectProperties, TwiceIsOnce) {
  const std::pair<const char*, const char*> effects[] = {
      {"add_bcc", R"(["b@in.example","x@in.example"])"},
      {"add_cc", R"(["x@in.example"])"},
      {"remove_recipients", R"({"in":"free-mail"})"},
      {"move_to_bcc", R"({"not_in":"internal"})"},
      {"move_to_bcc", R"({"not_in":"internal","keep_one_organisation":true})"},
      {"move_to_bcc", R"({"not_in":"internal","in_original":false,"empty_to":"undisclosed"})"},
      {"move_to_bcc", R"({"in":["internal","free-mail"],"empty_to":"b@in.example"})"},
      {"move_to_bcc", R"({"field":["to","cc"]})"},
      {"add_text", R"({"text":{"en":"for you & me","ja":"宛先の方のみ","zh":"仅供收件人"}})"},
      {"add_text", R"({"at":"start","text":"<b>*</b>"})"},
      {"add_header", R"({"name":"X-Label","value":"a"})"}};
  int changed = 0;
  for (const auto& [name, params] : effects) {
    const auto effect = Make(name, params);
    for (int round = 0; round < 500; ++round) {
      const Draft draft = RandomDraft();
      SCOPED_TRACE(std::string(name) + params + "\n" + DumpJson(DraftToJson(draft)));
      if (effect->Problem(draft, {})) {
        continue;
      }
      Draft once = draft;
      effect->Apply({}, &once);
      ASSERT_FALSE(effect->Problem(once, {}).has_value());
      Draft twice = once;
      effect->Apply({}, &twice);
      ASSERT_EQ(DumpJson(DraftToJson(twice)), DumpJson(DraftToJson(once)));
      changed += DumpJson(DraftToJson(once)) != DumpJson(DraftToJson(draft)) ? 1 : 0;
    }
  }
  EXPECT_GT(changed, 2000);
}

TEST_F(EffectProperties, AMoveLosesNobodyAndHidesNobodyTwice) {
  for (const char* params : {R"({"not_in":"internal"})", R"({"not_in":"internal","keep_one_organisation":true})",
                             R"({"not_in":"internal","field":"cc"})", R"({"in":["internal","b.example"]})",
                             R"({"in_original":false,"empty_to":"x@in.example"})"}) {
    const auto effect = Make("move_to_bcc", params);
    for (int round = 0; round < 1000; ++round) {
      const Draft before = RandomDraft();
      Draft after = before;
      effect->Apply({}, &after);
      SCOPED_TRACE(std::string(params) + "\n" + DumpJson(DraftToJson(before)) + "\n" + DumpJson(DraftToJson(after)));
      const auto counted_before = Counted(before, false);
      const auto counted_after = Counted(after, false);
      for (const auto& [key, count] : counted_before) {
        ASSERT_TRUE(counted_after.contains(key)) << key;
        ASSERT_LE(counted_after.at(key), count) << key;
      }
      // Nobody is new but the one who takes the empty place.
      for (const auto& [key, count] : counted_after) {
        ASSERT_TRUE(counted_before.contains(key) || key == "x@in.example" || (before.from && key == Key(*before.from)))
            << key;
      }
      const auto hidden_before = Counted(before, true);
      for (const auto& [key, count] : Counted(after, true)) {
        ASSERT_TRUE(count == 1 || (hidden_before.contains(key) && hidden_before.at(key) >= count)) << key;
      }
      const bool changed = DumpJson(DraftToJson(after)) != DumpJson(DraftToJson(before));
      if (changed && before.from && before.from->address) {
        ASSERT_FALSE(after.InField(RecipientField::kTo).empty());
      }
    }
  }
}

TEST_F(EffectProperties, NobodyIsRemovedSilentlyAndNeverAll) {
  const auto effect = Make("remove_recipients", R"({"not_in":"internal"})");
  int refused = 0;
  for (int round = 0; round < 1000; ++round) {
    const Draft before = RandomDraft();
    if (before.recipients.empty()) {
      continue;
    }
    if (effect->Problem(before, {})) {
      ++refused;
      continue;
    }
    Draft after = before;
    effect->Apply({}, &after);
    ASSERT_FALSE(after.recipients.empty());
    for (const Recipient& recipient : after.recipients) {
      ASSERT_TRUE(recipient.mailbox.address && recipient.mailbox.address->domain == "in.example");
    }
  }
  EXPECT_GT(refused, 50);
}

TEST_F(EffectProperties, FoundMeansThoseAndNobodyElse) {
  const auto remove = Make("remove_recipients", R"({"found":true})");
  const auto move = Make("move_to_bcc", R"({"found":true,"empty_to":"undisclosed"})");
  const std::vector<MeantRecipient> nobody_meant;
  const std::vector<Mailbox> no_senders;
  int removed = 0;
  for (int round = 0; round < 1000; ++round) {
    const Draft before = RandomDraft();
    std::vector<std::size_t> indices;
    std::set<std::pair<RecipientField, std::string>> keys;
    for (std::size_t i = 0; i < before.recipients.size(); ++i) {
      if (random_() % 3 == 0) {
        indices.push_back(i);
        keys.emplace(before.recipients[i].field, Key(before.recipients[i].mailbox));
      }
    }
    const FoundInMail found(before, indices, nobody_meant, no_senders);
    Draft moved = before;
    move->Apply(found, &moved);
    for (const Recipient& recipient : moved.recipients) {
      ASSERT_TRUE(recipient.field == RecipientField::kBcc || !keys.contains({recipient.field, Key(recipient.mailbox)}));
    }
    if (remove->Problem(before, found)) {
      continue;
    }
    std::vector<std::string> expected;
    for (const Recipient& recipient : before.recipients) {
      if (!keys.contains({recipient.field, Key(recipient.mailbox)})) {
        expected.push_back(Key(recipient.mailbox));
      }
    }
    Draft after = before;
    remove->Apply(found, &after);
    std::vector<std::string> left;
    for (const Recipient& recipient : after.recipients) {
      left.push_back(Key(recipient.mailbox));
    }
    ASSERT_EQ(left, expected);
    removed += left.size() < before.recipients.size() ? 1 : 0;
  }
  EXPECT_GT(removed, 300);
}

}  // namespace
}  // namespace lastlook
