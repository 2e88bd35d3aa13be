// SPDX-License-Identifier: MPL-2.0
// Takes the person back to the mail, to the place where something is to be done that nobody can do for them: a file to
// attach, a subject to write. Nothing is sent and nothing is changed.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "effects/effect.h"
#include "policy/object_reader.h"

namespace lastlook::effects::go_back {
namespace {

// Also the keys of the button's texts.
constexpr std::array<std::string_view, 5> kPlaces = {"attachments", "subject", "body", "recipients", "sender"};

class GoBack : public Effect {
 public:
  explicit GoBack(std::string_view place) : place_(place) {}

  Stage stage() const override { return Stage::kOther; }
  std::string_view capability() const override { return ""; }
  bool only_offered() const override { return true; }
  std::string_view label() const override { return place_; }
  std::string_view go_to() const override { return place_; }
  void Apply(const FoundInMail& /*found*/, Draft* /*draft*/) const override {}

 private:
  std::string_view place_;  // of kPlaces
};

}  // namespace

MakeResult Make(const Json& params, const Policy& /*policy*/) {
  ObjectReader reader(params, {"to"});
  const std::string place = reader.OneOf("to", {kPlaces.begin(), kPlaces.end()}).value_or("");
  const auto* const known = std::find(kPlaces.begin(), kPlaces.end(), place);
  if (!reader.error() && known == kPlaces.end()) {
    reader.Refuse("to", "\"go_back\" does not say where to", "add \"to\": \"attachments\", \"subject\", \"body\" …");
  }
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Effect>(std::make_unique<GoBack>(*known));
}

}  // namespace lastlook::effects::go_back
