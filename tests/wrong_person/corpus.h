// SPDX-License-Identifier: MPL-2.0
// Years of mail among known people, as the public Enron core has them: who wrote to whom and when, no bodies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace lastlook::wrong_person {

struct Person {
  std::string name;        // as a mail program shows it
  std::string local_part;  // of the address
};

struct Message {
  std::int64_t at = 0;  // Unix seconds
  std::size_t sender = 0;
  std::vector<std::size_t> recipients;  // each once, without the sender
};

struct Corpus {
  std::vector<Person> people;
  std::vector<Message> messages;  // by time
};

// employees.tsv (id, full name, …), messages.tsv (id, file, unix time, subject, sender's id) and recipients.tsv
// (message id, number, receiver's id) of patperry/interaction-proc, data/enron: tab-separated, ids from 1; a first line
// that has no number is a heading. Messages without a recipient beside the sender are left out. Errors:
// kUnreadableInput with file and line.
Result<Corpus> ReadCorpus(const std::filesystem::path& folder);

// In the same form.
void WriteCorpus(const Corpus& corpus, const std::filesystem::path& folder);

}  // namespace lastlook::wrong_person
