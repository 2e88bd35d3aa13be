// SPDX-License-Identifier: MPL-2.0
// Outlook messages ([MS-OXMSG]): subject, text, attachments. Each property is a stream "__substg1.0_" + its tag.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "content/compound_readers.h"
#include "content/text_charset.h"
#include "mail/body_text.h"
#include "mail/charset.h"

namespace lastlook::content {
namespace {

constexpr std::string_view kProperty = "__substg1.0_";

// A string property of that number, as Unicode (type 001F) or in some character set (001E).
std::string StringProperty(const CompoundFile& file, const std::string& folder, std::string_view number) {
  const std::string stem = folder + std::string(kProperty) + std::string(number);
  std::string text = file.Find(stem + "001F") != nullptr ? DecodeCharset(file.Read(stem + "001F"), "UTF-16LE")
                                                         : DecodeText(file.Read(stem + "001E"));
  text.resize(std::min(text.find('\0'), text.size()));
  return text;
}

}  // namespace

void ReadOutlookMessage(const Item& item, const CompoundFile& file, Inspection* inspection) {
  // [MS-OXPROPS]: PidTagSubject, PidTagBody, PidTagHtml, PidTagAttachLongFilename, PidTagAttachFilename,
  // PidTagAttachDataBinary.
  inspection->AddText(item, TextUnit::kSubject, StringProperty(file, "", "0037"));
  std::string body = StringProperty(file, "", "1000");
  if (body.empty()) {
    body = TextFromHtml(DecodeText(file.Read("__substg1.0_10130102")));
  }
  inspection->AddText(item, TextUnit::kBody, std::move(body));
  for (const CompoundEntry& entry : file.entries()) {
    if (!entry.is_storage || entry.path != entry.name || !entry.name.starts_with("__attach_version1.0_")) {
      continue;
    }
    const std::string folder = entry.path + "/";
    std::string name = StringProperty(file, folder, "3707");
    name = name.empty() ? StringProperty(file, folder, "3704") : name;
    name = name.empty() ? entry.name : name;
    const std::string message = folder + "__substg1.0_3701000D";
    if (file.Find(message) != nullptr) {
      // A message in the message is a storage; its words stand in the same streams below it.
      inspection->AddUnread(item, name, 0, Uninspected::kUnknownKind);
      inspection->AddText(item, TextUnit::kSubject, StringProperty(file, message + "/", "0037"));
      inspection->AddText(item, TextUnit::kBody, StringProperty(file, message + "/", "1000"));
      continue;
    }
    std::string bytes = file.Read(folder + "__substg1.0_37010102");
    if (!inspection->TakeUnpacked(bytes.size())) {
      inspection->MarkUninspected(item, Uninspected::kTooLarge);
      return;
    }
    const bool added = item.depth < inspection->limits().depth
                           ? inspection->AddInner(item, std::move(name), std::move(bytes))
                           : inspection->AddUnread(item, std::move(name), bytes.size(), Uninspected::kTooDeep);
    if (!added) {
      return;
    }
  }
}

}  // namespace lastlook::content
