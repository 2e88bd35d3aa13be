// SPDX-License-Identifier: MPL-2.0
// The schema, as the steps that lead to it. Step n brings a store of version n−1 to n; a step that has shipped is never
// changed. A store of a later version than the last step is refused: this program would not know what it destroys.
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "store/connection.h"

namespace lastlook {

std::span<const char* const> Migrations();

// Whether `Migrate` would take this file; asked before anything is changed. Errors as there.
Result<void> CheckVersion(Connection& connection, const std::string& path, std::span<const char* const> steps);

// Brings the store to the last step, in one transaction. Errors: kStoreUnavailable for a later version, or a database
// of another program. Throws SQLite::Exception.
Result<void> Migrate(Connection& connection, const std::string& path, std::span<const char* const> steps);

}  // namespace lastlook
