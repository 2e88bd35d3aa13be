// SPDX-License-Identifier: MPL-2.0
#include "mail/body_text.h"

#include "mail/html_text.h"

namespace lastlook {

std::vector<NamedText> BodyTexts(const Draft& draft) {
  std::vector<NamedText> texts;
  if (draft.body.text) {
    texts.push_back({"body.text", *draft.body.text});
  }
  if (draft.body.html) {
    texts.push_back({"body.html", TextFromHtml(*draft.body.html)});
  }
  return texts;
}

std::string TextFromHtml(std::string_view html) {
  return html::IsTooDeepForTree(html) ? html::TextFromTags(html) : html::TextFromTree(html);
}

}  // namespace lastlook
