// SPDX-License-Identifier: MPL-2.0
// Sentences that say that something is attached or sent along.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace lastlook::detect {

struct AttachmentMention {
  std::size_t begin = 0;  // the sentence, in bytes of the text
  std::size_t end = 0;
  unsigned files = 0;  // how many files it says there are ("3点", "two files"); 0: it does not say
};

// `folded` is the sender's own text, folded (base/text_fold.h). Not those that thank for, ask for, refuse or speak of
// another's attachment, nor what is sent another day or another way. Linear time.
std::vector<AttachmentMention> FindAttachmentMentions(std::string_view folded);

// True if the text links to a known store of files ("drive.google.com", "gigafile.nu", …) or names a shared folder,
// which is a way to send one.
bool LinksToFileStore(std::string_view folded);

}  // namespace lastlook::detect
