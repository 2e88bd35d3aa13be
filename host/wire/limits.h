// SPDX-License-Identifier: MPL-2.0
// The bounds of the wire (PROTOCOL.md). Each exists once; `hello` tells the client those that concern it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace lastlook {

// The protocol this host speaks. It also accepts the one before, once there is one.
inline constexpr std::int64_t kProtocol = 1;
inline constexpr std::int64_t kOldestProtocol = 1;

inline constexpr std::size_t kMaxFrameUpBytes = 8U << 20U;
// The browsers refuse more than 1 MiB; what is left is room for whatever they wrap around it.
inline constexpr std::size_t kMaxFrameDownBytes = 768U << 10U;
// A reply above this is deferred. Thunderbird is fastest with frames of about half a MiB.
inline constexpr std::size_t kDeferAboveBytes = 512U << 10U;
// Raw bytes in one answer of part.get; as base64 they are 683 KiB, which fits a frame down.
inline constexpr std::size_t kChunkBytes = 512U << 10U;
inline constexpr std::size_t kMaxDeferredResults = 16;
inline constexpr std::size_t kMaxDeferredBytes = 64U << 20U;  // of all but the newest

// Raw bytes of an attachment in one part.put; measured, this is what Thunderbird takes fastest.
inline constexpr std::size_t kPartChunkBytes = 384U << 10U;
// Mail servers refuse mails of more than 20 to 50 MB, so nothing larger than this is on its way to anybody.
inline constexpr std::size_t kMaxPartBytes = 64U << 20U;
// Of all attachments of all mails that are being written. Over it, what was not asked for the longest is forgotten, and
// the client sends it again when it is needed.
inline constexpr std::size_t kMaxPartsBytes = 256U << 20U;
inline constexpr std::size_t kMaxParts = 1000;
inline constexpr std::size_t kMaxPartsArriving = 4;
inline constexpr std::size_t kMaxPartIdBytes = 128;
inline constexpr std::size_t kMaxIdCharacters = 64;
// An error must fit a frame whatever it quotes, because errors are never deferred.
// What a client says of itself goes into the record, and no more of it than this.
inline constexpr std::size_t kMaxProblemBytes = 512;
inline constexpr std::size_t kMaxErrorTextBytes = 4U << 10U;
inline constexpr std::size_t kMaxMissingBytes = 256U << 10U;

// In one history.learn: a batch is one transaction, and nothing else is answered meanwhile.
inline constexpr std::size_t kMaxLearnedHeaders = 1000;

// Frames read ahead while one is being answered. Beyond either bound the client waits: the pipe is its back-pressure.
inline constexpr std::size_t kMaxWaitingFrames = 64;
inline constexpr std::size_t kMaxWaitingBytes = 2 * kMaxFrameUpBytes;

}  // namespace lastlook
