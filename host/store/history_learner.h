// SPDX-License-Identifier: MPL-2.0
// Writes sent mails into the history's tables, within a caller's transaction. Private to this folder.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "store/connection.h"
#include "store/history_book.h"
#include "store/key.h"

namespace lastlook {

class HistoryLearner {
 public:
  // Makes the account where it is new. `now` (Unix seconds): no mail counts as later. Throws SQLite::Exception, as all
  // of it.
  HistoryLearner(Connection& connection, const StoreKeys& keys, const AddrSpec& account, std::int64_t now);

  // False if it was learnt before.
  bool Learn(const SentMail& mail);

  std::int64_t account_id() const { return account_id_; }

 private:
  struct Person {
    std::int64_t id = 0;
    std::int64_t named_at = 0;  // when the mail was sent that gave the name
    std::string name;
    bool opened = false;  // `name` is known
  };

  Person& Find(const Mailbox& mailbox, std::int64_t at);
  void Rename(const Mailbox& mailbox, std::int64_t at, Person* person);
  void LearnTogether(const std::vector<std::int64_t>& people, std::int64_t at);

  Connection& connection_;
  const StoreKeys& keys_;
  std::int64_t now_ = 0;
  std::int64_t account_id_ = 0;
  std::int64_t change_ = 0;                         // numbers this transaction among those that changed the history
  std::unordered_map<std::string, Person> people_;  // by AddrSpec::Key()
};

// What is compared to see whether mails are alike: the folded subject without its numbers.
std::string LikenessOf(const std::string& subject);

}  // namespace lastlook
