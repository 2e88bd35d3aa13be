// SPDX-License-Identifier: MPL-2.0
#include "mail/body_text.h"

#include <utility>

#include "mail/html_text.h"

namespace lastlook {

std::vector<NamedText> BodyTexts(const Draft& draft) {
  std::vector<NamedText> texts;
  if (draft.body.text) {
    texts.push_back({"body.text", *draft.body.text, {}});
  }
  if (draft.body.html) {
    MarkedText html = MarkedTextFromHtml(*draft.body.html);
    texts.push_back({"body.html", std::move(html.text), std::move(html.marks)});
  }
  return texts;
}

std::string TextFromHtml(std::string_view html) {
  return MarkedTextFromHtml(html).text;
}

MarkedText MarkedTextFromHtml(std::string_view html) {
  return html::IsTooDeepForTree(html) ? html::TextFromTags(html) : html::TextFromTree(html);
}

}  // namespace lastlook
