// SPDX-License-Identifier: MPL-2.0
// The person types the names of the attachments once more, and so reads them.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text_fold.h"
#include "effects/effect.h"
#include "policy/address_patterns.h"
#include "policy/object_reader.h"

namespace lastlook::effects::retype_names {
namespace {

class RetypeNames : public Effect {
 public:
  explicit RetypeNames(std::vector<std::string> globs) : globs_(std::move(globs)) {}

  Stage stage() const override { return Stage::kOther; }
  std::string_view capability() const override { return ""; }
  void Apply(const FoundInMail& /*found*/, Draft* /*draft*/) const override {}

  // A file without a name has nothing to type.
  bool RetypesNameOf(const Part& part) const override {
    const std::string name = Fold(TrimSpace(part.name));
    return !name.empty() && (globs_.empty() || std::any_of(globs_.begin(), globs_.end(), [&](const std::string& glob) {
                               return GlobMatches(glob, name);
                             }));
  }

 private:
  std::vector<std::string> globs_;  // folded; none: every file
};

}  // namespace

MakeResult Make(const Json& params, const Policy& /*policy*/) {
  std::vector<std::string> globs;
  if (!params.is_object() || !params.empty()) {
    ObjectReader reader(params, {"name"}, EmptyObject::kAllowed);
    for (const std::string& glob : reader.Strings("name").value_or(std::vector<std::string>())) {
      if (TrimSpace(glob).empty()) {
        reader.Refuse("name", "a name is empty", "write names with '*', like \"*.xlsx\"");
      }
      globs.push_back(Fold(TrimSpace(glob)));
    }
    if (reader.error()) {
      return *reader.error();
    }
  }
  return std::unique_ptr<Effect>(std::make_unique<RetypeNames>(std::move(globs)));
}

}  // namespace lastlook::effects::retype_names
