// SPDX-License-Identifier: MPL-2.0
#include "content/inspect.h"

#include <string>
#include <utility>

#include "content/file_kind.h"
#include "content/inspection.h"
#include "content/readers.h"
#include "content/text_charset.h"

namespace lastlook::content {
namespace {

// A key or a certificate is a text that says so; what somebody encrypted with a key (RFC 4880 section 6.2, RFC 8551) is
// read by nobody.
void ReadKey(const Item& item, Inspection* inspection) {
  const bool is_text = LooksLikeText(item.bytes);
  if (is_text) {
    ReadTextFile(item, FileKind::kText, inspection);
  }
  const std::string extension = ExtensionOf(item.name);
  if (item.bytes.starts_with("-----BEGIN PGP MESSAGE") || (!is_text && extension != "p7s")) {
    inspection->MarkUninspected(item, Uninspected::kEncrypted);
  }
}

void Read(const Item& item, FileKind kind, Inspection* inspection) {
  switch (kind) {
    case FileKind::kText:
    case FileKind::kHtml:
    case FileKind::kCsv:
    case FileKind::kXml:
    case FileKind::kIcs:
    case FileKind::kVcf:
    case FileKind::kScript:
      ReadTextFile(item, kind, inspection);
      break;
    case FileKind::kRtf:
      ReadRtf(item, inspection);
      break;
    case FileKind::kZip:
      ReadZip(item, inspection);
      break;
    case FileKind::kSevenZip:
    case FileKind::kRar:
    case FileKind::kTar:
    case FileKind::kGzip:
      ReadArchive(item, inspection);
      break;
    case FileKind::kCompound:
      ReadCompound(item, inspection);
      break;
    case FileKind::kEml:
      ReadMail(item, inspection);
      break;
    case FileKind::kPdf:
      ReadPdf(item, inspection);
      break;
    case FileKind::kImage:
      ReadImage(item, inspection);
      break;
    case FileKind::kKey:
      ReadKey(item, inspection);
      break;
    case FileKind::kUnknown:
    case FileKind::kDiskImage:
    case FileKind::kOneNote:
      inspection->MarkUninspected(item, Uninspected::kUnknownKind);
      break;
    default:
      break;  // nothing to read: programs, sound
  }
}

}  // namespace

PartFacts Inspect(std::string_view name, std::string bytes, const Limits& limits, const PdfConverter& convert_pdf) {
  Inspection inspection(limits, convert_pdf);
  Item first;
  first.name = LastStep(ShownPath(name));
  first.bytes = std::move(bytes);
  inspection.Start(std::move(first));
  for (Item item; inspection.Next(&item);) {
    const FileKind kind = KindOf(item.bytes, ExtensionOf(item.name));
    inspection.Of(item).kind = kind;
    Read(item, kind, &inspection);
  }
  return std::move(inspection.facts());
}

}  // namespace lastlook::content
