// SPDX-License-Identifier: MPL-2.0
// What the name of a file says about it.
#pragma once

#include <string>
#include <string_view>

namespace lastlook {

// The part behind the last dot, folded (case, width; "．" is a dot); "" without one. Dots and blanks at the end do not
// count: Windows drops them.
std::string Extension(std::string_view name);

// True for a program or script whose name is made to look like a document: "invoice.pdf.exe", "invoice.pdf      .exe",
// "invoice[U+202E]fdp.exe" (shown as "invoiceexe.pdf").
bool IsDisguisedProgram(std::string_view name);

}  // namespace lastlook
