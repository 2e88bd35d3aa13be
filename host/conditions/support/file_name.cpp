// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/file_name.h"

#include <algorithm>
#include <array>

#include "base/text_fold.h"

namespace lastlook {
namespace {

// What Windows, macOS and Linux start by a double click, and what carries such files past a look.
constexpr std::array<std::string_view, 44> kPrograms = {
    "exe", "scr", "com", "bat",  "cmd", "pif", "js",  "jse", "vbs",     "vbe",     "wsf", "wsh", "ps1", "msi", "msp",
    "mst", "hta", "cpl", "jar",  "lnk", "reg", "iso", "img", "vhd",     "vhdx",    "dll", "ocx", "sys", "msc", "scf",
    "url", "chm", "inf", "appx", "app", "dmg", "pkg", "sh",  "command", "desktop", "apk", "py",  "one", "xll"};

constexpr std::array<std::string_view, 36> kDocuments = {
    "pdf", "doc", "docx", "docm", "xls",  "xlsx", "xlsm", "ppt", "pptx", "txt",  "csv",  "rtf",
    "odt", "ods", "odp",  "jpg",  "jpeg", "png",  "gif",  "bmp", "tif",  "tiff", "heic", "mp3",
    "mp4", "mov", "avi",  "wav",  "zip",  "lzh",  "rar",  "7z",  "html", "htm",  "jtd",  "xdw"};

// Characters that turn the order of the name around on the screen.
constexpr std::array<std::string_view, 12> kDirections = {"\u200e", "\u200f", "\u061c", "\u202a", "\u202b", "\u202c",
                                                          "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"};

template <std::size_t N>
bool IsAmong(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view WithoutTail(std::string_view name) {
  const std::size_t last = name.find_last_not_of(" .\t\r\n");
  return name.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

}  // namespace

std::string Extension(std::string_view name) {
  const std::string folded = Fold(name);
  const std::string_view trimmed = WithoutTail(folded);
  const std::size_t dot = trimmed.rfind('.');
  return dot == std::string_view::npos ? std::string() : std::string(TrimSpace(trimmed.substr(dot + 1)));
}

bool IsDisguisedProgram(std::string_view name) {
  if (!IsAmong(Extension(name), kPrograms)) {
    return false;
  }
  if (std::any_of(kDirections.begin(), kDirections.end(),
                  [name](std::string_view direction) { return name.find(direction) != std::string_view::npos; })) {
    return true;
  }
  const std::string folded = Fold(name);
  const std::string_view trimmed = WithoutTail(folded);
  const std::string_view before = trimmed.substr(0, trimmed.rfind('.'));
  if (before.ends_with("   ")) {  // so that the extension is not seen
    return true;
  }
  return IsAmong(Extension(before), kDocuments);
}

}  // namespace lastlook
