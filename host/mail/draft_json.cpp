// SPDX-License-Identifier: MPL-2.0
#include "mail/draft_json.h"

#include <set>
#include <utility>

#include "base/crypto.h"
#include "mail/address_parser.h"

namespace lastlook {
namespace {

Error Invalid(std::string message, std::string remedy, std::string pointer = "") {
  return Error{ErrorCode::kDraftInvalid, std::move(message), std::move(remedy), std::move(pointer)};
}

Error WrongType(const Json& json, std::string_view wanted) {
  return Invalid("this is " + JsonTypeName(json) + ", not " + std::string(wanted), "give " + std::string(wanted));
}

// The readers below return an error, or nothing where all is well; an absent member is well.
using Problem = std::optional<Error>;

const Json* Find(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

Problem ReadString(const Json& object, const char* key, std::string* out) {
  const Json* json = Find(object, key);
  if (json == nullptr) {
    return std::nullopt;
  }
  if (!json->is_string()) {
    return WrongType(*json, "a string").Under(PointerStep(key));
  }
  *out = json->get_ref<const std::string&>();
  return std::nullopt;
}

Problem ReadOptionalString(const Json& object, const char* key, std::optional<std::string>* out) {
  return Find(object, key) == nullptr ? std::nullopt : ReadString(object, key, &out->emplace());
}

Problem ReadMailboxes(const Json& object, const char* key, std::vector<Mailbox>* out) {
  const Json* json = Find(object, key);
  if (json == nullptr) {
    return std::nullopt;
  }
  Result<std::vector<Mailbox>> mailboxes = MailboxesFromJson(*json);
  if (!mailboxes) {
    return std::move(mailboxes).error().Under(PointerStep(key));
  }
  *out = *std::move(mailboxes);
  return std::nullopt;
}

// One mailbox; of several authors nobody knows whose account sends, so they are one mailbox without address.
Problem ReadFrom(const Json& object, std::optional<Mailbox>* out) {
  std::vector<Mailbox> checked;
  if (Problem problem = ReadMailboxes(object, "from", &checked)) {
    return problem;
  }
  if (checked.empty()) {
    return std::nullopt;
  }
  const Json& json = *Find(object, "from");
  std::string text;
  if (json.is_string()) {
    text = json.get_ref<const std::string&>();
  } else {
    for (const Json& element : json) {
      text += (text.empty() ? "" : ", ") + element.get_ref<const std::string&>();
    }
  }
  *out = ParseMailbox(text);
  return std::nullopt;
}

Problem ReadBody(const Json& object, Body* out) {
  const Json* json = Find(object, "body");
  if (json == nullptr) {
    return std::nullopt;
  }
  if (json->is_string()) {
    out->text = json->get_ref<const std::string&>();
    return std::nullopt;
  }
  if (!json->is_object()) {
    return WrongType(*json, "a string or an object with text and html").Under("/body");
  }
  Problem problem = ReadOptionalString(*json, "text", &out->text);
  if (!problem) {
    problem = ReadOptionalString(*json, "html", &out->html);
  }
  return problem ? Problem(std::move(*problem).Under("/body")) : std::nullopt;
}

Problem ReadSize(const Json& object, Part* part) {
  const Json* json = Find(object, "size");
  if (json == nullptr) {
    return std::nullopt;
  }
  if (!json->is_number_unsigned()) {
    return Invalid("the size is not a whole number of bytes", "give the decoded size in bytes, or leave it out",
                   "/size");
  }
  part->size_bytes = json->get<std::uint64_t>();
  return std::nullopt;
}

Problem ReadContent(const Json& object, const PathReader& path_reader, Part* part) {
  std::optional<std::string> content;
  std::optional<std::string> path;
  Problem problem = ReadOptionalString(object, "content", &content);
  if (!problem) {
    problem = ReadOptionalString(object, "path", &path);
  }
  if (problem) {
    return problem;
  }
  if (content && path) {
    return Invalid("the attachment has both content and path", "give one of them", "/path");
  }
  if (content) {
    Result<std::string> bytes = Base64Decode(*content);
    if (!bytes) {
      return Invalid("the content is not base64", "encode the bytes as RFC 4648 base64 with padding", "/content");
    }
    part->bytes = std::make_shared<const std::string>(*std::move(bytes));
  } else if (path) {
    if (!path_reader) {
      return Invalid("a path is not accepted here", "give the bytes as content, in base64", "/path");
    }
    Result<std::shared_ptr<const std::string>> bytes = path_reader(*path);
    if (!bytes) {
      return std::move(bytes).error().Under("/path");
    }
    part->bytes = *std::move(bytes);
  }
  if (part->bytes) {
    part->size_bytes = part->bytes->size();
  }
  return std::nullopt;
}

bool IsSha256(std::string_view text) {
  constexpr std::size_t kDigits = 64;
  return text.size() == kDigits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// What is known of bytes that are not in the draft, or that they are still on their way.
Problem ReadHandedOver(const Json& object, Part* part) {
  if (Problem problem = ReadString(object, "sha256", &part->sha256)) {
    return problem;
  }
  if (!part->sha256.empty() && !IsSha256(part->sha256)) {
    return Invalid("this is no SHA-256", "give 64 lower-case hexadecimal digits", "/sha256");
  }
  if (part->bytes && !part->sha256.empty() && part->sha256 != Sha256Hex(*part->bytes)) {
    return Invalid("this is not the SHA-256 of the content", "leave it out", "/sha256");
  }
  if (const Json* arriving = Find(object, "arriving")) {
    if (!arriving->is_boolean()) {
      return WrongType(*arriving, "true or false").Under("/arriving");
    }
    part->arriving = arriving->get<bool>() && part->sha256.empty() && part->bytes == nullptr;
  }
  return std::nullopt;
}

Problem ReadAttachment(const Json& json, const PathReader& path_reader, Part* part) {
  if (!json.is_object()) {
    return WrongType(json, "an object");
  }
  for (const auto& [key, member] : {std::pair{"id", &part->id}, {"name", &part->name}, {"type", &part->content_type}}) {
    if (Problem problem = ReadString(json, key, member)) {
      return problem;
    }
  }
  if (Problem problem = ReadSize(json, part)) {
    return problem;
  }
  if (Problem problem = ReadContent(json, path_reader, part)) {
    return problem;
  }
  return ReadHandedOver(json, part);
}

Problem ReadAttachments(const Json& object, const PathReader& path_reader, std::vector<Part>* out) {
  const Json* json = Find(object, "attachments");
  if (json == nullptr) {
    return std::nullopt;
  }
  if (!json->is_array()) {
    return WrongType(*json, "an array of objects").Under("/attachments");
  }
  std::set<std::string> ids;
  for (std::size_t i = 0; i < json->size(); ++i) {
    Part part;
    part.id = "attachments[" + std::to_string(i) + "]";
    const std::string pointer = "/attachments" + PointerStep(i);
    if (Problem problem = ReadAttachment((*json)[i], path_reader, &part)) {
      return std::move(*problem).Under(pointer);
    }
    if (!ids.insert(part.id).second) {
      return Invalid("two attachments have the same id", "give each attachment an id of its own", pointer + "/id");
    }
    out->push_back(std::move(part));
  }
  return std::nullopt;
}

Problem ReadHeader(const std::string& name, const Json& json, Draft* draft) {
  if (json.is_string()) {
    draft->headers.emplace_back(name, json.get_ref<const std::string&>());
    return std::nullopt;
  }
  if (!json.is_array()) {
    return WrongType(json, "a string or an array of strings");
  }
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (!json[i].is_string()) {
      return WrongType(json[i], "a string").Under(PointerStep(i));
    }
    draft->headers.emplace_back(name, json[i].get_ref<const std::string&>());
  }
  return std::nullopt;
}

Problem ReadHeaders(const Json& object, Draft* draft) {
  const Json* json = Find(object, "headers");
  if (json == nullptr) {
    return std::nullopt;
  }
  if (json->is_object()) {
    for (const auto& [name, value] : json->items()) {
      if (Problem problem = ReadHeader(name, value, draft)) {
        return std::move(*problem).Under("/headers" + PointerStep(name));
      }
    }
    return std::nullopt;
  }
  if (!json->is_array()) {
    return WrongType(*json, "an object, or an array of [name, value]").Under("/headers");
  }
  for (std::size_t i = 0; i < json->size(); ++i) {
    const Json& pair = (*json)[i];
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string()) {
      return Invalid("this is not a pair of name and value", R"(give ["Name", "value"])", "/headers" + PointerStep(i));
    }
    draft->headers.emplace_back(pair[0].get<std::string>(), pair[1].get<std::string>());
  }
  return std::nullopt;
}

Problem ReadOriginal(const Json& object, std::optional<OriginalMail>* out) {
  const Json* json = Find(object, "original");
  if (json == nullptr) {
    return std::nullopt;
  }
  if (!json->is_object()) {
    return WrongType(*json, "an object").Under("/original");
  }
  OriginalMail& original = out->emplace();
  for (const auto& [key, mailboxes] : {std::pair{"from", &original.from},
                                       {"reply_to", &original.reply_to},
                                       {"to", &original.to},
                                       {"cc", &original.cc}}) {
    if (Problem problem = ReadMailboxes(*json, key, mailboxes)) {
      return std::move(*problem).Under("/original");
    }
  }
  if (const Json* hidden = Find(*json, "hidden")) {
    if (!hidden->is_boolean()) {
      return WrongType(*hidden, "true or false").Under("/original/hidden");
    }
    original.hidden = hidden->get<bool>();
  }
  return std::nullopt;
}

Problem ReadPasted(const Json& object, std::optional<std::vector<PastedText>>* out) {
  const Json* json = Find(object, "pasted");
  if (json == nullptr) {
    return std::nullopt;
  }
  if (!json->is_array()) {
    return WrongType(*json, "an array of objects").Under("/pasted");
  }
  out->emplace();
  for (std::size_t i = 0; i < json->size(); ++i) {
    const Json& entry = (*json)[i];
    const std::string pointer = "/pasted" + PointerStep(i);
    if (!entry.is_object()) {
      return WrongType(entry, "an object").Under(pointer);
    }
    PastedText pasted;
    const Json* length = Find(entry, "length");
    if (length == nullptr || !length->is_number_unsigned()) {
      return Invalid("the length is not a whole number of characters", "give the length in UTF-16 units",
                     pointer + "/length");
    }
    pasted.length = length->get<std::uint64_t>();
    if (Problem problem = ReadMailboxes(entry, "from", &pasted.people)) {
      return std::move(*problem).Under(pointer);
    }
    (*out)->push_back(std::move(pasted));
  }
  return std::nullopt;
}

Problem ReadCompose(const Json& object, ComposeFacts* out) {
  const Json* json = Find(object, "compose");
  if (json == nullptr) {
    return std::nullopt;
  }
  if (!json->is_object()) {
    return WrongType(*json, "an object").Under("/compose");
  }
  std::optional<std::string> kind;
  if (Problem problem = ReadOptionalString(*json, "kind", &kind)) {
    return std::move(*problem).Under("/compose");
  }
  if (kind) {
    out->kind = ComposeKindFromName(*kind);
    if (!out->kind) {
      return Invalid("there is no such kind of mail",
                     "give new, reply, reply_all, forward, redirect, template, draft or invitation, or leave it out",
                     "/compose/kind");
    }
  }
  if (Find(*json, "initial_recipients") != nullptr) {
    if (Problem problem = ReadMailboxes(*json, "initial_recipients", &out->initial_recipients.emplace())) {
      return std::move(*problem).Under("/compose");
    }
  }
  Problem problem = ReadOriginal(*json, &out->original);
  if (!problem) {
    problem = ReadPasted(*json, &out->pasted);
  }
  return problem ? Problem(std::move(*problem).Under("/compose")) : std::nullopt;
}

Problem ReadAddressFields(const Json& json, Draft* draft) {
  std::vector<Mailbox> to;
  std::vector<Mailbox> cc;
  std::vector<Mailbox> bcc;
  for (const auto& [key, mailboxes] :
       {std::pair{"to", &to}, {"cc", &cc}, {"bcc", &bcc}, {"reply_to", &draft->reply_to}}) {
    if (Problem problem = ReadMailboxes(json, key, mailboxes)) {
      return problem;
    }
  }
  draft->SetRecipients(std::move(to), std::move(cc), std::move(bcc));
  return ReadFrom(json, &draft->from);
}

bool SameMailbox(const Mailbox& a, const Mailbox& b) {
  return a.display_name == b.display_name && a.address == b.address && a.typed == b.typed;
}

// What was typed, if it reads back as the same mailbox, as it does for all but pieces that only made sense in their
// field; else the mailbox written anew.
std::string MailboxText(const Mailbox& mailbox) {
  return !mailbox.typed.empty() && SameMailbox(ParseMailbox(mailbox.typed), mailbox) ? mailbox.typed
                                                                                     : mailbox.ToString();
}

OrderedJson MailboxesToJson(const std::vector<Mailbox>& mailboxes) {
  OrderedJson json = OrderedJson::array();
  for (const Mailbox& mailbox : mailboxes) {
    json.push_back(MailboxText(mailbox));
  }
  return json;
}

OrderedJson PartToJson(const Part& part) {
  OrderedJson json = {{"id", part.id}, {"name", part.name}, {"type", part.content_type}};
  if (part.size_bytes) {
    json["size"] = *part.size_bytes;
  }
  if (part.bytes) {
    json["content"] = Base64Encode(*part.bytes);
  }
  if (!part.sha256.empty()) {
    json["sha256"] = part.sha256;
  }
  if (part.arriving) {
    json["arriving"] = true;
  }
  return json;
}

OrderedJson ComposeToJson(const ComposeFacts& compose) {
  OrderedJson json = OrderedJson::object();
  if (compose.kind) {
    json["kind"] = ComposeKindName(*compose.kind);
  }
  if (compose.initial_recipients) {
    json["initial_recipients"] = MailboxesToJson(*compose.initial_recipients);
  }
  if (compose.original) {
    json["original"] = {{"from", MailboxesToJson(compose.original->from)},
                        {"reply_to", MailboxesToJson(compose.original->reply_to)},
                        {"to", MailboxesToJson(compose.original->to)},
                        {"cc", MailboxesToJson(compose.original->cc)},
                        {"hidden", compose.original->hidden}};
  }
  if (compose.pasted) {
    json["pasted"] = OrderedJson::array();
    for (const PastedText& pasted : *compose.pasted) {
      json["pasted"].push_back({{"length", pasted.length}, {"from", MailboxesToJson(pasted.people)}});
    }
  }
  return json;
}

}  // namespace

Result<std::vector<Mailbox>> MailboxesFromJson(const Json& json) {
  if (json.is_string()) {
    return ParseAddressList(json.get_ref<const std::string&>());
  }
  if (!json.is_array()) {
    return WrongType(json, "an address list or an array of them");
  }
  std::vector<Mailbox> mailboxes;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (!json[i].is_string()) {
      return WrongType(json[i], "a string").Under(PointerStep(i));
    }
    for (Mailbox& mailbox : ParseAddressList(json[i].get_ref<const std::string&>())) {
      mailboxes.push_back(std::move(mailbox));
    }
  }
  return mailboxes;
}

Result<Draft> DraftFromJson(const Json& json, const PathReader& path_reader) {
  if (!json.is_object()) {
    return WrongType(json, "an object");
  }
  Draft draft;
  Problem problem = ReadAddressFields(json, &draft);
  if (!problem) {
    problem = ReadString(json, "subject", &draft.subject);
  }
  if (!problem) {
    problem = ReadBody(json, &draft.body);
  }
  if (!problem) {
    problem = ReadAttachments(json, path_reader, &draft.attachments);
  }
  if (!problem) {
    problem = ReadHeaders(json, &draft);
  }
  if (!problem) {
    problem = ReadCompose(json, &draft.compose);
  }
  if (problem) {
    return *std::move(problem);
  }
  return draft;
}

OrderedJson DraftToJson(const Draft& draft) {
  OrderedJson json = OrderedJson::object();
  if (draft.from) {
    json["from"] = MailboxText(*draft.from);
  }
  for (const RecipientField field : {RecipientField::kTo, RecipientField::kCc, RecipientField::kBcc}) {
    OrderedJson mailboxes = OrderedJson::array();
    for (const Recipient* recipient : draft.InField(field)) {
      mailboxes.push_back(MailboxText(recipient->mailbox));
    }
    json[std::string(RecipientFieldName(field))] = std::move(mailboxes);
  }
  json["reply_to"] = MailboxesToJson(draft.reply_to);
  json["subject"] = draft.subject;
  OrderedJson body = OrderedJson::object();
  if (draft.body.text) {
    body["text"] = *draft.body.text;
  }
  if (draft.body.html) {
    body["html"] = *draft.body.html;
  }
  json["body"] = std::move(body);
  OrderedJson attachments = OrderedJson::array();
  for (const Part& part : draft.attachments) {
    attachments.push_back(PartToJson(part));
  }
  json["attachments"] = std::move(attachments);
  OrderedJson headers = OrderedJson::array();
  for (const auto& [name, value] : draft.headers) {
    headers.push_back(OrderedJson::array({name, value}));
  }
  json["headers"] = std::move(headers);
  json["compose"] = ComposeToJson(draft.compose);
  return json;
}

}  // namespace lastlook
