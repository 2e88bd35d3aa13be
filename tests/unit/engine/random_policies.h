// SPDX-License-Identifier: MPL-2.0
// Policies and mails made at random, for what must hold of every one.
#pragma once

#include <random>
#include <string>

namespace lastlook {

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  unsigned Below(unsigned limit) { return random_() % limit; }
  template <typename T, std::size_t N>
  const T& OneOf(const T (&items)[N]) {
    return items[Below(N)];
  }

  std::string Condition(int depth) {
    const std::string leaves[] = {R"({"recipients":{"not_in":"internal"}})",
                                  R"({"recipients":{"in":"partners","min":2}})",
                                  R"({"recipient_domains":{"not_in":"internal","min":2}})",
                                  R"({"recipients_all":{"in":"internal"}})",
                                  R"({"recipients_outside_all":{"in":"partners"}})",
                                  R"({"attachments":{"min":1}})",
                                  R"({"attachments":{"min_bytes":100}})",
                                  R"({"text":{"any_of":["secret","社外秘"]}})"};
    if (depth == 0 || Below(3) == 0) {
      return OneOf(leaves);
    }
    if (Below(3) == 0) {
      return R"({"not":)" + Condition(depth - 1) + "}";
    }
    return std::string(Below(2) == 0 ? R"({"all":[)" : R"({"any":[)") + Condition(depth - 1) + "," +
           Condition(depth - 1) + "]}";
  }

  std::string Policy() {
    const char* modes[] = {"off", "simulate", "warn", "confirm", "justify", "hold", "block"};
    const char* effects[] = {R"({"add_bcc":["audit@in.example"]})",
                             R"({"add_cc":["boss@in.example"]})",
                             R"({"move_to_bcc":{"not_in":"internal"}})",
                             R"({"hold":{"minutes":3}})",
                             R"({"move_to_bcc":{"not_in":"internal","keep_one_organisation":true}})",
                             R"({"add_text":{"text":{"en":"for you","ja":"宛先の方へ"}}})",
                             R"({"add_header":{"name":"X-Label","value":"a"}})",
                             R"({"type_count":{}})",
                             R"({"retype_names":{"name":"*.pdf"}})",
                             R"({"notice":{"id":"n","text":"Mind the gap."}})"};
    std::string rules;
    const unsigned count = 1 + Below(6);
    for (unsigned i = 0; i < count; ++i) {
      rules += std::string(i == 0 ? "" : ",") + R"({"id":"r)" + std::to_string(i) + R"(","mode":")" + OneOf(modes) +
               R"(","if":)" + Condition(2);
      if (Below(3) == 0) {
        rules += R"(,"unless":)" + Condition(1);
      }
      if (Below(2) == 0) {
        rules += std::string(R"(,"do":[)") + OneOf(effects) + "]";
      }
      if (Below(3) == 0) {
        rules += std::string(R"(,"offer":[)") + OneOf(effects) + "]";
      }
      rules += "}";
    }
    const char* settings[] = {
        R"({"confirm.ticks":"outside"})", R"({"confirm.tick_all":true,"confirm.countdown_seconds":5})",
        R"({"confirm.tick_all":true,"confirm.ticks":"all","confirm.top_message":{"en":"Look."}})"};
    return R"({"schema":1,"settings":)" + std::string(OneOf(settings)) +
           R"(,"lists":{"internal":["in.example"],"partners":["p.example"]},"rules":[)" + rules + "]}";
  }

  std::string Recipients() {
    const char* people[] = {"a@in.example", "b@in.example", "c@out.example", "D <d@out.example>",
                            "e@p.example",  "f@@broken",    "Team <Team>",   "g@gmail.com"};
    std::string out;
    for (unsigned i = Below(5); i > 0; --i) {
      out += (out.empty() ? "\"" : ",\"") + std::string(OneOf(people)) + "\"";
    }
    return "[" + out + "]";
  }

  std::string Mail() {
    const char* bodies[] = {"hello", "社外秘", "secret plan", ""};
    const char* files[] = {"", R"({"id":"1","name":"a.pdf","size":50})", R"({"id":"1","name":"b.zip","size":500})",
                           R"({"id":"1","name":"c"})"};
    const char* senders[] = {"me@in.example", "me@gmail.com", "?"};
    return std::string(R"({"from":")") + OneOf(senders) + R"(","to":)" + Recipients() + R"(,"cc":)" + Recipients() +
           R"(,"bcc":)" + Recipients() + R"(,"subject":"s","body":")" + OneOf(bodies) + R"(","attachments":[)" +
           OneOf(files) + "]}";
  }

 private:
  std::mt19937 random_;
};

}  // namespace lastlook
