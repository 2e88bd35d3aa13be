// SPDX-License-Identifier: MPL-2.0
// lastlook-inspect: reads the files that people attach, in a process that can do nothing else (inspect_link/frame.h
// says how it is talked with). Composition only.
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <clocale>
#include <ctime>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/log.h"
#include "content/inspect.h"
#include "content/sandbox.h"
#include "inspect_link/facts_codec.h"
#include "inspect_link/frame.h"
#include "mail/charset.h"
#include "mail_file/eml_reader.h"

namespace {

// sysexits.h
constexpr int kWrongUse = 64;
constexpr int kUnavailable = 69;
constexpr int kNoSandbox = 71;

constexpr const char* kPdfProgram = "/usr/bin/pdftotext";  // of poppler-utils, whose licence keeps it a program apart

using lastlook::Frame;
using lastlook::FrameKind;
namespace content = lastlook::content;

// What libraries read from disk at their first use, read before that is forbidden.
void WarmUp() {
  // Names in archives are UTF-8 or are decoded here; without this locale libarchive gives those that are UTF-8 as none.
  std::setlocale(LC_CTYPE, "C.UTF-8");
  // libarchive asks for the local time of every entry; that of another zone changes no fact.
  setenv("TZ", "UTC0", 1);
  std::tm epoch{};
  static_cast<void>(std::mktime(&epoch));
  static_cast<void>(lastlook::DraftFromMailFile(
      "From: a@kodama.example.jp\r\nSubject: =?ISO-2022-JP?B?GyRCN29MPhsoQg==?=\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=ISO-2022-JP\r\n\r\n"
      "\x1B$B7oL>\x1B(B\r\n--b\r\nContent-Type: application/octet-stream; name=\"=?UTF-8?B?5LiA?=\"\r\n"
      "Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n"));
  for (const char* charset : {"CP932", "GB18030", "UTF-16", "EUC-JP", "Big5", "EUC-KR"}) {
    static_cast<void>(lastlook::DecodeCharset("abc", charset));
  }
}

content::Converted ConvertPdf(std::string_view pdf) {
  content::Converted converted;
  std::optional<Frame> answer;
  if (lastlook::WriteFrame(STDOUT_FILENO, FrameKind::kConvert, {pdf}, std::nullopt)) {
    answer = lastlook::ReadFrame(STDIN_FILENO, std::nullopt);
  }
  if (!answer || answer->kind != FrameKind::kConverted || answer->content.empty()) {
    _exit(kUnavailable);  // nobody is there any more
  }
  if (answer->content[0] != 0) {
    converted.failure = static_cast<content::ConvertFailure>(answer->content[0] - 1);
  }
  converted.text = answer->content.substr(1);
  return converted;
}

lastlook::PartFacts Inspect(std::string request) {
  if (request.size() < 4) {
    return lastlook::UninspectedPart(lastlook::Uninspected::kDamaged);
  }
  std::size_t name_length = 0;
  for (std::size_t i = 4; i > 0; --i) {
    name_length = (name_length << 8U) | static_cast<unsigned char>(request[i - 1]);
  }
  const std::string name = request.substr(4, name_length);
  request.erase(0, 4 + name.size());
  try {
    return content::Inspect(name, std::move(request), content::Limits(), ConvertPdf);
  } catch (const std::bad_alloc&) {
    return lastlook::UninspectedPart(lastlook::Uninspected::kTooLarge);
  } catch (const std::exception&) {
    return lastlook::UninspectedPart(lastlook::Uninspected::kCrashed);
  }
}

int Serve() {
  while (std::optional<Frame> frame = lastlook::ReadFrame(STDIN_FILENO, std::nullopt)) {
    if (frame->kind != FrameKind::kInspect) {
      return kWrongUse;
    }
    const std::string facts = lastlook::EncodeFacts(Inspect(std::move(frame->content)));
    if (!lastlook::WriteFrame(STDOUT_FILENO, FrameKind::kFacts, {facts}, std::nullopt)) {
      return 0;
    }
  }
  return 0;
}

// The stub of the converter: gives up what it can and becomes that program.
int BecomeConverter() {
  if (access(kPdfProgram, X_OK) != 0) {
    return kUnavailable;
  }
  // Its complaints quote the file; nobody is to find them in a log.
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0 || dup2(nowhere, STDERR_FILENO) < 0 || !content::EnterConvertersSandbox()) {
    return kNoSandbox;
  }
  const char* const arguments[] = {kPdfProgram, "-q", "-enc", "UTF-8", "-", "-", nullptr};
  const char* const environment[] = {"LC_ALL=C.UTF-8", nullptr};
  execve(kPdfProgram, const_cast<char* const*>(arguments), const_cast<char* const*>(environment));
  return kUnavailable;
}

// Proves the sandbox: tries what is forbidden. Whoever sees the end of this function has found a hole.
int Try(std::string_view what) {
  if (!content::EnterReadersSandbox()) {
    return kNoSandbox;
  }
  if (what == "socket") {
    static_cast<void>(socket(AF_INET, SOCK_STREAM, 0));
  } else if (what == "open") {
    static_cast<void>(open("/etc/passwd", O_RDONLY));
  } else if (what == "exec") {
    const char* const arguments[] = {"/bin/true", nullptr};
    execve(arguments[0], const_cast<char* const*>(arguments), nullptr);
  } else if (what == "fork") {
    static_cast<void>(fork());
  }
  return what == "nothing" ? 0 : kWrongUse;
}

// The same for the converter's, which refuses most things instead of ending the process: 0 when `what` was refused.
int TryToConvert(std::string_view what, const char* file) {
  if (!content::EnterConvertersSandbox()) {
    return kNoSandbox;
  }
  long result = 0;
  if (what == "create") {
    result = open(file, O_RDONLY | O_CREAT, 0600);
  } else if (what == "empty") {
    result = open(file, O_RDONLY | O_TRUNC);
  } else if (what == "write") {
    result = open(file, O_WRONLY);
  } else if (what == "node") {
    result = mknod(file, S_IFIFO | 0600, 0);
  } else if (what == "mode") {
    result = fchmod(STDIN_FILENO, 0777);
  } else if (what == "type") {
    result = ioctl(STDIN_FILENO, TIOCSTI, "x");
  } else if (what == "socket") {
    result = socket(AF_INET, SOCK_STREAM, 0);
  } else if (what == "read") {
    return open(file, O_RDONLY) >= 0 ? 0 : kWrongUse;  // what it needs: its own libraries and tables
  }
  return result == -1 && errno == EPERM ? 0 : kWrongUse;
}

}  // namespace

int main(int argc, char** argv) {
  lastlook::StartLog(lastlook::LogLevel::kWarning);
  const std::string_view argument = argc > 1 ? argv[1] : "";
  if (argument == "--version") {
    constexpr std::string_view kVersion = "lastlook-inspect " LASTLOOK_VERSION "\n";
    return write(STDOUT_FILENO, kVersion.data(), kVersion.size()) > 0 ? 0 : kUnavailable;
  }
  if (argument == "--convert-pdf") {
    return BecomeConverter();
  }
  if (argument == "--try-forbidden" && argc == 4) {
    return TryToConvert(argv[2], argv[3]);
  }
  if (argument == "--try-forbidden" && argc == 3) {
    return Try(argv[2]);
  }
  if (argc > 1 || isatty(STDIN_FILENO) == 1) {
    return kWrongUse;
  }
  WarmUp();
  return content::EnterReadersSandbox() ? Serve() : kNoSandbox;
}
