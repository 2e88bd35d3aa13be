// SPDX-License-Identifier: MPL-2.0
// The mail leaves some minutes later; until then it can be taken back.
#include "effects/effect.h"
#include "policy/object_reader.h"

namespace lastlook::effects::hold {
namespace {

constexpr int kAsSettingsSay = -1;
constexpr int kMostMinutes = 1440;  // a day; whoever wants more wants to schedule the mail

class Hold : public Effect {
 public:
  explicit Hold(int minutes) : minutes_(minutes) {}

  Stage stage() const override { return Stage::kOther; }
  std::string_view capability() const override { return "hold"; }
  void Apply(const FoundInMail& /*found*/, Draft* /*draft*/) const override {}
  int hold_minutes() const override { return minutes_; }

 private:
  int minutes_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& /*policy*/) {
  int minutes = kAsSettingsSay;
  if (!params.is_object() || !params.empty()) {  // {"hold": {}} is as long as the settings say
    ObjectReader reader(params, {"minutes", "cancel"}, EmptyObject::kAllowed);
    reader.Boolean("cancel");  // for the client: whether the person may take the mail back
    minutes = static_cast<int>(reader.Whole("minutes", 1, kMostMinutes).value_or(kAsSettingsSay));
    if (reader.error()) {
      return *reader.error();
    }
  }
  return std::unique_ptr<Effect>(std::make_unique<Hold>(minutes));
}

}  // namespace lastlook::effects::hold
