// SPDX-License-Identifier: MPL-2.0
// An explanation in words, for people at a terminal.
#pragma once

#include <string>

#include "cli/style.h"
#include "cli/texts.h"
#include "engine/explain.h"

namespace lastlook {

// `mail` as its reader knows it: a file name.
std::string DescribeExplanation(const std::string& mail, const Explanation& explanation, const Texts& texts,
                                const Style& style);

}  // namespace lastlook
