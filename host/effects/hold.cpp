// SPDX-License-Identifier: MPL-2.0
// The mail leaves some time later; until then it can be taken back.
#include "effects/effect.h"
#include "policy/object_reader.h"

namespace lastlook::effects::hold {
namespace {

constexpr int kAsSettingsSay = -1;
constexpr int kMostMinutes = 1440;  // a day; whoever wants more wants to schedule the mail
constexpr int kMostSeconds = 3600;
constexpr int kSecondsOfAMinute = 60;

class Hold : public Effect {
 public:
  Hold(int seconds, bool may_be_cancelled) : seconds_(seconds), may_be_cancelled_(may_be_cancelled) {}

  Stage stage() const override { return Stage::kOther; }
  std::string_view capability() const override { return "hold"; }
  void Apply(const FoundInMail& /*found*/, Draft* /*draft*/) const override {}
  int hold_seconds() const override { return seconds_; }
  bool hold_may_be_cancelled() const override { return may_be_cancelled_; }

 private:
  int seconds_;
  bool may_be_cancelled_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& /*policy*/) {
  int seconds = kAsSettingsSay;
  bool may_be_cancelled = true;
  if (!params.is_object() || !params.empty()) {  // {"hold": {}} is as long as the settings say
    ObjectReader reader(params, {"minutes", "seconds", "cancel"}, EmptyObject::kAllowed);
    may_be_cancelled = reader.Boolean("cancel").value_or(true);
    if (const auto minutes = reader.Whole("minutes", 1, kMostMinutes)) {
      seconds = static_cast<int>(*minutes) * kSecondsOfAMinute;
    }
    if (const auto given = reader.Whole("seconds", 1, kMostSeconds)) {
      if (seconds != kAsSettingsSay) {
        reader.Refuse("seconds", "a hold has either minutes or seconds", "leave one of them out");
      }
      seconds = static_cast<int>(*given);
    }
    if (reader.error()) {
      return *reader.error();
    }
  }
  return std::unique_ptr<Effect>(std::make_unique<Hold>(seconds, may_be_cancelled));
}

}  // namespace lastlook::effects::hold
