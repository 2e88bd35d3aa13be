// SPDX-License-Identifier: MPL-2.0
// A word from the administrator in the window. It asks nothing and changes nothing.
#include <utility>

#include "effects/effect.h"
#include "effects/support/localized_param.h"
#include "policy/object_reader.h"

namespace lastlook::effects::notice {
namespace {

class ShownNotice : public Effect {
 public:
  explicit ShownNotice(Notice notice) : notice_(std::move(notice)) {}

  Stage stage() const override { return Stage::kOther; }
  std::string_view capability() const override { return ""; }
  void Apply(const FoundInMail& /*found*/, Draft* /*draft*/) const override {}
  const Notice* notice() const override { return &notice_; }

 private:
  Notice notice_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& /*policy*/) {
  ObjectReader reader(params, {"id", "text", "until"});
  Notice notice;
  notice.id = reader.String("id").value_or("");
  if (notice.id.empty()) {
    reader.Refuse("id", "a notice needs an id", "give it one, so that records can name it");
  }
  notice.text = LocalizedParam(&reader, "text");
  if (const auto until = reader.String("until")) {
    const Result<Timestamp> read = ParseTimestamp(*until);
    if (read) {
      notice.until = *read;
    } else {
      reader.Refuse("until", "\"" + *until + "\" is not a date and time", "write it like 2026-11-20T09:00:00+09:00");
    }
  }
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Effect>(std::make_unique<ShownNotice>(std::move(notice)));
}

}  // namespace lastlook::effects::notice
