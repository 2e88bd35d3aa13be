// SPDX-License-Identifier: MPL-2.0
// What is known around a draft: given by the client, the store or a test; conditions see the world only through it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/timestamp.h"
#include "mail/mailbox.h"

namespace lastlook {

// One of the sender's own accounts.
struct Identity {
  AddrSpec address;
  std::string name;
};

struct Contact {
  std::string name;
  std::string organisation;
  std::vector<std::string> flags;
};

// Somebody to whom the same mails went as to another.
struct Companion {
  std::string key;  // AddrSpec::Key()
  // The sum of RecencyWeight (recency.h) over those mails; absent: not known, then they count as often as the less
  // written to of the two.
  std::optional<double> weight = {};

  friend bool operator==(const Companion&, const Companion&) = default;
};

// Somebody the sender has exchanged mail with.
struct Acquaintance {
  AddrSpec address;
  std::string name;
  std::optional<std::int64_t> sent;      // mails to them; absent: some
  std::optional<std::int64_t> received;  // mails from them
  std::optional<Timestamp> last;         // of the last mail to them
  std::string account;                   // AddrSpec::Key() of the account they are usually written from; may be empty
  std::vector<Companion> with;           // those usually written to together with them
};

class SimilarPeople;  // conditions/support/similar_people.h

// Who was written to before. Given by the client, the store or a test.
class History {
 public:
  virtual ~History() = default;
  // By AddrSpec::Key(). Null for somebody who is new. Valid as long as the history.
  virtual const Acquaintance* Find(const std::string& key) const = 0;
  // Whether anybody of that domain (AddrSpec::domain) was written to.
  virtual bool HasDomain(const std::string& domain) const = 0;
  // The name by which the sender's address book knows whoever has this domain; "" when it is not known.
  virtual std::string OrganisationOf(const std::string& domain) const;
  // Everybody, in an order that depends on the content alone.
  virtual void ForEach(const std::function<void(const Acquaintance&)>& use) const = 0;
  // Everybody by their names. Made anew each time, except by a history that answers many drafts; it points into the
  // history.
  virtual std::shared_ptr<const SimilarPeople> ByName() const;
};

// What happened in the thread that is answered.
struct Thread {
  std::optional<Mailbox> answered_by;  // who answered it already
  std::optional<std::int64_t> minutes_ago;
  std::string id;  // the Message-ID of its first mail; "" when it is not known
  // Whom the sender's own mails in it went to, the most frequent first; absent: not known.
  std::optional<std::vector<Mailbox>> usual;
};

// What this sender did lately.
struct Recent {
  std::optional<std::int64_t> similar_last_minute;   // mails like this one that were sent within the last minute
  std::optional<std::int64_t> incident_minutes_ago;  // since the last mail that was reported as mis-sent
};

// What the person answered with "this is right": one condition's question about one recipient is not asked again. For
// conditions that ask about habits (first_time, similar_recipient …); what an organisation's rule asks is not silenced.
class Silenced {
 public:
  // `key`: AddrSpec::Key() of the recipient.
  void Add(std::string_view condition, std::string_view key) { entries_.insert(Entry(condition, key)); }
  bool Has(std::string_view condition, std::string_view key) const {
    return !entries_.empty() && entries_.contains(Entry(condition, key));
  }

 private:
  static std::string Entry(std::string_view condition, std::string_view key) {
    return std::string(condition).append("\n").append(key);
  }

  std::unordered_set<std::string> entries_;
};

struct Part;       // mail/part.h
struct PartFacts;  // mail/part_facts.h

// What is inside attachments. Given by whoever reads them, or a test.
class PartInspection {
 public:
  virtual ~PartInspection() = default;
  // Null: nobody has read this one. May take as long as reading it takes, the first time.
  virtual std::shared_ptr<const PartFacts> FactsOf(const Part& part) const = 0;
  // True: somebody is reading it, or it is still arriving; until then FactsOf is null and the mail may not leave.
  virtual bool IsPending(const Part& /*part*/) const { return false; }
};

// Absent is not empty: an optional that is not there was not given, and conditions on it stay silent.
struct Context {
  std::optional<Timestamp> now;
  std::vector<Identity> identities;
  std::shared_ptr<const History> history;       // null: not given
  std::shared_ptr<const PartInspection> parts;  // null: nobody looks into attachments
  std::optional<Thread> thread;
  std::optional<Recent> recent;
  std::unordered_map<std::string, Contact> contacts;            // by AddrSpec::Key()
  std::unordered_map<std::string, std::vector<Mailbox>> lists;  // address-book lists: folded name → members
  Silenced silenced;
  std::string seat;  // names this machine for rollouts; may be empty
};

}  // namespace lastlook
