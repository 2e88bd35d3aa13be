// SPDX-License-Identifier: MPL-2.0
#include "policy/policy_test.h"

#include <utility>

#include "policy/object_reader.h"

namespace lastlook {
namespace {

// A list that may be empty: "no recipient in Bcc" is something to expect.
std::optional<std::vector<std::string>> ReadList(ObjectReader* reader, const std::string& key) {
  const Json* value = reader->Find(key);
  if (value != nullptr && value->is_array() && value->empty()) {
    return std::vector<std::string>();
  }
  return reader->Strings(key);
}

Result<PolicyExpectation> ReadExpectation(const Json& json) {
  ObjectReader reader(json, {"disposition", "has_rules", "not_rules", "rules", "needs", "to", "cc", "bcc", "simulated",
                             "hold_seconds", "acknowledge", "obligations"});
  PolicyExpectation expect;
  expect.disposition = reader.OneOf("disposition", {"allow", "modify", "delay", "block"});
  for (const auto& [key, list] :
       {std::pair{"has_rules", &expect.has_rules}, std::pair{"not_rules", &expect.not_rules},
        std::pair{"rules", &expect.rules}, std::pair{"needs", &expect.needs}, std::pair{"to", &expect.to},
        std::pair{"cc", &expect.cc}, std::pair{"bcc", &expect.bcc}, std::pair{"simulated", &expect.simulated},
        std::pair{"acknowledge", &expect.acknowledge}, std::pair{"obligations", &expect.obligations}}) {
    *list = ReadList(&reader, key);
  }
  constexpr std::int64_t kSecondsOfADay = 86400;
  expect.hold_seconds = reader.Whole("hold_seconds", 0, kSecondsOfADay);
  if (reader.error()) {
    return *reader.error();
  }
  return expect;
}

Result<PolicyTest> ReadTest(const Json& json, const Origin& origin) {
  ObjectReader reader(json, {"name", "mail", "context", "expect"});
  PolicyTest test;
  test.origin = origin;
  test.name = reader.String("name").value_or("");
  if (test.name.empty()) {
    reader.Refuse(PolicyError("a test needs a name", "give it a \"name\" that says what must happen"));
  }
  for (const char* key : {"mail", "expect"}) {
    const Json* value = reader.Find(key);
    if (value == nullptr || !value->is_object()) {
      reader.Refuse(
          PolicyError("a test has a mail and what to expect of it", "give the objects \"mail\" and \"expect\""));
    }
  }
  if (reader.error()) {
    return *reader.error();
  }
  Result<PolicyExpectation> expect = ReadExpectation(*reader.Find("expect"));
  if (!expect) {
    return std::move(expect).error().Under(PointerStep("expect"));
  }
  test.expect = *std::move(expect);
  test.mail = *reader.Find("mail");
  if (const Json* context = reader.Find("context")) {
    test.context = *context;
  }
  return test;
}

}  // namespace

Result<std::vector<PolicyTest>> ReadPolicyTests(const Json& json, const Origin& origin) {
  if (!json.is_array()) {
    return PolicyError("\"tests\" is " + JsonTypeName(json),
                       "write [ { \"name\": \"…\", \"mail\": {}, \"expect\": {} } ]");
  }
  std::vector<PolicyTest> tests;
  for (std::size_t i = 0; i < json.size(); ++i) {
    Result<PolicyTest> test = ReadTest(json[i], Origin{origin.source, origin.pointer + PointerStep(i)});
    if (!test) {
      return std::move(test).error().Under(PointerStep(i));
    }
    tests.push_back(*std::move(test));
  }
  return tests;
}

}  // namespace lastlook
