// SPDX-License-Identifier: MPL-2.0
// Private to this folder.
#pragma once

namespace lastlook {

// Makes GMime ready; once per process, from any thread.
void StartMimeLibrary();

}  // namespace lastlook
