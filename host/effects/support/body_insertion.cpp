// SPDX-License-Identifier: MPL-2.0
#include "effects/support/body_insertion.h"

#include <algorithm>
#include <cstddef>

#include "base/text_fold.h"
#include "mail/body_text.h"

namespace lastlook {
namespace {

constexpr std::size_t kNone = std::string::npos;

// Without white space and the ">" of quoted lines: mail programs break lines as they like.
std::string Essence(std::string_view text) {
  const std::string folded = Fold(text);
  std::string out;
  out.reserve(folded.size());
  bool line_start = true;
  for (const char c : folded) {
    if (c == '\n' || c == '\r') {
      line_start = true;
    } else if (c != ' ' && c != '\t' && !(line_start && c == '>')) {
      out += c;
      line_start = false;
    }
  }
  return out;
}

bool Holds(std::string_view text, std::string_view words) {
  return Essence(text).find(Essence(words)) != kNone;
}

std::string AsHtml(std::string_view words) {
  std::string out = "<p>";
  for (const char c : words) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '\n':
        out += "<br>";
        break;
      default:
        out += c;
    }
  }
  return out + "</p>";
}

// Behind the ">" of the tag that begins at `at`; a quoted attribute may hold one of its own.
std::size_t TagEnd(std::string_view html, std::size_t at) {
  char quote = 0;
  for (; at < html.size(); ++at) {
    const char c = html[at];
    if (quote != 0) {
      quote = c == quote ? '\0' : quote;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return at + 1;
    }
  }
  return kNone;
}

// Where a new block may stand: the place that a mail program's own HTML has, then one that is right in a fragment.
std::size_t UsualPlace(std::string_view html, BodyPlace place) {
  const std::string lower = AsciiLower(html);
  if (place == BodyPlace::kEnd) {
    return lower.rfind("</body");
  }
  const std::size_t tag = lower.find("<body");
  return tag == kNone ? kNone : TagEnd(html, tag);
}

std::string WithBlock(const std::string& html, std::size_t at, std::string_view words) {
  std::string out = html;
  out.insert(at, AsHtml(words));
  return out;
}

// In a comment, a script or a field that is never closed nobody would read the words: then the other place is taken.
void InsertIntoHtml(std::string_view words, BodyPlace place, std::string* html) {
  if (const std::size_t at = UsualPlace(*html, place); at != kNone) {
    std::string changed = WithBlock(*html, at, words);
    if (Holds(TextFromHtml(changed), words)) {
      *html = std::move(changed);
      return;
    }
  }
  *html = WithBlock(*html, place == BodyPlace::kEnd ? html->size() : 0, words);
}

void InsertIntoText(std::string_view words, BodyPlace place, std::string* text) {
  const std::string line_end = text->find("\r\n") != kNone ? "\r\n" : "\n";
  std::string paragraph;
  for (const char c : words) {
    paragraph += c == '\n' ? line_end : std::string(1, c);
  }
  paragraph += line_end;
  if (TrimSpace(*text).empty()) {
    *text = paragraph;
  } else if (place == BodyPlace::kStart) {
    text->insert(0, paragraph + line_end);
  } else {
    while (!text->ends_with(line_end + line_end)) {
      *text += line_end;
    }
    *text += paragraph;
  }
}

}  // namespace

bool BodyHolds(const Body& body, std::string_view words) {
  if (!body.text && !body.html) {
    return false;
  }
  return (!body.text || Holds(*body.text, words)) && (!body.html || Holds(TextFromHtml(*body.html), words));
}

void InsertIntoBody(std::string_view words, BodyPlace place, Body* body) {
  if (!body->text && !body->html) {
    body->text.emplace();
  }
  if (body->text && !Holds(*body->text, words)) {
    InsertIntoText(words, place, &*body->text);
  }
  if (body->html && !Holds(TextFromHtml(*body->html), words)) {
    InsertIntoHtml(words, place, &*body->html);
  }
}

}  // namespace lastlook
