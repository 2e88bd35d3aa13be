// SPDX-License-Identifier: MPL-2.0
// Who started the host, as the mail program says on the command line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace lastlook {

// The id of the extension from the arguments after the program's name, checked against packaging/clients.cmake. Mozilla
// gives [path of the manifest, id of the extension], Chromium [origin of the extension, …]. "" when it is not told,
// which is accepted: the portals that start hosts for confined browsers pass none. Errors: kWrongUse.
// This guards against a mix-up; whoever can write the arguments can write any id.
Result<std::string> IdentifyCaller(const std::vector<std::string_view>& arguments);

}  // namespace lastlook
