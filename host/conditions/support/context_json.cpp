// SPDX-License-Identifier: MPL-2.0
#include "conditions/context_json.h"

#include <utility>

#include "base/text_fold.h"
#include "conditions/memory_history.h"
#include "conditions/recency.h"
#include "conditions/support/part_facts_json.h"
#include "mail/address_parser.h"
#include "mail/draft_json.h"

namespace lastlook {
namespace {

Error ContextError(std::string message, std::string remedy, std::string pointer) {
  return Error{ErrorCode::kContextInvalid, std::move(message), std::move(remedy), std::move(pointer)};
}

// The address of an entry that is a string or an object with "address".
Result<Mailbox> EntryMailbox(const Json& entry, const std::string& pointer) {
  const Json* address = &entry;
  if (entry.is_object()) {
    const auto found = entry.find("address");
    if (found == entry.end()) {
      return ContextError("this entry has no \"address\"", "give it one", pointer);
    }
    address = &*found;
  }
  if (!address->is_string()) {
    return ContextError("an address is " + JsonTypeName(*address), "write a string or {\"address\": \"…\"}", pointer);
  }
  return ParseMailbox(address->get<std::string>());
}

std::string StringMember(const Json& entry, const char* key) {
  if (!entry.is_object()) {
    return "";
  }
  const auto found = entry.find(key);
  return found != entry.end() && found->is_string() ? found->get<std::string>() : "";
}

class ContextReader {
 public:
  Result<Context> Read(const Json& json) {
    if (!json.is_object()) {
      return ContextError("the context is " + JsonTypeName(json), "write an object", "");
    }
    const std::pair<const char*, Result<void> (ContextReader::*)(const Json&)> readers[] = {
        {"now", &ContextReader::ReadNow},
        {"seat", &ContextReader::ReadSeat},
        {"identities", &ContextReader::ReadIdentities},
        {"history", &ContextReader::ReadHistory},
        {"contacts", &ContextReader::ReadContacts},
        {"lists", &ContextReader::ReadLists},
        {"thread", &ContextReader::ReadThread},
        {"recent", &ContextReader::ReadRecent},
        {"silenced", &ContextReader::ReadSilenced},
        {"parts", &ContextReader::ReadParts},
    };
    for (const auto& [key, read] : readers) {
      const auto value = json.find(key);
      if (value == json.end()) {
        continue;
      }
      if (Result<void> done = (this->*read)(*value); !done) {
        return std::move(done).error().Under(PointerStep(key));
      }
    }
    return std::move(context_);
  }

 private:
  // Calls `use(entry, mailbox)`, a Result<void>, for each entry of an array; entries that are no address are passed
  // over: the address book of a person may hold anything.
  template <typename Use>
  Result<void> EachAddress(const Json& json, Use use) {
    if (!json.is_array()) {
      return ContextError("an array was expected, this is " + JsonTypeName(json), "write [ … ]", "");
    }
    for (std::size_t i = 0; i < json.size(); ++i) {
      Result<Mailbox> mailbox = EntryMailbox(json[i], PointerStep(i));
      if (!mailbox) {
        return std::move(mailbox).error();
      }
      if (!mailbox->address) {
        continue;
      }
      if (Result<void> used = use(json[i], *mailbox); !used) {
        return std::move(used).error().Under(PointerStep(i));
      }
    }
    return {};
  }

  Result<void> ReadNow(const Json& json) {
    Result<Timestamp> now = Moment(json);
    if (!now) {
      return std::move(now).error();
    }
    context_.now = *now;
    return {};
  }

  Result<void> ReadParts(const Json& json) {
    Result<std::shared_ptr<const PartInspection>> parts = PartsFromJson(json);
    if (!parts) {
      return std::move(parts).error();
    }
    context_.parts = *std::move(parts);
    return {};
  }

  Result<void> ReadSeat(const Json& json) {
    if (!json.is_string()) {
      return ContextError("\"seat\" is " + JsonTypeName(json), "write a string", "");
    }
    context_.seat = json.get<std::string>();
    return {};
  }

  Result<void> ReadIdentities(const Json& json) {
    return EachAddress(json, [&](const Json& entry, const Mailbox& mailbox) -> Result<void> {
      std::string name = StringMember(entry, "name");
      context_.identities.push_back({*mailbox.address, name.empty() ? mailbox.display_name : name});
      return {};
    });
  }

  Result<void> ReadHistory(const Json& json) {
    auto history = std::make_shared<MemoryHistory>();
    Result<void> done = EachAddress(json, [&](const Json& entry, const Mailbox& mailbox) -> Result<void> {
      Acquaintance person;
      person.address = *mailbox.address;
      const std::string name = StringMember(entry, "name");
      person.name = name.empty() ? mailbox.display_name : name;
      if (entry.is_object()) {
        if (Result<void> read = ReadAcquaintance(entry, &person); !read) {
          return read;
        }
      }
      history->Add(std::move(person));
      return {};
    });
    context_.history = std::move(history);
    return done;
  }

  static Result<void> ReadAcquaintance(const Json& entry, Acquaintance* person) {
    for (const auto& [key, count] : {std::pair{"sent", &person->sent}, std::pair{"received", &person->received}}) {
      if (Result<void> read = ReadCount(entry, key, count); !read) {
        return read;
      }
    }
    if (const auto last = entry.find("last"); last != entry.end()) {
      Result<Timestamp> moment = Moment(*last);
      if (!moment) {
        return std::move(moment).error().Under("/last");
      }
      person->last = *moment;
    }
    if (const auto account = ParseMailbox(StringMember(entry, "account")); account.address) {
      person->account = account.address->Key();
    }
    if (const auto with = entry.find("with"); with != entry.end()) {
      if (Result<void> read = ReadCompanions(*with, person); !read) {
        return std::move(read).error().Under("/with");
      }
    }
    return {};
  }

  // An address list, or an array of addresses and of {"address", "mails", "last"}.
  static Result<void> ReadCompanions(const Json& json, Acquaintance* person) {
    const Json array = json.is_array() ? Json() : Json::array({json});
    const Json& entries = json.is_array() ? json : array;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const Json& entry = entries[i];
      if (!entry.is_object()) {
        Result<std::vector<Mailbox>> others = MailboxesFromJson(entry);
        if (!others || entry.is_array()) {
          Error error =
              others ? ContextError("this is an array in an array", "write an address", "") : std::move(others).error();
          error.code = ErrorCode::kContextInvalid;
          return json.is_array() ? std::move(error).Under(PointerStep(i)) : std::move(error);
        }
        for (const Mailbox& other : *others) {
          if (other.address) {
            person->with.push_back({other.address->Key()});
          }
        }
        continue;
      }
      Result<Mailbox> other = EntryMailbox(entry, PointerStep(i));
      if (!other) {
        return std::move(other).error();
      }
      std::optional<std::int64_t> mails;
      if (Result<void> read = ReadCount(entry, "mails", &mails); !read) {
        return std::move(read).error().Under(PointerStep(i));
      }
      std::optional<Timestamp> last = person->last;
      if (const auto written = entry.find("last"); written != entry.end()) {
        Result<Timestamp> moment = Moment(*written);
        if (!moment) {
          return std::move(moment).error().Under(PointerStep(i) + "/last");
        }
        last = *moment;
      }
      if (other->address) {
        Companion& companion = person->with.emplace_back(Companion{other->address->Key()});
        if (mails && last) {
          companion.weight = static_cast<double>(*mails) * RecencyWeight(last->unix_seconds);
        }
      }
    }
    return {};
  }

  // A whole number that is not negative; absent stays absent.
  static Result<void> ReadCount(const Json& json, const char* key, std::optional<std::int64_t>* out) {
    const auto found = json.find(key);
    if (found == json.end()) {
      return {};
    }
    if (!found->is_number_integer() || (found->is_number_unsigned() && found->get<std::uint64_t>() > INT64_MAX) ||
        found->get<std::int64_t>() < 0) {
      return ContextError("\"" + std::string(key) + "\" is no whole number", "write 0 or more", PointerStep(key));
    }
    *out = found->get<std::int64_t>();
    return {};
  }

  static Result<Timestamp> Moment(const Json& json) {
    Result<Timestamp> moment = json.is_string() ? ParseTimestamp(json.get<std::string>())
                                                : Result<Timestamp>(Error{ErrorCode::kContextInvalid, "", "", ""});
    if (!moment) {
      return ContextError("this is no date and time", "write it like 2026-11-20T09:00:00+09:00", "");
    }
    return moment;
  }

  Result<void> ReadThread(const Json& json) {
    if (!json.is_object()) {
      return ContextError("\"thread\" is " + JsonTypeName(json), "write { \"answered_by\": \"…\", \"minutes_ago\": 5 }",
                          "");
    }
    context_.thread.emplace();
    if (const std::string by = StringMember(json, "answered_by"); !by.empty()) {
      context_.thread->answered_by = ParseMailbox(by);
    }
    context_.thread->id = StringMember(json, "id");
    if (const auto usual = json.find("usual"); usual != json.end()) {
      Result<std::vector<Mailbox>> people = MailboxesFromJson(*usual);
      if (!people) {
        Error error = std::move(people).error();
        error.code = ErrorCode::kContextInvalid;
        return std::move(error).Under("/usual");
      }
      context_.thread->usual = std::move(people).value();
    }
    return ReadCount(json, "minutes_ago", &context_.thread->minutes_ago);
  }

  Result<void> ReadRecent(const Json& json) {
    if (!json.is_object()) {
      return ContextError("\"recent\" is " + JsonTypeName(json), "write { \"similar_last_minute\": 3 }", "");
    }
    context_.recent.emplace();
    Result<void> read = ReadCount(json, "similar_last_minute", &context_.recent->similar_last_minute);
    return read ? ReadCount(json, "incident_minutes_ago", &context_.recent->incident_minutes_ago) : read;
  }

  Result<void> ReadSilenced(const Json& json) {
    return EachAddress(json, [&](const Json& entry, const Mailbox& mailbox) -> Result<void> {
      const std::string condition = StringMember(entry, "condition");
      if (condition.empty()) {
        return ContextError("this entry has no \"condition\"", "name the condition that is not to ask again", "");
      }
      context_.silenced.Add(condition, mailbox.address->Key());
      return {};
    });
  }

  Result<void> ReadContacts(const Json& json) {
    return EachAddress(json, [&](const Json& entry, const Mailbox& mailbox) -> Result<void> {
      Contact contact;
      contact.name = StringMember(entry, "name");
      contact.organisation = StringMember(entry, "organisation");
      const auto flags = entry.is_object() ? entry.find("flags") : entry.end();
      if (entry.is_object() && flags != entry.end() && flags->is_array()) {
        for (const Json& flag : *flags) {
          if (flag.is_string()) {
            contact.flags.push_back(flag.get<std::string>());
          }
        }
      }
      context_.contacts[mailbox.address->Key()] = std::move(contact);
      return {};
    });
  }

  Result<void> ReadLists(const Json& json) {
    if (!json.is_array()) {
      return ContextError("\"lists\" is " + JsonTypeName(json), "write [ { \"name\": \"…\", \"members\": [] } ]", "");
    }
    for (std::size_t i = 0; i < json.size(); ++i) {
      const std::string name = StringMember(json[i], "name");
      if (name.empty() || !json[i].contains("members")) {
        return ContextError("an address-book list has a name and members",
                            "write { \"name\": \"…\", \"members\": [\"…\"] }", PointerStep(i));
      }
      Result<std::vector<Mailbox>> members = MailboxesFromJson(json[i]["members"]);
      if (!members) {
        Error error = std::move(members).error();
        error.code = ErrorCode::kContextInvalid;
        return std::move(error).Under(PointerStep(i) + "/members");
      }
      context_.lists[Fold(TrimSpace(name))] = std::move(members).value();
    }
    return {};
  }

  Context context_;
};

}  // namespace

Result<Context> ContextFromJson(const Json& json) {
  return ContextReader().Read(json);
}

}  // namespace lastlook
