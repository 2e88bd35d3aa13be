// SPDX-License-Identifier: MPL-2.0
// Passwords that people read to each other and type on a telephone.
#pragma once

#include <string>

#include "base/random.h"
#include "base/result.h"

namespace lastlook::zip {

// "k4mp-x7rd-h3tw-e9vn-j6cf": 20 characters out of 24, all as likely, which is 91.7 bits (20 · log2 24). An attacker
// who tries a billion a second, each of which costs a thousand rounds of HMAC, needs more than 10^10 years; 80 bits are
// the least that is wanted. Lower case only, for a telephone's keyboard; none of 0 o 1 l i 2 z 5 s b g q, which look
// like another one. The hyphens are part of it. Errors: those of `random`; never a shorter or weaker password.
Result<std::string> MakePassword(const RandomSource& random);

}  // namespace lastlook::zip
