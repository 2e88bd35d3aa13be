// SPDX-License-Identifier: MPL-2.0
#include "mail_file/mime_parts.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text_fold.h"
#include "mail/charset.h"
#include "mail_file/header_text.h"
#include "mail_file/mime_object.h"
#include "mail_file/mime_parameters.h"

namespace lastlook {
namespace {

// A part that may turn out to be a picture which the HTML shows; known only when all HTML has been read.
struct Candidate {
  Part part;
  std::string content_id;  // "" = cannot be one
};

std::string Parameter(const ParameterizedField& field, const char* name) {
  const auto found = field.parameters.find(name);
  return found == field.parameters.end() ? std::string() : found->second;
}

// File names are names, not places.
std::string LastStep(std::string name) {
  const std::size_t slash = name.find_last_of("/\\");
  return slash == std::string::npos ? name : name.substr(slash + 1);
}

std::string HtmlCharset(std::string_view html) {
  // HTML Living Standard section 4.2.5.4: within the first 1024 bytes.
  const std::string head = AsciiLower(html.substr(0, 1024));
  constexpr std::string_view kKey = "charset=";
  const std::size_t found = head.find(kKey);
  if (found == std::string::npos) {
    return {};
  }
  const std::size_t begin = head.find_first_not_of("\"' ", found + kKey.size());
  return begin == std::string::npos ? std::string() : head.substr(begin, head.find_first_of("\"' />;", begin) - begin);
}

// The Content-IDs that `html` shows ("cid:", RFC 2392).
void CollectShownIds(std::string_view html, std::set<std::string>* ids) {
  const std::string lower = AsciiLower(html);
  for (std::size_t at = 0; (at = lower.find("cid:", at)) != std::string::npos;) {
    at += 4;
    const std::size_t end = std::min(lower.find_first_of("\"'<>() \t\r\n&", at), lower.size());
    std::string id;
    for (std::size_t i = at; i < end; ++i) {
      if (lower[i] == '%' && i + 2 < end && g_ascii_isxdigit(lower[i + 1]) && g_ascii_isxdigit(lower[i + 2])) {
        id += static_cast<char>(g_ascii_xdigit_value(lower[i + 1]) * 16 + g_ascii_xdigit_value(lower[i + 2]));
        i += 2;
      } else {
        id += lower[i];
      }
    }
    ids->insert(AsciiLower(id));
    at = end;
  }
}

// Mail files end lines with CR LF, compose windows with LF: the same words must be the same text.
std::string WithPlainLineEnds(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r' || i + 1 >= text.size() || text[i + 1] != '\n') {
      out += text[i];
    }
  }
  return out;
}

class PartsReader {
 public:
  explicit PartsReader(Draft* draft) : draft_(draft) {}

  void Read(GMimeObject* root) {
    // A stack of its own: how deep parts nest is the mail's decision.
    open_.push_back(root);
    while (!open_.empty()) {
      GMimeObject* object = open_.back();
      open_.pop_back();
      ReadObject(object);
    }
    std::set<std::string> shown;
    if (draft_->body.html) {
      CollectShownIds(*draft_->body.html, &shown);
    }
    for (Candidate& candidate : candidates_) {
      if (candidate.content_id.empty() || !shown.contains(candidate.content_id)) {
        candidate.part.id = "attachments[" + std::to_string(draft_->attachments.size()) + "]";
        draft_->attachments.push_back(std::move(candidate.part));
      }
    }
  }

 private:
  void ReadObject(GMimeObject* object) {
    if (GMIME_IS_MULTIPART(object)) {
      GMimeMultipart* multipart = GMIME_MULTIPART(object);
      int count = g_mime_multipart_get_count(multipart);
      // The signature (RFC 1847) is no document that anybody attached.
      if (ContentTypeOf(object) == "multipart/signed") {
        count = std::min(count, 1);
      }
      for (int i = count - 1; i >= 0; --i) {
        open_.push_back(g_mime_multipart_get_part(multipart, i));
      }
    } else if (GMIME_IS_MESSAGE_PART(object)) {
      ReadMessage(object);
    } else if (GMIME_IS_PART(object)) {
      ReadLeaf(object);
    }
  }

  void ReadMessage(GMimeObject* object) {
    GMimeMessage* message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
    Candidate candidate = NewCandidate(object);
    SetBytes(message != nullptr ? MessageBytes(message) : std::string(), &candidate.part);
    if (candidate.part.name.empty()) {
      const std::string subject =
          message != nullptr ? HeaderText(RawHeader(GMIME_OBJECT(message), "Subject")) : std::string();
      candidate.part.name = (subject.empty() ? "message" : subject) + ".eml";
    }
    candidates_.push_back(std::move(candidate));
  }

  void ReadLeaf(GMimeObject* object) {
    Candidate candidate = NewCandidate(object);
    const bool attached =
        ReadParameterizedField(RawHeader(object, "Content-Disposition")).value.starts_with("attachment");
    const std::string& type = candidate.part.content_type;
    if (!attached && candidate.part.name.empty() && (type == "text/plain" || type == "text/html" || type.empty())) {
      AddBody(object, type == "text/html");
      return;
    }
    if (!attached && type.starts_with("image/")) {
      std::string id = HeaderValue(RawHeader(object, "Content-ID"));
      std::erase_if(id, [](char c) { return c == '<' || c == '>'; });
      candidate.content_id = AsciiLower(TrimSpace(id));
    }
    SetBytes(DecodedContent(GMIME_PART(object)), &candidate.part);
    candidates_.push_back(std::move(candidate));
  }

  static Candidate NewCandidate(GMimeObject* object) {
    Candidate candidate;
    candidate.part.content_type = ContentTypeOf(object);
    std::string name = Parameter(ReadParameterizedField(RawHeader(object, "Content-Disposition")), "filename");
    if (name.empty()) {
      name = Parameter(ReadParameterizedField(RawHeader(object, "Content-Type")), "name");
    }
    std::replace_if(
        name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    candidate.part.name = LastStep(std::move(name));
    return candidate;
  }

  static void SetBytes(std::string bytes, Part* part) {
    part->size_bytes = bytes.size();
    part->bytes = std::make_shared<const std::string>(std::move(bytes));
  }

  // Further text parts (the footers of mailing lists) are shown below the first.
  void AddBody(GMimeObject* object, bool html) {
    const std::string bytes = DecodedContent(GMIME_PART(object));
    const char* declared = g_mime_object_get_content_type_parameter(object, "charset");
    std::string charset = declared != nullptr ? declared : "";
    if (html && charset.empty()) {
      charset = HtmlCharset(bytes);
    }
    std::string text = WithPlainLineEnds(DecodeCharset(bytes, charset));
    std::optional<std::string>& body = html ? draft_->body.html : draft_->body.text;
    if (body) {
      *body += "\n" + text;
    } else {
      body = std::move(text);
    }
  }

  Draft* draft_;
  std::vector<GMimeObject*> open_;  // the next one last
  std::vector<Candidate> candidates_;
};

}  // namespace

void ReadParts(GMimeObject* root, Draft* draft) {
  PartsReader(draft).Read(root);
}

}  // namespace lastlook
