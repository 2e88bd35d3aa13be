// SPDX-License-Identifier: MPL-2.0
// What lastlook-inspect and whoever starts it say to each other over two pipes: one byte of kind, eight of length
// (little-endian), the content. Both are of one build, so there are no versions.
//
//   parent → child   kInspect     four bytes of the name's length, the name, the file
//   child → parent   kConvert     a PDF, whose text is wanted; answered by kConverted
//   parent → child   kConverted   one byte: 0, or 1 + why not (content::ConvertFailure); the text
//   child → parent   kFacts       the facts (facts_codec.h)
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace lastlook {

enum class FrameKind : std::uint8_t { kInspect = 1, kConvert = 2, kConverted = 3, kFacts = 4 };

struct Frame {
  FrameKind kind = FrameKind::kInspect;
  std::string content;
};

// The largest content of a frame: the largest attachment, or the texts of one and what surrounds them.
inline constexpr std::uint64_t kMostFrameBytes = UINT64_C(256) << 20U;

using Deadline = std::chrono::steady_clock::time_point;

// Nothing at the end, at an error, when the deadline passes (absent: waits for ever), and for a frame of no known kind
// or over kMostFrameBytes. The descriptor is left wherever it was.
std::optional<Frame> ReadFrame(int descriptor, std::optional<Deadline> deadline);

// The pieces one after the other as one content. False when the other side does not take it in time. With a deadline
// the descriptor must not block.
bool WriteFrame(int descriptor, FrameKind kind, std::initializer_list<std::string_view> pieces,
                std::optional<Deadline> deadline);

}  // namespace lastlook
