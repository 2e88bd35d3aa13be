// SPDX-License-Identifier: MPL-2.0
// What holds for every condition, with the parameters that its schema gives as examples, on mails made at random.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "conditions/memory_history.h"
#include "conditions/registry.h"
#include "mail/address_parser.h"
#include "policy/recipient_selector.h"

namespace lastlook {
namespace {

class MailMaker {
 public:
  explicit MailMaker(unsigned seed) : random_(seed) {}

  unsigned Below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }

  template <std::size_t N>
  const char* OneOf(const char* const (&items)[N]) {
    return items[Below(N)];
  }

  Mailbox Person() {
    static const char* const kPeople[] = {"ito@c-corp.example",
                                          "伊藤 太郎 <ITO@c-corp.example>",
                                          "Taro Itoh <taro.ito@d-corp.example>",
                                          "mori@d-corp.example",
                                          "sato@kodama.example.jp",
                                          "a@gmial.com",
                                          "a@gmаil.com",
                                          "b@c-corp.example.evil.example",
                                          "c@[192.0.2.1]",
                                          "\"a b\"@c-corp.example",
                                          "+@c-corp.example",
                                          "x@@y",
                                          "営業部",
                                          "",
                                          "\xFF\xFE <a@\xFF>",
                                          "info@c-corp.example",
                                          "kato@midori-bank.example",
                                          "kato@midori-band.example",
                                          "kato@midori-bant.example"};
    return ParseMailbox(OneOf(kPeople));
  }

  std::vector<Mailbox> People(unsigned most) {
    std::vector<Mailbox> people(Below(most + 1));
    for (Mailbox& person : people) {
      person = Person();
    }
    return people;
  }

  Draft Mail() {
    static const char* const kTexts[] = {"",     "s",      "【お詫び】誤送信", "Recall: x",
                                         "\xFF", "御中 😀", "添付いたします。"};
    Draft draft;
    if (Below(4) > 0) {
      draft.from = Person();
    }
    draft.SetRecipients(People(6), People(4), People(4));
    draft.subject = OneOf(kTexts);
    if (Below(3) > 0) {
      draft.body.text = OneOf(kTexts);
    }
    if (Below(3) == 0) {
      draft.body.html = std::string("<p>") + OneOf(kTexts);
    }
    if (Below(4) > 0) {
      draft.compose.kind = static_cast<ComposeKind>(Below(static_cast<unsigned>(ComposeKind::kInvitation) + 1));
    }
    if (Below(2) == 0) {
      draft.compose.initial_recipients = People(4);
    }
    if (Below(2) == 0) {
      draft.compose.original = OriginalMail{People(2), People(2), People(4), People(3), Below(2) == 0};
    }
    return draft;
  }

  // Everything but a history, what happened in the thread and what the sender did lately.
  Context Surroundings() {
    Context context;
    if (Below(2) == 0) {
      context.now = Timestamp{1'800'000'000, 540};
    }
    for (const Mailbox& own : People(2)) {
      if (own.address) {
        context.identities.push_back({*own.address, own.display_name});
      }
    }
    for (const Mailbox& person : People(4)) {
      if (person.address) {
        context.contacts[person.address->Key()] = Contact{"Ito", "C", {"NO-EMAIL", "only-from:x@@y"}};
      }
    }
    return context;
  }

  std::shared_ptr<const History> Past() {
    auto history = std::make_shared<MemoryHistory>();
    for (const Mailbox& person : People(8)) {
      if (person.address) {
        Acquaintance known;
        known.address = *person.address;
        known.name = person.display_name;
        known.sent = Below(2) == 0 ? std::optional<std::int64_t>(Below(50)) : std::nullopt;
        known.last = Below(2) == 0 ? std::optional<Timestamp>(Timestamp{1'000'000'000, 0}) : std::nullopt;
        known.account = Below(2) == 0 ? "sato@kodama.example.jp" : "";
        known.with = {{"ito@c-corp.example"}, {"mori@d-corp.example"}};
        history->Add(std::move(known));
      }
    }
    return history;
  }

 private:
  std::mt19937 random_;
};

struct Named {
  std::string name;  // of the condition, with its parameters
  std::string_view condition;
  std::unique_ptr<Condition> made;
};

Policy Lists() {
  Policy policy;
  const std::pair<const char*, const char*> lists[] = {{"secret-words", "secret"},
                                                       {"internal", "kodama.example.jp"},
                                                       {"free-mail", "gmail.com"},
                                                       {"opt-out", "mori@d-corp.example"}};
  for (const auto& [list, entry] : lists) {
    policy.lists[list].entries = {entry};
    if (Result<void> added = policy.lists[list].patterns.Add(entry); !added) {
      policy.lists[list].not_patterns = std::move(added).error();
    }
  }
  return policy;
}

std::vector<Named> EveryCondition(const Policy& policy) {
  std::vector<Named> all;
  for (const auto& row : ConditionRegistry()) {
    const Result<Json> schema = ParseJson(row.schema);
    EXPECT_TRUE(schema.ok() && schema->contains("examples")) << row.name << " gives no examples";
    for (const Json& params : (*schema)["examples"]) {
      auto made = row.make(params, policy);
      EXPECT_TRUE(made.ok()) << row.name << ": its own example is refused: " << params.dump();
      if (made.ok()) {
        all.push_back({std::string(row.name) + params.dump(), row.name, std::move(made).value()});
      }
    }
  }
  return all;
}

void ExpectSame(const ConditionResult& a, const ConditionResult& b, const MailView& mail, const std::string& name) {
  EXPECT_EQ(a.truth, b.truth) << name;
  EXPECT_EQ(a.arguments, b.arguments) << name;
  EXPECT_EQ(a.evidence.total(), b.evidence.total()) << name;
  EXPECT_EQ(a.evidence.recipients(), b.evidence.recipients()) << name;
  const std::vector<Evidence> kept_of_a = a.evidence.Kept(mail);
  const std::vector<Evidence> kept_of_b = b.evidence.Kept(mail);
  ASSERT_EQ(kept_of_a.size(), kept_of_b.size()) << name;
  for (std::size_t i = 0; i < kept_of_a.size(); ++i) {
    const Evidence& one = kept_of_a[i];
    const Evidence& other = kept_of_b[i];
    EXPECT_EQ(one.where, other.where) << name;
    EXPECT_EQ(one.excerpt, other.excerpt) << name;
    EXPECT_EQ(one.start, other.start) << name;
    EXPECT_EQ(one.end, other.end) << name;
    EXPECT_EQ(one.why, other.why) << name;
    EXPECT_EQ(one.arguments, other.arguments) << name;
  }
}

// The same contacts, put into the map in another order and in another number of buckets: walked, they come differently.
Context FilledOtherwise(const Context& context) {
  Context other = context;
  other.contacts.clear();
  other.contacts.reserve(1 + 97 * context.contacts.size());
  std::vector<std::pair<std::string, Contact>> contacts(context.contacts.begin(), context.contacts.end());
  std::sort(contacts.begin(), contacts.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  for (auto& [key, contact] : contacts) {
    other.contacts.emplace(std::move(key), std::move(contact));
  }
  return other;
}

// Every place in a text is filled, and every evidence has a text.
void ExpectTexts(const Named& named, const ConditionResult& result, const MailView& mail) {
  for (const Evidence& one : result.evidence.Kept(mail)) {
    const LocalizedText& text = ConditionText(named.condition, one.why);
    EXPECT_FALSE(text.empty()) << named.name << " has no text \"" << one.why << "\"";
    for (const char* language : {"en", "ja", "zh"}) {
      for (const auto& [name, value] : one.arguments) {
        EXPECT_NE(name, "") << named.name;
      }
      std::string bare = text.In(language);
      TextArguments blanks = one.arguments;
      for (auto& [name, value] : blanks) {
        value.clear();
      }
      EXPECT_EQ(FillText(bare, blanks).find('{'), std::string::npos) << named.name << ": " << bare;
    }
  }
}

TEST(EveryCondition, IsDeterministicWithoutAContextAndWithOne) {
  const Policy policy = Lists();
  const std::vector<Named> all = EveryCondition(policy);
  MailMaker maker(20261124);
  for (int round = 0; round < 300; ++round) {
    const Draft draft = maker.Mail();
    Context context;
    if (round % 3 > 0) {
      context = maker.Surroundings();
    }
    if (round % 3 > 1) {
      context.history = maker.Past();
      context.thread = Thread{maker.Person(), maker.Below(100), "<1@k>", std::vector<Mailbox>{maker.Person()}};
      context.recent = Recent{maker.Below(10), maker.Below(3000)};
    }
    for (const Named& named : all) {
      const MailView mail(draft, context, policy);
      const ConditionResult first = named.made->Evaluate(mail);
      ExpectSame(first, named.made->Evaluate(mail), mail, named.name);
      const MailView fresh(draft, context, policy);
      ExpectSame(first, named.made->Evaluate(fresh), fresh, named.name);
      const Context otherwise = FilledOtherwise(context);
      const MailView other(draft, otherwise, policy);
      ExpectSame(first, named.made->Evaluate(other), other, named.name);
      ExpectTexts(named, first, mail);
    }
  }
}

TEST(EveryCondition, WhatNeedsTheHistoryIsSilentWithoutIt) {
  const std::set<std::string_view> needs = {"first_time",        "dormant", "unusual_group",
                                            "similar_recipient", "burst",   "double_reply"};
  const Policy policy = Lists();
  const std::vector<Named> all = EveryCondition(policy);
  MailMaker maker(7);
  std::set<std::string_view> seen;
  for (int round = 0; round < 300; ++round) {
    const Draft draft = maker.Mail();
    const Context context = maker.Surroundings();
    const MailView mail(draft, context, policy);
    for (const Named& named : all) {
      if (needs.contains(named.condition)) {
        seen.insert(named.condition);
        const ConditionResult result = named.made->Evaluate(mail);
        EXPECT_EQ(result.truth, Truth::kFalse) << named.name;
        EXPECT_EQ(result.evidence.total(), 0U) << named.name;
      }
    }
  }
  EXPECT_EQ(seen, needs);
}

// Ten thousand different people at five thousand domains, all of them alike, and a history of twenty thousand. Anything
// quadratic would need minutes; the bound leaves room for a slow machine and sanitizers.
TEST(EveryCondition, TenThousandRecipientsStayCheap) {
  const Policy policy = Lists();
  const auto person = [](int i, const char* name, int domains, const char* domain) {
    return ParseMailbox("Sato <" + std::string(name) + std::to_string(i) + "@" + domain + std::to_string(i % domains) +
                        ".example>");
  };
  std::vector<Mailbox> people;
  people.reserve(10'000);
  for (int i = 0; i < 10'000; ++i) {
    people.push_back(person(i, "sato", 5'000, "mitsubashi"));
  }
  Draft draft;
  draft.from = ParseMailbox("sato@kodama.example.jp");
  draft.SetRecipients(people, {}, {});
  draft.subject = "誤送信";
  draft.compose.kind = ComposeKind::kReplyAll;
  draft.compose.original.emplace();
  draft.compose.original->to = people;
  draft.compose.original->hidden = true;
  Draft fresh = draft;
  fresh.compose = {};
  auto history = std::make_shared<MemoryHistory>();
  for (int i = 0; i < 20'000; ++i) {
    Acquaintance known;
    known.address = *person(i, "satou", 5'000, "mitsubachi").address;
    known.name = "佐藤";
    known.sent = i;
    known.with = {{people[static_cast<std::size_t>(i / 2)].address->Key()}};
    history->Add(std::move(known));
  }
  Context context;
  context.now = Timestamp{1'800'000'000, 0};
  context.history = history;
  context.recent = Recent{10, 10};
  for (const Named& named : EveryCondition(policy)) {
    for (const bool answers : {true, false}) {
      const MailView mail(answers ? draft : fresh, context, policy);
      const auto begin = std::chrono::steady_clock::now();
      const ConditionResult result = named.made->Evaluate(mail);
      const auto took =
          std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin).count();
      RecordProperty(named.name + (answers ? " answer ms" : " new ms"), std::to_string(took));
      EXPECT_LT(took, 15'000) << named.name;
      EXPECT_LE(result.evidence.kept(), kMaxEvidence);
    }
  }
}

// A selector may be asked about one recipient, as effects do, and about all at once, as conditions do.
TEST(RecipientSelector, SaysOfAllTogetherWhatItSaysOfEach) {
  const Policy policy = Lists();
  MailMaker maker(4);
  std::size_t selected = 0;
  for (int round = 0; round < 200; ++round) {
    const Draft draft = maker.Mail();
    Context context = maker.Surroundings();
    if (maker.Below(2) == 0) {
      context.history = maker.Past();
    }
    const MailView mail(draft, context, policy);
    for (const char* text :
         {R"({"in":"internal"})", R"({"not_in":"internal"})", R"({"field":["to","bcc"]})", R"({"in_original":true})",
          R"({"in_original":false,"not_in":["free-mail","opt-out"]})", R"({"known":true})", R"({"known":false})",
          R"({"in":["*.evil.example","mori@d-corp.example","internal"],"field":"cc"})", R"({"in":"partners"})",
          R"({"not_in":"partners"})"}) {
      const Json params = Json::parse(text);
      ObjectReader reader(params, RecipientSelector::KeysOfConditions());
      const RecipientSelector selector = RecipientSelector::ReadOfCondition(&reader, policy);
      ASSERT_FALSE(reader.error()) << text;
      const RecipientSet together = selector.SelectedOf(mail);
      std::size_t count = 0;
      for (std::size_t i = 0; i < draft.recipients.size(); ++i) {
        ASSERT_EQ(together.Has(i), selector.Selects(draft.recipients[i], mail)) << text << " " << i;
        count += together.Has(i) ? 1 : 0;
      }
      ASSERT_EQ(together.Count(), count);
      selected += count;
    }
  }
  EXPECT_GT(selected, 1000U);
}

}  // namespace
}  // namespace lastlook
