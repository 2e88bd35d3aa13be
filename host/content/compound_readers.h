// SPDX-License-Identifier: MPL-2.0
// What may be in an OLE2 file. Private to this folder.
#pragma once

#include "content/compound_file.h"
#include "content/inspection.h"

namespace lastlook::content {

void ReadOldWord(const Item& item, const CompoundFile& file, Inspection* inspection);         // [MS-DOC]
void ReadOldWorkbook(const Item& item, const CompoundFile& file, Inspection* inspection);     // [MS-XLS]
void ReadOldSlides(const Item& item, const CompoundFile& file, Inspection* inspection);       // [MS-PPT]
void ReadOutlookMessage(const Item& item, const CompoundFile& file, Inspection* inspection);  // [MS-OXMSG]

}  // namespace lastlook::content
