// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/addressees.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text_fold.h"
#include "conditions/support/name_keys.h"

namespace lastlook {
namespace {

// Short forms of English first names that do not begin like the long ones.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kShortNames = {{
    {"bill", "william"},
    {"will", "william"},
    {"bob", "robert"},
    {"dick", "richard"},
    {"rick", "richard"},
    {"liz", "elizabeth"},
    {"beth", "elizabeth"},
    {"betty", "elizabeth"},
    {"jack", "john"},
    {"jim", "james"},
    {"ted", "edward"},
    {"tony", "anthony"},
    {"kate", "catherine"},
    {"peggy", "margaret"},
    {"harry", "henry"},
    {"drew", "andrew"},
}};

// What is written to an organisation or a desk says nothing of a person.
constexpr std::array<std::string_view, 20> kNotPeople = {
    "会社", "(株)",   "商事",   "工業",   "銀行",   "製作所", "グループ", "協会", "大学", "病院",
    "組合", "事務所", "営業部", "総務部", "人事部", "経理部", "担当",     "係",   "公司", "部門"};

bool IsLatin(const std::string& key) {
  return !key.empty() && static_cast<unsigned char>(key.front()) < 0x80;
}

std::string WithoutBlanks(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return c != ' '; });
  return out;
}

// `by_first_name`: the greeting is in Latin letters, so it may be a first name and a short one.
bool AreAlike(const std::string& greeted, const std::string& known, bool by_first_name) {
  if (greeted == known) {
    return true;
  }
  if (!IsLatin(greeted) || !IsLatin(known)) {
    return false;
  }
  // "tyamada", "yamadat"
  constexpr std::size_t kEnough = 4;
  const bool with_initial =
      greeted.size() >= kEnough && ((known.ends_with(greeted) && known.size() <= greeted.size() + 2) ||
                                    (known.starts_with(greeted) && known.size() <= greeted.size() + 1));
  // "Chris" is Christopher, "Mike" is Michael, "Bob" is Robert.
  const bool is_short =
      by_first_name &&
      (known.starts_with(greeted) || (greeted.size() <= 4 && greeted.substr(0, 2) == known.substr(0, 2)) ||
       std::any_of(kShortNames.begin(), kShortNames.end(), [&](const auto& pair) {
         return (pair.first == greeted && pair.second == known) || (pair.first == known && pair.second == greeted);
       }));
  return with_initial || is_short;
}

}  // namespace

std::optional<MailGreeting> ReadGreeting(const MailView& mail) {
  for (const TextStretch& text : OwnText(mail)) {
    if (!TrimSpace(text.View()).empty()) {
      return MailGreeting{text, detect::FindGreeting(text.View())};
    }
  }
  return std::nullopt;
}

NameMatch MatchesName(const MailView& mail, const Recipient& recipient, const detect::Addressee& who) {
  const Mailbox& mailbox = recipient.mailbox;
  if (!mailbox.address) {
    return NameMatch::kCannotTell;
  }
  std::vector<std::string> written = {mailbox.display_name};
  const auto contact = mail.context().contacts.find(mailbox.address->Key());
  if (contact != mail.context().contacts.end()) {
    written.push_back(contact->second.name);
  }
  std::vector<std::string> known = NameKeys("", mailbox.address->local_part);
  for (const std::string& name : written) {
    for (std::string& key : NameKeys(name, "")) {
      known.push_back(std::move(key));
    }
  }
  if (known.empty()) {
    return NameMatch::kCannotTell;
  }
  bool can_tell = false;
  for (const std::string& name : who.names) {
    if (std::any_of(kNotPeople.begin(), kNotPeople.end(),
                    [&](std::string_view word) { return name.find(word) != std::string::npos; })) {
      if (&name == &who.names.front()) {
        return NameMatch::kCannotTell;
      }
      continue;  // the company in front of the name
    }
    for (const std::string& text : written) {
      const std::string joined = WithoutBlanks(Fold(text));
      if (!joined.empty() && joined.find(name) != std::string::npos) {
        return NameMatch::kYes;
      }
    }
    for (const std::string& greeted : NameKeys(name, "")) {
      for (const std::string& key : known) {
        if (AreAlike(greeted, key, IsLatin(name))) {
          return NameMatch::kYes;
        }
        can_tell = can_tell || IsLatin(greeted) == IsLatin(key);
      }
    }
  }
  return can_tell ? NameMatch::kNo : NameMatch::kCannotTell;
}

}  // namespace lastlook
