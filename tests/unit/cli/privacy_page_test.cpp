// SPDX-License-Identifier: MPL-2.0
// The privacy page says what the store holds: each column and each member of a record has its sentence, or a reason why
// it says nothing of anybody.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "cli/policy_privacy.h"
#include "cli/texts.h"
#include "store/decisions.h"
#include "store/history_book.h"
#include "store/store.h"

namespace lastlook {
namespace {

constexpr std::int64_t kNow = 1'795'500'000;
// Of what says nothing about a person or a mail.
constexpr const char* kTechnical = "";

// "table.column" → the sentence that tells of it.
const std::map<std::string, std::string>& Sentences() {
  static const std::map<std::string, std::string> kSentences = {
      {"meta.id", kTechnical},
      {"meta.name", kTechnical},   // "key_check", "history_change" …
      {"meta.value", kTechnical},  // counters, and marks of the key
      {"decisions.seq", kTechnical},
      {"decisions.at", "privacy.decisions"},
      {"decisions.previous", kTechnical},  // hashes over what is told below
      {"decisions.record_sha256", kTechnical},
      {"decisions.hash", kTechnical},
      {"decisions.record", "privacy.decisions"},
      {"decision_head.id", kTechnical},
      {"decision_head.seq", kTechnical},
      {"decision_head.hash", kTechnical},
      {"accounts.id", kTechnical},
      {"accounts.key", "privacy.history"},
      {"accounts.sealed", "privacy.history_form"},
      {"accounts.complete", "privacy.history_learning"},
      {"accounts.headers", "privacy.history_learning"},
      {"accounts.cursor", "privacy.history_learning"},
      {"people.id", kTechnical},
      {"people.key", "privacy.history"},
      {"people.domain", "privacy.history"},
      {"people.sealed", "privacy.history_form"},
      {"people.named_at", "privacy.history"},
      {"people.change", kTechnical},
      {"written.id", kTechnical},
      {"written.person", "privacy.history"},
      {"written.account", "privacy.history"},
      {"written.mails", "privacy.history"},
      {"written.first", "privacy.history"},
      {"written.last", "privacy.history"},
      {"together.id", kTechnical},
      {"together.one", "privacy.history"},
      {"together.other", "privacy.history"},
      {"together.mails", "privacy.history"},
      {"together.weight", "privacy.history"},  // how many and how long ago, in one number
      {"learnt.id", kTechnical},
      {"learnt.message", "privacy.history_counted"},
      {"organisations.id", kTechnical},
      {"organisations.domain", "privacy.history_names"},
      {"organisations.name", "privacy.history_names"},
      {"organisations.sealed", "privacy.history_names"},
      {"organisations.mails", "privacy.history_names"},
      {"threads.id", kTechnical},
      {"threads.thread", "privacy.history_names"},
      {"threads.person", "privacy.history_names"},
      {"threads.mails", "privacy.history_names"},
      {"lately.id", kTechnical},
      {"lately.at", "privacy.history_counted"},
      {"lately.likeness", "privacy.history_counted"},
      {"silenced.id", kTechnical},
      {"silenced.kind", "privacy.silenced"},
      {"silenced.person", "privacy.silenced"},
      {"silenced.sealed", "privacy.silenced"},
      {"silenced.at", "privacy.silenced"},
      {"holds.id", kTechnical},
      {"holds.name", "privacy.waiting"},
      {"holds.release_at", "privacy.waiting"},
      {"holds.digest", "privacy.waiting"},
      {"holds.sealed", "privacy.waiting"},
      {"pending_mails.id", kTechnical},
      {"pending_mails.name", "privacy.waiting"},
      {"pending_mails.due_at", "privacy.waiting"},
      {"pending_mails.after_mail", "privacy.waiting"},
      {"pending_mails.sealed", "privacy.waiting"},
      {"secrets.id", kTechnical},
      {"secrets.name", "privacy.waiting"},
      {"secrets.made_at", "privacy.waiting"},
      {"secrets.sealed", "privacy.waiting"},
      // Members of a record.
      {"record.at", "privacy.decisions"},
      {"record.salt", kTechnical},
      {"record.clock_back", kTechnical},
      {"record.event", "privacy.decisions"},
      {"record.mail", "privacy.decisions_also"},
      {"record.host", "privacy.decisions_also"},
      {"record.policy", "privacy.decisions_also"},
      {"record.disposition", "privacy.decisions"},
      {"record.rules", "privacy.decisions"},
      {"record.needs", "privacy.decisions"},
      {"record.acknowledged", "privacy.decisions"},
      {"record.reason", "privacy.reason"},
      {"record.hold_seconds", "privacy.decisions"},
      {"record.why", "privacy.decisions"},
      {"record.seat", "privacy.decisions_also"},
      {"record.recipients", "privacy.recipients.hmac"},
      {"record.sender", "privacy.sender"},
  };
  return kSentences;
}

class PrivacyPageTest : public testing::Test {
 protected:
  PrivacyPageTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "lastlook-privacy-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~PrivacyPageTest() override { std::filesystem::remove_all(folder_); }

  std::string Page(const std::string& language,
                   const std::string& settings = "{\"confirm.ticks\": \"outside\"}") const {
    const std::filesystem::path file = folder_ / "policy.json";
    std::ofstream(file) << R"({"schema": 1, "lists": {"internal": ["kodama.example.jp"]}, "settings": )" << settings
                        << "}";
    PolicyPrivacyOptions options;
    options.policy_files = {file.string()};
    options.language = language;
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    EXPECT_EQ(RunPolicyPrivacy(options, Streams{in, out, err}), 0) << err.str();
    return out.str();
  }

  std::filesystem::path folder_;
};

TEST_F(PrivacyPageTest, HasASentenceForAllThatIsStored) {
  const StorePlace place{(folder_ / "store").string()};
  Store store(
      place,
      [] {
        return Timestamp{kNow, 0};
      },
      std::make_unique<KeyFile>(place.Key()));
  std::set<std::string> stored;
  ASSERT_TRUE(store
                  .Run([&](Connection& connection, const StoreKeys&) -> Result<void> {
                    Query columns(connection,
                                  "SELECT tables.name, columns.name FROM sqlite_schema AS tables, "
                                  "pragma_table_info(tables.name) AS columns "
                                  "WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'");
                    while (columns.Step()) {
                      stored.insert(columns.Text(0) + "." + columns.Text(1));
                    }
                    return {};
                  })
                  .ok());
  // A decision with everything that one can have.
  Decision decision;
  decision.event = DecisionEvent::kAnswered;
  decision.at = kNow;
  decision.mail = "sha256:0";
  decision.sender = "me@kodama.example.jp";
  decision.recipients = {{"ito@c-corp.example", "c-corp.example", Side::kOutside}};
  decision.policy_id = "kodama";
  decision.disposition = "allow";
  decision.rules = {"external"};
  decision.needs = {"confirm"};
  decision.acknowledged = 1;
  decision.reason = "agreed";
  decision.hold_seconds = 60;
  decision.why = "back";
  decision.seat = "pc-1";
  DecisionLog log(store);
  ASSERT_TRUE(log.Append(decision, RecipientsForm::kHmac).ok());
  decision.at = kNow - 60;  // a clock that was set back
  ASSERT_TRUE(log.Append(decision, RecipientsForm::kHmac).ok());
  ASSERT_TRUE(log.Each({},
                       [&](const StoredDecision& one) {
                         for (const auto& [member, value] : one.record->items()) {
                           stored.insert("record." + member);
                         }
                         return true;
                       })
                  .ok());
  for (const std::string& what : stored) {
    EXPECT_TRUE(Sentences().contains(what)) << what << " is stored, and nothing says what of it the person is told";
  }
  for (const auto& [what, sentence] : Sentences()) {
    EXPECT_TRUE(stored.contains(what)) << what << " is told, and not stored";
  }
  for (const char* language : {"en", "ja", "zh"}) {
    const std::string page = Page(language);
    const Texts text(language);
    for (const auto& [what, sentence] : Sentences()) {
      if (!sentence.empty()) {
        ASSERT_FALSE(text(sentence).empty()) << sentence;
        EXPECT_NE(page.find(text(sentence)), std::string::npos) << language << ": " << sentence;
      }
    }
  }
}

TEST_F(PrivacyPageTest, FollowsThePolicy) {
  const Texts text("en");
  EXPECT_NE(Page("en").find(text("privacy.unsilence")), std::string::npos);
  const std::string strict = Page("en", R"({"history.silence": "forbid", "decisions.recipients": "count"})");
  EXPECT_NE(strict.find(text("privacy.silence_forbidden")), std::string::npos);
  EXPECT_EQ(strict.find(text("privacy.unsilence")), std::string::npos);
  EXPECT_NE(strict.find(text("privacy.recipients.count")), std::string::npos);
  EXPECT_EQ(strict.find(text("privacy.sender")), std::string::npos);
}

}  // namespace
}  // namespace lastlook
