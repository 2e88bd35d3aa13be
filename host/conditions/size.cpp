// SPDX-License-Identifier: MPL-2.0
// How large the whole mail is as it travels. An estimate: the text as base64 where it is not ASCII, and a few hundred
// bytes of header for each part.
#include <cstdint>
#include <memory>
#include <string>

#include "base/text_fold.h"
#include "conditions/condition.h"
#include "conditions/support/encoded_size.h"
#include "policy/object_reader.h"

namespace lastlook::conditions::size {
namespace {

constexpr std::int64_t kMostBytes = INT64_C(1) << 40;
constexpr std::uint64_t kMailHeaderBytes = 1'000;  // what mail programs and the first servers write
constexpr std::uint64_t kPartHeaderBytes = 300;
constexpr std::uint64_t kAddressBytes = 40;

class Size : public Condition {
 public:
  explicit Size(std::uint64_t min_bytes) : min_bytes_(min_bytes) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    const Draft& draft = mail.draft();
    std::uint64_t bytes = kMailHeaderBytes + draft.recipients.size() * kAddressBytes + draft.subject.size();
    for (const auto* body : {&draft.body.text, &draft.body.html}) {
      if (*body) {
        bytes += kPartHeaderBytes + (IsAscii(**body) ? (*body)->size() : Base64Size((*body)->size()));
      }
    }
    ConditionResult result;
    bool all_known = true;
    for (std::size_t i = 0; i < draft.attachments.size(); ++i) {
      const Part& part = draft.attachments[i];
      all_known = all_known && part.size_bytes.has_value();
      const std::uint64_t encoded = Base64Size(part.size_bytes.value_or(0));
      bytes += kPartHeaderBytes + encoded;
      result.evidence.Add({"attachments[" + std::to_string(i) + "]",
                           part.name,
                           0,
                           static_cast<std::uint32_t>(Utf16Length(part.name)),
                           part.size_bytes ? "part" : "size_unknown",
                           {{"name", part.name}, {"megabytes", Megabytes(encoded)}}});
    }
    result.arguments = {{"bytes", std::to_string(bytes)}, {"megabytes", Megabytes(bytes)}};
    result.truth = bytes >= min_bytes_ ? Truth::kTrue : all_known ? Truth::kFalse : Truth::kUnknown;
    return result.truth == Truth::kFalse ? ConditionResult() : std::move(result);
  }

 private:
  // With one digit behind the point; people count in 1,000,000.
  static std::string Megabytes(std::uint64_t bytes) {
    const std::uint64_t tenths = (bytes + 50'000) / 100'000;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
  }

  std::uint64_t min_bytes_;
};

}  // namespace

MakeResult Make(const Json& json, const Policy& /*policy*/) {
  ObjectReader reader(json, {"min_bytes"});
  const auto min_bytes = reader.Whole("min_bytes", 1, kMostBytes);
  if (!reader.error() && !min_bytes) {
    reader.Refuse(PolicyError("this names no size", "give \"min_bytes\""));
  }
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<Size>(static_cast<std::uint64_t>(*min_bytes)));
}

}  // namespace lastlook::conditions::size
