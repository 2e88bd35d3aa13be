// SPDX-License-Identifier: MPL-2.0
// A header field of the administrator's, with a value of its own: it replaces one of the same name.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text_fold.h"
#include "effects/effect.h"
#include "policy/object_reader.h"

namespace lastlook::effects::add_header {
namespace {

// RFC 5322 section 2.1.1 allows a line of 998 characters; an encoded word (RFC 2047) of three-byte characters needs
// about twice its bytes, and the mail program folds them.
constexpr std::size_t kMaxValueBytes = 400;
constexpr std::size_t kMaxNameBytes = 70;

// A field that says who gets the mail, who wrote it or how it is to be read belongs to the mail program. So nothing but
// fields that are nobody's standard (RFC 6648 section 1) and the one in which Microsoft's labels travel.
bool IsFree(const std::string& folded_name) {
  return (folded_name.starts_with("x-") && folded_name.size() > 2 && !folded_name.starts_with("x-mozilla-")) ||
         folded_name == "msip_labels";
}

bool IsNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool IsControl(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

bool SameName(const std::string& a, const std::string& b) {
  return AsciiLower(a) == AsciiLower(b);
}

class AddHeader : public Effect {
 public:
  AddHeader(std::string name, std::string value) : name_(std::move(name)), value_(std::move(value)) {}

  Stage stage() const override { return Stage::kOther; }
  std::string_view capability() const override { return "headers"; }
  std::string Added(const Draft& /*draft*/) const override { return name_ + ": " + value_; }

  void Apply(const FoundInMail& /*found*/, Draft* draft) const override {
    auto& headers = draft->headers;
    const auto has_name = [this](const auto& header) { return SameName(header.first, name_); };
    const auto first = std::find_if(headers.begin(), headers.end(), has_name);
    if (first == headers.end()) {
      headers.emplace_back(name_, value_);
      return;
    }
    first->second = value_;
    headers.erase(std::remove_if(first + 1, headers.end(), has_name), headers.end());
  }

 private:
  std::string name_;
  std::string value_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& /*policy*/) {
  ObjectReader reader(params, {"name", "value"});
  const std::string name = reader.String("name").value_or("");
  const std::string value = reader.String("value").value_or("");
  if (!std::all_of(name.begin(), name.end(), IsNameCharacter) || name.size() > kMaxNameBytes) {
    reader.Refuse("name", "\"" + name + "\" is no name of a header field",
                  "use at most 70 letters, digits, '-' and '_', like X-Kodama-Label");
  } else if (!IsFree(AsciiLower(name))) {
    reader.Refuse("name", "a rule may not set the header field \"" + name + "\"",
                  "use a name that begins with \"X-\" (but not \"X-Mozilla-\"), like X-Kodama-Label");
  }
  if (value.empty() || TrimSpace(value).size() != value.size() || value.size() > kMaxValueBytes ||
      std::any_of(value.begin(), value.end(), IsControl)) {
    reader.Refuse("value", "this is no value of a header field",
                  "write one line of at most 400 bytes, without blanks at its ends");
  }
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Effect>(std::make_unique<AddHeader>(name, value));
}

}  // namespace lastlook::effects::add_header
