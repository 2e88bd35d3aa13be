// SPDX-License-Identifier: MPL-2.0
// One reader per kind of file. Each takes a file's bytes and adds to the inspection what it finds; none fails: what it
// cannot read it marks. Private to this folder.
#pragma once

#include "content/inspection.h"

namespace lastlook::content {

// Text, HTML, CSV, calendars and contacts.
void ReadTextFile(const Item& item, FileKind kind, Inspection* inspection);
void ReadRtf(const Item& item, Inspection* inspection);
// A zip is an archive, or a package (Office Open XML, OpenDocument), which its content says.
void ReadZip(const Item& item, Inspection* inspection);
// 7z, tar, rar, and single packed files.
void ReadArchive(const Item& item, Inspection* inspection);
// .doc, .xls, .ppt, .msg, and encrypted Office files.
void ReadCompound(const Item& item, Inspection* inspection);
void ReadMail(const Item& item, Inspection* inspection);
void ReadPdf(const Item& item, Inspection* inspection);
void ReadImage(const Item& item, Inspection* inspection);

}  // namespace lastlook::content
