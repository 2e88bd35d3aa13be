// SPDX-License-Identifier: MPL-2.0
// The text says that something is attached, and nothing is; or it names more files than there are.
#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "conditions/condition.h"
#include "conditions/support/file_name.h"
#include "conditions/support/text_places.h"
#include "detect/attachment_mention.h"
#include "policy/object_reader.h"

namespace lastlook::conditions::forgotten_attachment {
namespace {

// What mail programs add by themselves: signatures, keys, cards, and Outlook's pictures in the text ("image001.png").
bool IsNoFile(const FoldedNamedText& name) {
  static constexpr std::array<std::string_view, 6> kCarried = {"vcf", "p7s", "p7m", "asc", "sig", "pgp"};
  const std::string extension = Extension(name.named.text);
  const std::string& folded = name.folded.text;
  const bool is_picture = extension == "png" || extension == "jpg" || extension == "gif";
  return std::find(kCarried.begin(), kCarried.end(), extension) != kCarried.end() || folded == "winmail.dat" ||
         (is_picture && (folded.starts_with("image0") || folded.starts_with("logo")));
}

bool HoldsMany(const FoldedNamedText& name) {
  static constexpr std::array<std::string_view, 7> kArchives = {"zip", "lzh", "7z", "rar", "gz", "tgz", "tar"};
  return std::find(kArchives.begin(), kArchives.end(), Extension(name.named.text)) != kArchives.end();
}

class ForgottenAttachment : public Condition {
 public:
  ConditionResult Evaluate(const MailView& mail) const override {
    std::size_t files = 0;
    bool any_holds_many = false;
    for (const FoldedNamedText& name : mail.attachment_names()) {
      files += IsNoFile(name) ? 0 : 1;
      any_holds_many = any_holds_many || HoldsMany(name);
    }
    ConditionResult result;
    if (any_holds_many) {
      return result;
    }
    std::vector<TextStretch> texts = OwnText(mail);
    if (std::any_of(texts.begin(), texts.end(),
                    [](const TextStretch& text) { return detect::LinksToFileStore(text.View()); })) {
      return result;
    }
    if (IsOwnSubject(mail)) {
      texts.insert(texts.begin(), {&mail.subject(), 0, mail.subject().folded.text.size()});
    }
    for (const TextStretch& text : texts) {
      for (const detect::AttachmentMention& mention : detect::FindAttachmentMentions(text.View())) {
        if (files == 0 || mention.files > files) {
          AddTextEvidence(
              *text.text, text.begin + mention.begin, text.begin + mention.end, files == 0 ? "said" : "fewer",
              {{"count", std::to_string(files)}, {"said", std::to_string(mention.files)}}, &result.evidence);
        }
      }
    }
    if (result.evidence.total() > 0) {
      result.truth = Truth::kTrue;
      result.arguments = {{"count", std::to_string(files)}};
    }
    return result;
  }
};

}  // namespace

MakeResult Make(const Json& json, const Policy& /*policy*/) {
  const ObjectReader reader(json, {}, EmptyObject::kAllowed);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<ForgottenAttachment>());
}

}  // namespace lastlook::conditions::forgotten_attachment
