// SPDX-License-Identifier: MPL-2.0
// Where a photograph was taken: the GPS block of EXIF (CIPA DC-008 section 4.6.6) in a JPEG file.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "content/readers.h"

namespace lastlook::content {
namespace {

// Numbers of a TIFF block in its byte order; reading behind its end gives 0.
class Tiff {
 public:
  explicit Tiff(std::string_view bytes) : bytes_(bytes), little_(bytes.starts_with("II")) {}

  std::uint32_t Number(std::size_t at, std::size_t length) const {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < length; ++i) {
      const std::size_t place = little_ ? at + length - 1 - i : at + i;
      value = (value << 8U) | (place < bytes_.size() ? static_cast<unsigned char>(bytes_[place]) : 0U);
    }
    return value;
  }

  // Where the 12 bytes of `tag` stand in the directory at `at` (TIFF 6.0 section 2); nothing if it is not there.
  std::optional<std::size_t> FindTag(std::size_t at, std::uint32_t tag) const {
    const std::uint32_t count = Number(at, 2);
    for (std::uint32_t i = 0; i < count && at + 2 + (i + 1) * 12 <= bytes_.size(); ++i) {
      if (Number(at + 2 + i * 12, 2) == tag) {
        return at + 2 + i * 12;
      }
    }
    return std::nullopt;
  }

  // Three fractions: degrees, minutes, seconds.
  std::optional<double> Degrees(std::size_t field) const {
    const std::size_t at = Number(field + 8, 4);
    if (Number(field + 4, 4) != 3 || at + 24 > bytes_.size()) {
      return std::nullopt;
    }
    double value = 0;
    double unit = 1;
    for (std::size_t i = 0; i < 3; ++i, unit *= 60) {
      const std::uint32_t below = Number(at + i * 8 + 4, 4);
      value += below == 0 ? 0 : static_cast<double>(Number(at + i * 8, 4)) / below / unit;
    }
    return value;
  }

  char Letter(std::size_t field) const { return field + 8 < bytes_.size() ? bytes_[field + 8] : '\0'; }

 private:
  std::string_view bytes_;
  bool little_;
};

std::string FourPlaces(double degrees) {
  const auto tenthousandths = static_cast<std::int64_t>(std::llround(std::fabs(degrees) * 10'000));
  std::string below = std::to_string(tenthousandths % 10'000);
  below.insert(0, 4 - below.size(), '0');
  return (degrees < 0 ? "-" : "") + std::to_string(tenthousandths / 10'000) + "." + below;
}

// "35.6812, 139.7671".
std::optional<std::string> PlaceIn(std::string_view exif) {
  constexpr std::uint32_t kGps = 0x8825;
  const Tiff tiff(exif);
  const auto pointer = tiff.FindTag(tiff.Number(4, 4), kGps);
  if (!pointer) {
    return std::nullopt;
  }
  const std::size_t gps = tiff.Number(*pointer + 8, 4);
  const auto latitude = tiff.FindTag(gps, 2);
  const auto longitude = tiff.FindTag(gps, 4);
  if (!latitude || !longitude) {
    return std::nullopt;
  }
  auto north = tiff.Degrees(*latitude);
  auto east = tiff.Degrees(*longitude);
  if (!north || !east || *north > 90 || *east > 180 || (*north == 0 && *east == 0)) {
    return std::nullopt;
  }
  const auto north_or_south = tiff.FindTag(gps, 1);
  const auto east_or_west = tiff.FindTag(gps, 3);
  *north = north_or_south && tiff.Letter(*north_or_south) == 'S' ? -*north : *north;
  *east = east_or_west && tiff.Letter(*east_or_west) == 'W' ? -*east : *east;
  return FourPlaces(*north) + ", " + FourPlaces(*east);
}

}  // namespace

void ReadImage(const Item& item, Inspection* inspection) {
  const std::string_view bytes = item.bytes;
  if (!bytes.starts_with("\xFF\xD8")) {
    return;
  }
  // Segments: 0xFF, a marker, a length that counts itself (ITU-T T.81 annex B). The picture begins at 0xDA.
  for (std::size_t at = 2; at + 4 <= bytes.size() && bytes[at] == '\xFF' && bytes[at + 1] != '\xDA';) {
    const std::size_t length =
        static_cast<unsigned char>(bytes[at + 2]) * 256U + static_cast<unsigned char>(bytes[at + 3]);
    const std::string_view segment = bytes.substr(at + 4, length < 2 ? 0 : length - 2);
    constexpr std::string_view kExif("Exif\0\0", 6);
    if (bytes[at + 1] == '\xE1' && segment.starts_with(kExif)) {
      if (auto place = PlaceIn(segment.substr(kExif.size()))) {
        inspection->AddHidden(item, HiddenKind::kLocation, 0, "", std::move(*place));
      }
      return;
    }
    at += 2 + std::max<std::size_t>(length, 2);
  }
}

}  // namespace lastlook::content
