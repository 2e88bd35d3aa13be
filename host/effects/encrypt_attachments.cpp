// SPDX-License-Identifier: MPL-2.0
// All attachments leave as one encrypted ZIP. Here is only the plan; the ZIP is made when the person has said yes.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text_fold.h"
#include "effects/effect.h"
#include "effects/support/encrypted_file.h"
#include "effects/support/mail_language.h"
#include "effects/support/packed_part.h"
#include "mail/body_text.h"
#include "policy/object_reader.h"
#include "zip/entry_names.h"

namespace lastlook::effects::encrypt_attachments {
namespace {

constexpr std::size_t kMaxNameBytes = 100;
constexpr std::string_view kFirst = "{first}";
constexpr std::string_view kSubject = "{subject}";

enum class Sort { kPacked, kLeft, kPartlyEncrypted, kNotHere };

Sort SortOf(const Part& part) {
  if (IsToBePacked(part)) {
    return Sort::kLeft;
  }
  if (part.bytes == nullptr) {
    return Sort::kNotHere;
  }
  switch (EncryptionOf(*part.bytes)) {
    case Encryption::kNone:
      return Sort::kPacked;
    case Encryption::kPartly:
      return Sort::kPartlyEncrypted;
    case Encryption::kWhole:
      break;
  }
  return Sort::kLeft;  // Gmail refuses an encrypted ZIP in another one, and it is encrypted
}

std::string WithoutExtension(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

void Replace(std::string_view what, const std::string& by, std::string* text) {
  for (std::size_t at = text->find(what); at != std::string::npos; at = text->find(what, at + by.size())) {
    text->replace(at, what.size(), by);
  }
}

class EncryptAttachments : public Effect {
 public:
  explicit EncryptAttachments(std::string name) : name_(std::move(name)) {}

  Stage stage() const override { return Stage::kOther; }
  std::string_view capability() const override { return "attachments"; }
  bool may_be_offered() const override { return false; }

  std::optional<EffectProblem> Problem(const Draft& draft, const FoundInMail& /*found*/) const override {
    for (const Part& part : draft.attachments) {
      const Sort sort = SortOf(part);
      if (sort == Sort::kNotHere) {
        return EffectProblem{part.arriving ? "arriving" : "not_here", {{"name", part.name}}};
      }
      if (sort == Sort::kPartlyEncrypted) {
        return EffectProblem{"partly_encrypted", {{"name", part.name}}};
      }
    }
    return std::nullopt;
  }

  void Apply(const FoundInMail& /*found*/, Draft* draft) const override {
    std::vector<Part> left;
    std::vector<Part> packed;
    for (Part& part : draft->attachments) {
      (SortOf(part) == Sort::kPacked ? packed : left).push_back(part);
    }
    if (packed.empty()) {
      return;
    }
    left.push_back(ToBePacked(NameOf(*draft, packed, left)));
    draft->attachments = std::move(left);
  }

  std::string Added(const Draft& draft) const override {
    std::string names;
    for (const Part& part : draft.attachments) {
      if (SortOf(part) == Sort::kPacked) {
        names += part.name + '\n';
      }
    }
    Draft changed = draft;
    Apply({}, &changed);
    return names.empty() ? "" : names + "→ " + changed.attachments.back().name;
  }

 private:
  std::string NameOf(const Draft& draft, const std::vector<Part>& packed, const std::vector<Part>& left) const {
    std::string name = name_;
    if (name.empty()) {
      name = packed.size() == 1 ? std::string(kFirst) : OfLanguage(draft);
    }
    Replace(kSubject, draft.subject, &name);
    Replace(kFirst, WithoutExtension(packed.front().name), &name);
    std::vector<std::string> names;
    names.reserve(left.size() + 1);
    for (const Part& part : left) {
      names.push_back(part.name);
    }
    names.push_back(zip::SafeName(name) + ".zip");
    return zip::DistinctNames(names).back();
  }

  static std::string OfLanguage(const Draft& draft) {
    std::string words = draft.subject;
    for (const NamedText& named : BodyTexts(draft)) {
      words += '\n' + named.text;
    }
    const std::string_view language = LanguageOf(words);
    return language == "ja" ? "添付ファイル" : language == "zh" ? "附件" : "attachments";
  }

  std::string name_;  // without ".zip"; "": by what is in it
};

}  // namespace

MakeResult Make(const Json& params, const Policy& /*policy*/) {
  ObjectReader reader(params, {"name"}, EmptyObject::kAllowed);
  std::string name = reader.String("name").value_or("");
  if (reader.Find("name") != nullptr && (TrimSpace(name).empty() || name.size() > kMaxNameBytes)) {
    reader.Refuse("name", "\"name\" is empty or too long for a file", "write at most 100 bytes, like \"{subject}\"");
  }
  if (AsciiLower(name).ends_with(".zip")) {
    name.resize(name.size() - 4);
  }
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Effect>(std::make_unique<EncryptAttachments>(std::move(name)));
}

}  // namespace lastlook::effects::encrypt_attachments
