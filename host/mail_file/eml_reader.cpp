// SPDX-License-Identifier: MPL-2.0
#include "mail_file/eml_reader.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text_fold.h"
#include "mail/address_parser.h"
#include "mail_file/header_text.h"
#include "mail_file/mime_library.h"
#include "mail_file/mime_object.h"
#include "mail_file/mime_parts.h"

namespace lastlook {
namespace {

Error NotAMail(std::string why) {
  return Error{ErrorCode::kUnreadableInput, "this is not a mail: " + std::move(why),
               "give a mail saved as .eml (RFC 5322), or a draft as .json", ""};
}

// One of these stands in every mail that a program wrote; other files that begin with "word: text" have none.
constexpr std::array<std::string_view, 14> kMailFields = {
    "from",         "to",           "cc",       "bcc",         "subject",  "date",   "message-id",
    "mime-version", "content-type", "received", "return-path", "reply-to", "sender", "in-reply-to"};

bool IsFieldName(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c > 32 && c < 127; });
}

// What may stand before the first header field: a byte order mark, the "From " line of a mail box file.
std::string_view SkipPreamble(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    bytes.remove_prefix(3);
  }
  if (bytes.starts_with("From ")) {
    const std::size_t line_end = bytes.find('\n');
    bytes.remove_prefix(line_end == std::string_view::npos ? bytes.size() : line_end + 1);
  }
  return bytes;
}

// GMime makes a message of anything; whether it was meant as one is seen in its header section.
std::optional<Error> CheckHeaderSection(std::string_view bytes) {
  if (TrimSpace(bytes).empty()) {
    return NotAMail("it is empty");
  }
  if (bytes.starts_with("\xD0\xCF\x11\xE0")) {
    return Error{ErrorCode::kUnreadableInput, "this is not a mail: it is an Outlook file (.msg) or another OLE file",
                 "save the mail as .eml", ""};
  }
  bool has_mail_field = false;
  bool first = true;
  while (!bytes.empty()) {
    const std::size_t line_end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view line = bytes.substr(0, line_end);
    if (line.find('\0') != std::string_view::npos) {
      return NotAMail("there are NUL bytes in its header section");
    }
    if (line.empty() || line == "\r") {
      break;
    }
    const bool continues = line.front() == ' ' || line.front() == '\t';
    const std::string_view name = TrimSpace(line.substr(0, std::min(line.find(':'), line.size())));
    const bool is_field = !continues && line.find(':') != std::string_view::npos && IsFieldName(name);
    if (first && !is_field) {
      return NotAMail("it does not begin with a header field");
    }
    first = false;
    if (!is_field && !continues) {
      break;  // the body of a mail whose empty line is missing
    }
    has_mail_field = has_mail_field || (is_field && std::find(kMailFields.begin(), kMailFields.end(),
                                                              AsciiLower(name)) != kMailFields.end());
    bytes.remove_prefix(std::min(line_end + 1, bytes.size()));
  }
  return has_mail_field ? std::nullopt : std::optional<Error>(NotAMail("no header field of it is one of mail"));
}

MimeRef<GMimeMessage> ParseMessage(std::string_view bytes) {
  StartMimeLibrary();
  const MimeRef<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const MimeRef<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  return MimeRef<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

void Append(std::vector<Mailbox> mailboxes, std::vector<Mailbox>* out) {
  std::move(mailboxes.begin(), mailboxes.end(), std::back_inserter(*out));
}

void ReadHeaders(GMimeMessage* message, Draft* draft) {
  std::vector<Mailbox> from;
  std::string from_text;
  std::vector<Mailbox> to;
  std::vector<Mailbox> cc;
  std::vector<Mailbox> bcc;
  const std::array<std::pair<std::string_view, std::vector<Mailbox>*>, 5> address_fields = {
      {{"from", &from}, {"to", &to}, {"cc", &cc}, {"bcc", &bcc}, {"reply-to", &draft->reply_to}}};
  GMimeHeaderList* headers = g_mime_object_get_header_list(GMIME_OBJECT(message));
  const int count = g_mime_header_list_get_count(headers);
  for (int i = 0; i < count; ++i) {
    GMimeHeader* header = g_mime_header_list_get_header_at(headers, i);
    const char* raw_value = g_mime_header_get_raw_value(header);
    const std::string_view raw = raw_value != nullptr ? raw_value : "";
    const std::string name = HeaderValue(g_mime_header_get_name(header));
    const std::string lower = AsciiLower(name);
    const auto* field = std::find_if(address_fields.begin(), address_fields.end(),
                                     [&lower](const auto& entry) { return entry.first == lower; });
    if (field != address_fields.end()) {
      // A field that stands twice is forbidden (RFC 5322 section 3.6), and delivered to all it names.
      const std::string value = HeaderValue(raw);
      Append(ParseAddressList(value), field->second);
      if (field->second == &from) {
        from_text += (from_text.empty() ? "" : ", ") + value;
      }
    } else if (lower == "subject" && draft->subject.empty()) {
      draft->subject = HeaderText(raw);
    } else {
      draft->headers.emplace_back(name, HeaderValue(raw));
    }
  }
  draft->SetRecipients(std::move(to), std::move(cc), std::move(bcc));
  if (!from.empty()) {
    draft->from = ParseMailbox(from_text);  // several authors: nobody knows whose account sends
  }
}

}  // namespace

Result<Draft> DraftFromMailFile(std::string_view bytes) {
  if (bytes.size() > kMaxMailFileBytes) {
    return Error{ErrorCode::kUnreadableInput,
                 "this file is larger than " + std::to_string(kMaxMailFileBytes >> 20U) + " MiB", "give a smaller mail",
                 ""};
  }
  bytes = SkipPreamble(bytes);
  if (std::optional<Error> error = CheckHeaderSection(bytes)) {
    return *std::move(error);
  }
  const MimeRef<GMimeMessage> message = ParseMessage(bytes);
  if (!message) {
    return NotAMail("its header section cannot be read");
  }
  Draft draft;
  // How the compose window came to be is not in the file: In-Reply-To and References stand in replies to one and to
  // all, and in forwards of some programs. So draft.compose stays empty.
  ReadHeaders(message.get(), &draft);
  if (GMimeObject* root = g_mime_message_get_mime_part(message.get())) {
    ReadParts(root, &draft);
  }
  return draft;
}

}  // namespace lastlook
