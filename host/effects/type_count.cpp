// SPDX-License-Identifier: MPL-2.0
// The person types how many recipients there are. Nobody types a number without having counted.
#include "effects/effect.h"
#include "policy/object_reader.h"

namespace lastlook::effects::type_count {
namespace {

class TypeCount : public Effect {
 public:
  explicit TypeCount(CountOf of) : of_(of) {}

  Stage stage() const override { return Stage::kOther; }
  std::string_view capability() const override { return ""; }
  void Apply(const FoundInMail& /*found*/, Draft* /*draft*/) const override {}
  CountOf typed_count() const override { return of_; }

 private:
  CountOf of_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& /*policy*/) {
  CountOf of = CountOf::kOutside;
  if (!params.is_object() || !params.empty()) {
    ObjectReader reader(params, {"of"}, EmptyObject::kAllowed);
    if (reader.OneOf("of", {"outside", "everybody"}) == "everybody") {
      of = CountOf::kEverybody;
    }
    if (reader.error()) {
      return *reader.error();
    }
  }
  return std::unique_ptr<Effect>(std::make_unique<TypeCount>(of));
}

}  // namespace lastlook::effects::type_count
