// SPDX-License-Identifier: MPL-2.0
// Reads policies, one a line ({"policy": …, "files": {name: text}}), and says of each whether it is accepted: the
// reader's half of agreement.test.mjs. Each is read by itself, without the built-in policy.
#include <iostream>
#include <memory>
#include <string>

#include "base/json.h"
#include "engine/prepared_policy.h"
#include "policy/read_policy.h"

int main() {
  using namespace lastlook;
  std::string line;
  while (std::getline(std::cin, line)) {
    const Result<Json> request = ParseJson(line, {.max_depth = 64});
    if (!request) {
      std::cerr << DescribeError(request.error()) << "\n";
      return 1;
    }
    auto source = std::make_shared<PolicySource>();
    source->file = "policy.json";
    source->text = request->at("policy").dump();
    const Json files = request->value("files", Json::object());
    for (const auto& [name, text] : files.items()) {
      source->list_files[name] = text.get<std::string>();
    }
    const Result<Policy> policy = ReadPolicy({source}, KnownVocabulary());
    Json answer = {{"accepted", policy.ok()}};
    if (!policy) {
      answer["message"] = policy.error().message;
      answer["remedy"] = policy.error().remedy;
    }
    std::cout << answer.dump() << "\n";
  }
}
