// SPDX-License-Identifier: MPL-2.0
#include "mail_file/mime_library.h"

#include <gmime/gmime.h>

#include <mutex>

namespace lastlook {

void StartMimeLibrary() {
  static std::once_flag once;
  std::call_once(once, [] { g_mime_init(); });
}

}  // namespace lastlook
