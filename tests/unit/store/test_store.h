// SPDX-License-Identifier: MPL-2.0
// A store in a folder of its own, which is gone after the test.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "mail/address_parser.h"
#include "store/decisions.h"
#include "store/history_book.h"
#include "store/store.h"

namespace lastlook {

inline constexpr std::int64_t kNow = 1'795'500'000;  // 2026-11-24T06:00:00Z

class StoreTest : public testing::Test {
 protected:
  StoreTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "lastlook-store-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    place_.folder = (folder_ / "lastlook").string();
  }
  ~StoreTest() override { std::filesystem::remove_all(folder_); }

  const StorePlace& place() const { return place_; }
  const std::filesystem::path& folder() const { return folder_; }
  // Another one on the same files.
  std::unique_ptr<Store> NewStore() const {
    return std::make_unique<Store>(
        place_,
        [] {
          return Timestamp{kNow, 0};
        },
        std::make_unique<KeyFile>(place_.Key()));
  }

  static std::string ReadFile(const std::string& path) {
    std::stringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
  }
  static void WriteFile(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
  }

 private:
  std::filesystem::path folder_;
  StorePlace place_;
};

inline AddrSpec Address(const std::string& text) {
  return ParseMailbox(text).address.value();
}

inline std::vector<Recipient> RecipientsOf(const std::vector<std::string>& texts) {
  std::vector<Recipient> out;
  for (const std::string& text : texts) {
    out.push_back({RecipientField::kTo, out.size(), ParseMailbox(text)});
  }
  return out;
}

inline SentMail MailTo(const std::vector<std::string>& texts, std::int64_t at, const std::string& message_id = "") {
  SentMail mail;
  for (const std::string& text : texts) {
    mail.recipients.push_back(ParseMailbox(text));
  }
  mail.at = at;
  mail.message_id = message_id;
  return mail;
}

inline Decision DecisionAt(std::int64_t at, DecisionEvent event = DecisionEvent::kAnswered) {
  Decision decision;
  decision.event = event;
  decision.at = at;
  decision.mail = "sha256:0123";
  decision.sender = "yamada@kodama.example.jp";
  decision.recipients = {{"ito@c-corp.example", "c-corp.example", Side::kOutside},
                         {"sato@kodama.example.jp", "kodama.example.jp", Side::kInside}};
  decision.policy_id = "kodama";
  decision.policy_serial = 7;
  decision.policy_sha256 = "00ff";
  decision.disposition = "allow";
  decision.rules = {"external"};
  decision.needs = {"confirm"};
  decision.acknowledged = 1;
  return decision;
}

}  // namespace lastlook
