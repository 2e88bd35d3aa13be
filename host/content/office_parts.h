// SPDX-License-Identifier: MPL-2.0
// The three kinds of Office Open XML packages, read from their main part. Private to this folder.
#pragma once

#include <string>
#include <string_view>

#include "content/package.h"

namespace lastlook::content {

void ReadWordDocument(const Item& item, const Package& package, const std::string& main, Inspection* inspection);
void ReadWorkbook(const Item& item, const Package& package, const std::string& main, Inspection* inspection);
void ReadPresentation(const Item& item, const Package& package, const std::string& main, Inspection* inspection);

// The texts of a part of a drawing or slide (DrawingML, "a:t"), a line per paragraph.
std::string DrawingText(const std::string& part);

}  // namespace lastlook::content
