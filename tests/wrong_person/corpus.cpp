// SPDX-License-Identifier: MPL-2.0
#include "corpus.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <functional>
#include <map>
#include <string_view>

#include "base/text_fold.h"

namespace lastlook::wrong_person {
namespace {

using Fields = std::vector<std::string_view>;

Error Broken(const std::filesystem::path& file, int line, std::string message) {
  Error error{ErrorCode::kUnreadableInput, std::move(message), "see tests/wrong_person/README.md for the form", ""};
  error.place = {file.string(), line, 0};
  return error;
}

bool ReadNumber(std::string_view text, std::int64_t* out) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), *out);
  return problem == std::errc() && end == text.data() + text.size();
}

Fields Split(std::string_view line) {
  Fields fields;
  for (std::size_t start = 0;;) {
    const std::size_t tab = line.find('\t', start);
    fields.push_back(line.substr(start, tab == std::string_view::npos ? tab : tab - start));
    if (tab == std::string_view::npos) {
      return fields;
    }
    start = tab + 1;
  }
}

// Calls `use(fields)`, which returns what is wrong with them or "", for each line of at least so many fields.
Result<void> EachLine(const std::filesystem::path& file, std::size_t least,
                      const std::function<std::string(const Fields&)>& use) {
  std::ifstream in(file);
  if (!in) {
    return Broken(file, 0, "this file cannot be read");
  }
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    while (!line.empty() && line.back() == '\r') {
      line.pop_back();
    }
    const Fields fields = Split(line);
    std::int64_t id = 0;
    if (line.empty() || (number == 1 && !ReadNumber(fields[0], &id))) {
      continue;
    }
    if (fields.size() < least) {
      return Broken(file, number, "this line has " + std::to_string(fields.size()) + " fields");
    }
    if (std::string problem = use(fields); !problem.empty()) {
      return Broken(file, number, std::move(problem));
    }
  }
  return {};
}

// "kenneth.lay": only what names a person counts, so any such address will do.
std::string LocalPartOf(const std::string& name) {
  std::string local;
  for (const char c : Fold(name)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      local += c;
    } else if (!local.empty() && local.back() != '.') {
      local += '.';
    }
  }
  while (!local.empty() && local.back() == '.') {
    local.pop_back();
  }
  return local.empty() ? "nobody" : local;
}

}  // namespace

Result<Corpus> ReadCorpus(const std::filesystem::path& folder) {
  Corpus corpus;
  std::map<std::int64_t, std::size_t> people;
  std::map<std::string, int> taken;
  Result<void> read = EachLine(folder / "employees.tsv", 2, [&](const Fields& fields) -> std::string {
    std::int64_t id = 0;
    if (!ReadNumber(fields[0], &id) || !people.emplace(id, corpus.people.size()).second) {
      return "the id of this person is no number, or is there twice";
    }
    Person person{std::string(TrimSpace(fields[1])), ""};
    person.local_part = LocalPartOf(person.name);
    if (const int others = taken[person.local_part]++; others > 0) {
      person.local_part += std::to_string(others + 1);
    }
    corpus.people.push_back(std::move(person));
    return "";
  });
  std::map<std::int64_t, Message> messages;
  if (read) {
    read = EachLine(folder / "messages.tsv", 5, [&](const Fields& fields) -> std::string {
      std::int64_t id = 0;
      std::int64_t sender = 0;
      Message message;
      // A subject may hold a tab: the sender stands last.
      if (!ReadNumber(fields[0], &id) || !ReadNumber(fields[2], &message.at) || !ReadNumber(fields.back(), &sender)) {
        return "id, time and sender are to be numbers";
      }
      const auto known = people.find(sender);
      if (known == people.end()) {
        return "nobody has the id of this sender";
      }
      message.sender = known->second;
      return messages.emplace(id, message).second ? "" : "this message is there twice";
    });
  }
  if (read) {
    read = EachLine(folder / "recipients.tsv", 3, [&](const Fields& fields) -> std::string {
      std::int64_t id = 0;
      std::int64_t receiver = 0;
      if (!ReadNumber(fields[0], &id) || !ReadNumber(fields[2], &receiver)) {
        return "ids are to be numbers";
      }
      const auto message = messages.find(id);
      const auto person = people.find(receiver);
      if (message == messages.end() || person == people.end()) {
        return "no message or no person has this id";
      }
      std::vector<std::size_t>& recipients = message->second.recipients;
      if (person->second != message->second.sender &&
          std::find(recipients.begin(), recipients.end(), person->second) == recipients.end()) {
        recipients.push_back(person->second);
      }
      return "";
    });
  }
  if (!read) {
    return read.error();
  }
  for (auto& [id, message] : messages) {
    if (!message.recipients.empty()) {
      corpus.messages.push_back(std::move(message));
    }
  }
  std::stable_sort(corpus.messages.begin(), corpus.messages.end(),
                   [](const Message& a, const Message& b) { return a.at < b.at; });
  return corpus;
}

void WriteCorpus(const Corpus& corpus, const std::filesystem::path& folder) {
  std::ofstream employees(folder / "employees.tsv");
  for (std::size_t i = 0; i < corpus.people.size(); ++i) {
    employees << i + 1 << '\t' << corpus.people[i].name << "\tOther\tOther\tEmployee\tFemale\tJunior\n";
  }
  std::ofstream messages(folder / "messages.tsv");
  std::ofstream recipients(folder / "recipients.tsv");
  for (std::size_t i = 0; i < corpus.messages.size(); ++i) {
    const Message& message = corpus.messages[i];
    messages << i + 1 << "\tsent/" << i + 1 << '\t' << message.at << "\tRe: plan\t" << message.sender + 1 << '\n';
    for (std::size_t k = 0; k < message.recipients.size(); ++k) {
      recipients << i + 1 << '\t' << k + 1 << '\t' << message.recipients[k] + 1 << '\n';
    }
  }
}

}  // namespace lastlook::wrong_person
