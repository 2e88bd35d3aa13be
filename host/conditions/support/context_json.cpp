// SPDX-License-Identifier: MPL-2.0
#include "conditions/context_json.h"

#include <utility>

#include "base/text_fold.h"
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
  // Calls `use(entry, mailbox)` for each entry of an array; entries that are no address are passed over: the address
  // book of a person may hold anything.
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
      if (mailbox->address) {
        use(json[i], *mailbox);
      }
    }
    return {};
  }

  Result<void> ReadNow(const Json& json) {
    Result<Timestamp> now = json.is_string() ? ParseTimestamp(json.get<std::string>())
                                             : Result<Timestamp>(Error{ErrorCode::kContextInvalid, "", "", ""});
    if (!now) {
      return ContextError("\"now\" is no date and time", "write it like 2026-11-20T09:00:00+09:00", "");
    }
    context_.now = *now;
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
    return EachAddress(json, [&](const Json& entry, const Mailbox& mailbox) {
      std::string name = StringMember(entry, "name");
      context_.identities.push_back({*mailbox.address, name.empty() ? mailbox.display_name : name});
    });
  }

  Result<void> ReadHistory(const Json& json) {
    context_.history.emplace();
    return EachAddress(json,
                       [&](const Json&, const Mailbox& mailbox) { context_.history->insert(mailbox.address->Key()); });
  }

  Result<void> ReadContacts(const Json& json) {
    return EachAddress(json, [&](const Json& entry, const Mailbox& mailbox) {
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
