// SPDX-License-Identifier: MPL-2.0
#include "evaluation.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <optional>
#include <random>
#include <string_view>

#include "conditions/condition.h"
#include "conditions/memory_history.h"
#include "conditions/recency.h"
#include "conditions/registry.h"
#include "conditions/support/company_kept.h"
#include "generate.h"
#include "mail_year.h"

namespace lastlook::wrong_person {
namespace {

// Off: how often somebody was written to is another question than whether they fit.
constexpr int kNeverByCount = 1'000'000;

std::unique_ptr<Condition> MakeCondition(const char* name, const Json& params, const Policy& policy) {
  auto made = FindCondition(name)->make(params, policy);
  if (!made) {
    std::fprintf(stderr, "%s\n", DescribeError(made.error()).c_str());
    std::abort();
  }
  return std::move(made).value();
}

Draft DraftTo(const AddressBook& book, std::size_t sender, const std::vector<std::size_t>& recipients) {
  Draft draft;
  draft.from = Mailbox{};
  draft.from->address = book.address(sender);
  for (const std::size_t person : recipients) {
    Mailbox mailbox;
    mailbox.display_name = book.name(person);
    mailbox.address = book.address(person);
    draft.recipients.push_back({RecipientField::kTo, draft.recipients.size(), std::move(mailbox)});
  }
  return draft;
}

// A history that outlives the context.
std::shared_ptr<const History> Borrowed(const History& history) {
  return {std::shared_ptr<const History>(), &history};
}

Context ContextAt(const History& history, std::int64_t at) {
  Context context;
  context.now = Timestamp{at, 0};
  context.history = Borrowed(history);
  return context;
}

// What the condition says about one of the recipients.
struct Answer {
  bool any = false;       // about anybody
  bool about = false;     // about this one
  bool proposed = false;  // and proposes that one
};

Answer Ask(const Condition& condition, const Draft& draft, const Context& context, const Policy& policy,
           std::size_t about, const std::string& right) {
  const MailView mail(draft, context, policy);
  const ConditionResult result = condition.Evaluate(mail);
  const std::vector<Evidence> kept = result.evidence.Kept(mail);
  Answer answer;
  answer.any = result.truth == Truth::kTrue;
  const auto& recipients = result.evidence.recipients();
  for (std::size_t i = 0; answer.any && i < recipients.size(); ++i) {
    if (recipients[i] != about) {
      continue;
    }
    answer.about = true;
    for (const auto& [key, value] : kept[i].arguments) {
      answer.proposed = answer.proposed || (key == "other_address" && value == right);
    }
  }
  return answer;
}

double Share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

// One way to say how well each recipient fits; the least fitting is last.
struct Ranking {
  const char* name;
  std::vector<double> clean_least;  // of each clean mail
  std::vector<double> leak_least;   // of each mail with a leak
  double last = 0;
  double never_last = 0;
};

// The chance that `leak` is last, where equals are in any order.
double LastChance(const std::vector<double>& scores, std::size_t leak) {
  const double least = *std::min_element(scores.begin(), scores.end());
  if (scores[leak] > least) {
    return 0;
  }
  return 1.0 / static_cast<double>(std::count(scores.begin(), scores.end(), least));
}

// How many leaks are below what so large a share of clean mails is below; equals on the border are shared out.
double Recall(const Ranking& ranking, double false_alarms) {
  std::vector<double> clean = ranking.clean_least;
  if (clean.empty() || ranking.leak_least.empty()) {
    return 0;
  }
  std::sort(clean.begin(), clean.end());
  const double wanted = false_alarms * static_cast<double>(clean.size());
  const double border = clean[std::min(clean.size() - 1, static_cast<std::size_t>(wanted))];
  const auto count = [border](const std::vector<double>& all, int sign) {
    return static_cast<double>(
        std::count_if(all.begin(), all.end(), [&](double one) { return sign < 0 ? one < border : one == border; }));
  };
  const double of_equals = count(clean, 0) == 0 ? 0 : (wanted - count(clean, -1)) / count(clean, 0);
  return (count(ranking.leak_least, -1) + std::clamp(of_equals, 0.0, 1.0) * count(ranking.leak_least, 0)) /
         static_cast<double>(ranking.leak_least.size());
}

class Evaluator {
 public:
  Evaluator(const Corpus& corpus, const Options& options)
      : corpus_(corpus), options_(options), book_(corpus), random_(options.seed) {
    for (std::size_t i = 0; i < corpus.people.size(); ++i) {
      histories_.push_back(std::make_unique<OwnHistory>(book_));
    }
    for (const int ratio : options.ratios) {
      conditions_.push_back(MakeCondition("similar_recipient", {{"ratio", ratio}, {"times", kNeverByCount}}, policy_));
      counts_.push_back({});
    }
    for (const char* name : {"random", "frequency", "recency-weighted frequency", "intersection-weighted (Lastlook's)",
                             "normalised co-mailing + 0.02 log frequency"}) {
      rankings_.push_back({name, {}, {}, 0, 0});
    }
    alike_.resize(corpus.people.size());
    for (std::size_t a = 0; a < corpus.people.size(); ++a) {
      for (std::size_t b = 0; b < corpus.people.size(); ++b) {
        if (a != b && TakenForEachOther(corpus.people[a], corpus.people[b])) {
          alike_[a].push_back(b);
        }
      }
    }
  }

  Report Run() {
    for (std::size_t i = 0; i < corpus_.messages.size(); ++i) {
      const Message& message = corpus_.messages[i];
      if (i >= corpus_.messages.size() / 2 && message.recipients.size() >= 2 &&
          histories_[message.sender]->mails() >= options_.least_sends) {
        Test(message);
      }
      Learn(message);
    }
    for (std::size_t i = 0; i < conditions_.size(); ++i) {
      const Counts& counts = counts_[i];
      report_.wrong_bob.push_back({options_.ratios[i], Share(counts.clean, report_.clean),
                                   Share(counts.caught, report_.swaps), Share(counts.proposed, report_.swaps),
                                   Share(counts.caught_any, report_.swaps_any)});
    }
    for (const Ranking& ranking : rankings_) {
      const auto leaks = static_cast<double>(std::max<std::size_t>(report_.leaks, 1));
      const auto never = static_cast<double>(std::max<std::size_t>(never_, 1));
      report_.leak.push_back({ranking.name, ranking.last / leaks, Recall(ranking, 0.05), Recall(ranking, 0.10),
                              ranking.never_last / never});
    }
    return report_;
  }

 private:
  struct Counts {
    std::size_t clean = 0;
    std::size_t caught = 0;
    std::size_t proposed = 0;
    std::size_t caught_any = 0;
  };
  struct Swap {
    std::size_t place = 0;
    std::size_t wrong = 0;
  };

  void Learn(const Message& message) {
    histories_[message.sender]->Sent(message.recipients, message.at);
    for (const std::size_t recipient : message.recipients) {
      if (options_.incoming) {
        std::vector<std::size_t> others;
        std::copy_if(message.recipients.begin(), message.recipients.end(), std::back_inserter(others),
                     [&](std::size_t other) { return other != recipient; });
        histories_[recipient]->Received(message.sender, others, message.at);
      }
    }
  }

  void Test(const Message& message) {
    ++report_.clean;
    const OwnHistory& history = *histories_[message.sender];
    const Context context = ContextAt(history, message.at);
    AskAll(message, context, std::nullopt, [](Counts* counts, const Answer& answer) { counts->clean += answer.any; });
    if (const auto swap = PickSwap(message, true)) {
      ++report_.swaps;
      AskAll(message, context, swap, [](Counts* counts, const Answer& answer) {
        counts->caught += answer.about;
        counts->proposed += answer.proposed;
      });
    }
    if (const auto swap = PickSwap(message, false)) {
      ++report_.swaps_any;
      AskAll(message, context, swap, [](Counts* counts, const Answer& answer) { counts->caught_any += answer.about; });
    }
    Rank(message, history, context);
  }

  template <typename Use>
  void AskAll(const Message& message, const Context& context, const std::optional<Swap>& swap, const Use& use) {
    std::vector<std::size_t> recipients = message.recipients;
    std::string right;
    if (swap) {
      right = book_.address(recipients[swap->place]).ToString();
      recipients[swap->place] = swap->wrong;
    }
    const Draft draft = DraftTo(book_, message.sender, recipients);
    for (std::size_t i = 0; i < conditions_.size(); ++i) {
      use(&counts_[i], Ask(*conditions_[i], draft, context, policy_, swap ? swap->place : 0, right));
    }
  }

  // One recipient exchanged for somebody who may be taken for them; nothing where there is nobody.
  std::optional<Swap> PickSwap(const Message& message, bool written_to) {
    std::vector<Swap> swaps;
    for (std::size_t place = 0; place < message.recipients.size(); ++place) {
      for (const std::size_t wrong : alike_[message.recipients[place]]) {
        if (wrong != message.sender && !Has(message.recipients, wrong) &&
            (!written_to || histories_[message.sender]->SentTo(wrong) > 0)) {
          swaps.push_back({place, wrong});
        }
      }
    }
    return swaps.empty() ? std::nullopt : std::optional(swaps[random_() % swaps.size()]);
  }

  void Rank(const Message& message, const OwnHistory& history, const Context& context) {
    std::vector<std::size_t> written;
    std::vector<std::size_t> never;
    for (std::size_t i = 0; i < corpus_.people.size(); ++i) {
      if (i != message.sender && !Has(message.recipients, i)) {
        (history.SentTo(i) > 0 ? written : never).push_back(i);
      }
    }
    if (written.empty()) {
      return;
    }
    ++report_.leaks;
    RankWith(message.recipients, message, history, context, [](Ranking* ranking, const std::vector<double>& scores) {
      ranking->clean_least.push_back(*std::min_element(scores.begin(), scores.end()));
    });
    std::vector<std::size_t> recipients = message.recipients;
    recipients.push_back(written[random_() % written.size()]);
    RankWith(recipients, message, history, context, [](Ranking* ranking, const std::vector<double>& scores) {
      ranking->leak_least.push_back(*std::min_element(scores.begin(), scores.end()));
      ranking->last += LastChance(scores, scores.size() - 1);
    });
    if (!never.empty()) {
      ++never_;
      recipients.back() = never[random_() % never.size()];
      RankWith(recipients, message, history, context, [](Ranking* ranking, const std::vector<double>& scores) {
        ranking->never_last += LastChance(scores, scores.size() - 1);
      });
    }
  }

  template <typename Use>
  void RankWith(const std::vector<std::size_t>& recipients, const Message& message, const OwnHistory& history,
                const Context& context, const Use& use) {
    const Draft draft = DraftTo(book_, message.sender, recipients);
    const MailView mail(draft, context, policy_);
    CompanyKept company(mail);
    const double now = RecencyWeight(message.at);
    std::vector<std::vector<double>> scores(rankings_.size());
    for (const std::size_t person : recipients) {
      const std::string& key = book_.key(person);
      const Acquaintance* known = history.Find(key);
      scores[0].push_back(static_cast<double>(random_() >> 11U));
      scores[1].push_back(static_cast<double>(history.SentTo(person)));
      scores[2].push_back(history.RecentlyTo(person) / now);
      scores[3].push_back(known == nullptr ? 0 : static_cast<double>(company.Score(*known, key, key)));
      double near = 0;
      for (const std::size_t other : recipients) {
        const double norm = std::sqrt(history.RecentlyTo(person) * history.RecentlyTo(other));
        near += other == person || norm == 0 ? 0 : history.Together(person, other) / norm;
      }
      scores[4].push_back(near / static_cast<double>(recipients.size() - 1) +
                          0.02 * std::log1p(static_cast<double>(history.SentTo(person))));
    }
    for (std::size_t i = 0; i < rankings_.size(); ++i) {
      use(&rankings_[i], scores[i]);
    }
  }

  static bool Has(const std::vector<std::size_t>& all, std::size_t one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  }

  const Corpus& corpus_;
  const Options& options_;
  const AddressBook book_;
  const Policy policy_;
  std::mt19937_64 random_;
  std::vector<std::unique_ptr<OwnHistory>> histories_;
  std::vector<std::vector<std::size_t>> alike_;
  std::vector<std::unique_ptr<Condition>> conditions_;
  std::vector<Counts> counts_;
  std::vector<Ranking> rankings_;
  std::size_t never_ = 0;
  Report report_;
};

double CpuMilliseconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

}  // namespace

Report Evaluate(const Corpus& corpus, const Options& options) {
  return Evaluator(corpus, options).Run();
}

DraftCost MeasureDrafts(std::size_t people, std::uint64_t seed) {
  constexpr std::int64_t kNow = 1'795'500'000;
  constexpr std::size_t kCircle = 8;  // each is written to together with so many neighbours
  const Corpus corpus{JapanesePeople(people, seed), {}};
  const AddressBook book(corpus);
  MemoryHistory history;
  for (std::size_t i = 0; i < people; ++i) {
    Acquaintance person;
    person.address = book.address(i);
    person.name = book.name(i);
    person.sent = 1 + static_cast<std::int64_t>(i % 40);
    person.last = Timestamp{kNow - static_cast<std::int64_t>(i) * 3600, 0};
    for (std::size_t k = 1; k <= kCircle; ++k) {
      person.with.push_back({book.key((i / kCircle * kCircle + k) % people), RecencyWeight(kNow - 86'400)});
    }
    history.Add(std::move(person));
  }
  const Policy policy;
  const auto similar = MakeCondition("similar_recipient", Json::object(), policy);
  const auto group = MakeCondition("unusual_group", Json::object(), policy);
  const Context context = ContextAt(history, kNow);
  std::vector<double> costs;
  for (std::size_t i = 0; i < 101; ++i) {
    const std::size_t start = i * 191 % people;
    const Draft draft = DraftTo(book, people - 1, {start, (start + 1) % people, (start + 500) % people});
    const double before = CpuMilliseconds();
    const MailView mail(draft, context, policy);
    (void)similar->Evaluate(mail);
    (void)group->Evaluate(mail);
    costs.push_back(CpuMilliseconds() - before);
  }
  DraftCost cost;
  cost.first = costs.front();
  costs.erase(costs.begin());
  std::sort(costs.begin(), costs.end());
  cost.median = costs[costs.size() / 2];
  cost.slowest = costs.back();
  return cost;
}

}  // namespace lastlook::wrong_person
