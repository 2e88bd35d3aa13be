// SPDX-License-Identifier: MPL-2.0
// Ten thousand recipients and the whole built-in policy, without the host around it; with and without lists of 50,000
// entries in force. The peer, in the same run, finds out for each recipient whether its domain is in one list of 50,000
// and writes that as JSON with the library: the least that any check of them does. Targets: 25 ms for the host with all
// that is around it; and however many domains are known, the same.
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "conditions/support/known_domains.h"
#include "engine/evaluate.h"
#include "mail/address_parser.h"
#include "policy/built_in_policy.h"

namespace lastlook {
namespace {

constexpr std::size_t kRecipients = 10'000;
constexpr std::size_t kEntries = 50'000;

enum class Domains { kFew, kDistinct, kNearWellKnown };

// A name of some letters that no other number has.
std::string NameOf(std::size_t number) {
  std::string name;
  for (std::size_t rest = number * 7919 + 12'345'678; rest > 0; rest /= 21) {
    name += "bcdfghjklmnpqrstvwxyz"[rest % 21];
    name += "aeiou"[rest / 7 % 5];
  }
  return name;
}

Draft MailTo(Domains domains) {
  static constexpr std::string_view kWellKnown[] = {"google", "microsoft", "moneyforward", "konicaminolta",
                                                    "panasonic"};
  std::vector<Mailbox> to;
  to.reserve(kRecipients);
  for (std::size_t i = 0; i < kRecipients; ++i) {
    std::string domain = "c" + std::to_string(i % 500) + ".example";
    if (domains == Domains::kDistinct) {
      domain = NameOf(kEntries + i) + ".example";
    } else if (domains == Domains::kNearWellKnown) {
      domain = kWellKnown[i % std::size(kWellKnown)];
      const std::size_t place = i / std::size(kWellKnown);
      domain[place % domain.size()] = static_cast<char>('a' + place / domain.size() % 26);
      domain.insert(place / 26 % domain.size(), 1, static_cast<char>('a' + place / 300 % 26));
      domain += ".com";
    }
    to.push_back(ParseMailbox((i % 2 == 0 ? "" : "\"Person, number " + std::to_string(i) + "\" <") + "p" +
                              std::to_string(i) + "@" + domain + (i % 2 == 0 ? "" : ">")));
  }
  Draft draft;
  draft.from = ParseMailbox("me@kodama.example.jp");
  draft.SetRecipients(std::move(to), {}, {});
  draft.subject = "Quotation";
  draft.body.text = "Dear all,\n";
  return draft;
}

std::shared_ptr<const PreparedPolicy> PolicyWith(std::size_t entries) {
  std::string partners;
  for (std::size_t i = 0; i < entries; ++i) {
    partners += (i == 0 ? "\"" : ",\"") + NameOf(i) + ".example\"";
  }
  const auto source = std::make_shared<PolicySource>(
      PolicySource{PolicyLayer::kMachine,
                   "p.json",
                   R"({"schema": 1, "lists": {"internal": ["kodama.example.jp"], "partners": [)" + partners + "]}}",
                   {}});
  auto prepared = PreparedPolicy::FromLayers({BuiltInPolicy(), source});
  return prepared ? *prepared : nullptr;
}

void Check(benchmark::State& state, Domains domains, std::size_t entries) {
  const auto policy = PolicyWith(entries);
  if (policy == nullptr) {
    state.SkipWithError("the policy was refused");
    return;
  }
  const Draft draft = MailTo(domains);
  Context context;
  context.now = Timestamp{1'795'000'000, 0};
  for (auto _ : state) {
    const Verdict verdict = Evaluate(*policy, draft, context, "ja");
    if (verdict.disposition != Disposition::kBlock || verdict.recipients.size() != kRecipients) {
      state.SkipWithError("a mail to everybody is not blocked");
      break;
    }
    benchmark::DoNotOptimize(VerdictJson(verdict));
  }
}
BENCHMARK_CAPTURE(Check, few_domains, Domains::kFew, 0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Check, few_domains_of_50000, Domains::kFew, kEntries)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Check, distinct_domains, Domains::kDistinct, 0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Check, distinct_domains_of_50000, Domains::kDistinct, kEntries)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Check, near_well_known, Domains::kNearWellKnown, 0)->Unit(benchmark::kMillisecond);

void PeerLookUpAndWrite(benchmark::State& state) {
  std::unordered_set<std::string> partners;
  for (std::size_t i = 0; i < kEntries; ++i) {
    partners.insert(NameOf(i) + ".example");
  }
  const Draft draft = MailTo(Domains::kDistinct);
  for (auto _ : state) {
    OrderedJson out = OrderedJson::array();
    for (const Recipient& recipient : draft.recipients) {
      OrderedJson row = OrderedJson::object();
      row["id"] = recipient.Id();
      row["address"] = recipient.mailbox.address->ToString();
      row["name"] = recipient.mailbox.display_name;
      row["partner"] = partners.contains(recipient.mailbox.address->domain);
      out.push_back(std::move(row));
    }
    benchmark::DoNotOptimize(out.dump());
  }
}
BENCHMARK(PeerLookUpAndWrite)->Unit(benchmark::kMillisecond);

// Ten thousand domains, each two slips from one of 50,000: by the index, and (a hundred of them) by the loop.
void LookAlikes(benchmark::State& state, bool by_index) {
  KnownDomains known;
  for (std::size_t i = 0; i < kEntries; ++i) {
    known.Add(NameOf(i) + ".example", KnownDomains::Kind::kOwn);
  }
  const NearNames near = known.IndexNames();
  const std::size_t count = by_index ? kRecipients : 100;
  std::vector<std::string> asked;
  for (std::size_t i = 0; i < count; ++i) {
    std::string name = NameOf(i * 5);
    name.erase(i % name.size(), 1);
    name[i % name.size()] = 'x';
    asked.push_back(name + ".example");
  }
  for (auto _ : state) {
    KnownDomains::Budget budget;
    std::size_t found = 0;
    for (const std::string& domain : asked) {
      found += !known.Knows(domain) && known.Resembled(domain, by_index ? &near : nullptr, &budget) ? 1 : 0;
    }
    if (budget.spent || found < count / 2) {
      state.SkipWithError("not all were compared");
      break;
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}
BENCHMARK_CAPTURE(LookAlikes, by_index, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(LookAlikes, by_loop_a_hundred, false)->Unit(benchmark::kMillisecond);

void IndexFiftyThousand(benchmark::State& state) {
  KnownDomains known;
  for (std::size_t i = 0; i < kEntries; ++i) {
    known.Add(NameOf(i) + ".example", KnownDomains::Kind::kOwn);
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(known.IndexNames());
  }
}
BENCHMARK(IndexFiftyThousand)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace lastlook

BENCHMARK_MAIN();
