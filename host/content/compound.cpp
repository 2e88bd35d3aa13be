// SPDX-License-Identifier: MPL-2.0
// OLE2 files: which of the old formats, whether encrypted, whether with macros.
#include <string>

#include "content/compound_readers.h"
#include "content/readers.h"

namespace lastlook::content {
namespace {

bool HasMacros(const CompoundFile& file) {
  for (const CompoundEntry& entry : file.entries()) {
    // [MS-OVBA] 2.2.1: the storage's project.
    if (entry.name == "_VBA_PROJECT" || entry.name == "_VBA_PROJECT_CUR") {
      return true;
    }
  }
  return false;
}

}  // namespace

void ReadCompound(const Item& item, Inspection* inspection) {
  const CompoundFile file(item.bytes);
  if (!file.valid()) {
    inspection->MarkUninspected(item, Uninspected::kDamaged);
    return;
  }
  FileFacts& facts = inspection->Of(item);
  facts.macros = HasMacros(file);
  if (file.Find("EncryptedPackage") != nullptr) {  // [MS-OFFCRYPTO] 2.3.4: a new Office file with a password
    inspection->MarkUninspected(item, Uninspected::kEncrypted);
  } else if (file.Find("WordDocument") != nullptr) {
    facts.kind = FileKind::kDoc;
    ReadOldWord(item, file, inspection);
  } else if (file.Find("Workbook") != nullptr || file.Find("Book") != nullptr) {
    facts.kind = FileKind::kXls;
    ReadOldWorkbook(item, file, inspection);
  } else if (file.Find("PowerPoint Document") != nullptr) {
    facts.kind = FileKind::kPpt;
    ReadOldSlides(item, file, inspection);
  } else if (file.Find("__properties_version1.0") != nullptr) {
    facts.kind = FileKind::kMsg;
    ReadOutlookMessage(item, file, inspection);
  } else {
    inspection->MarkUninspected(item, Uninspected::kUnknownKind);
  }
}

}  // namespace lastlook::content
