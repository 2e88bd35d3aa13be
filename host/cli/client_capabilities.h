// SPDX-License-Identifier: MPL-2.0
// What the mail programs of this version can carry out (wire/PROTOCOL.md, capabilities), so that lint can tell an
// administrator before anybody's mail stays. tests/cli/policy_lint.test.mjs holds it against extension/clients.
#pragma once

#include <array>
#include <string_view>
#include <vector>

namespace lastlook {

struct ClientCapabilities {
  std::string_view client;
  std::vector<std::string_view> can;
};

inline std::array<ClientCapabilities, 2> KnownClients() {
  return {{{"Gmail", {"recipients", "subject", "body", "hold", "parts"}},
           {"Thunderbird", {"recipients", "from", "subject", "body", "headers", "hold", "parts"}}}};
}

}  // namespace lastlook
