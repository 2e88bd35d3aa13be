// SPDX-License-Identifier: MPL-2.0
// Names of people that nothing names so: one in each line of a list, or in one column of a table without a header.
// Private to this folder.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "detect/folded_chunk.h"

namespace lastlook::detect {

struct ListedName {
  std::size_t begin = 0;  // bytes of the original
  std::size_t end = 0;
  std::string normalized;  // Japanese and Chinese names without blanks; Latin ones in their words
};

// Finds the names in lists of at least five lines, or three where each has its surname and a blank, of which most have
// one in the same place. Lines come in order; they may hold any bytes. Linear time: of lines that take long to read and
// have no name only every few are looked at.
class NameListReader {
 public:
  // Longer lines (in bytes of the original) are in no list.
  static constexpr std::size_t kLongestLine = 500;

  // The lines that follow are in this chunk, which outlives the calls until the next Enter.
  void Enter(const FoldedChunk& chunk);
  // True if the line need not be read: it ends as a sentence does, and no list is open.
  bool PassesOver(std::string_view line) const {
    return lines_.empty() && stride_ == 1 && !line.empty() && EndsSentence(line);
  }
  // Bytes of the chunk without the line's end.
  void Read(std::size_t begin, std::size_t end);
  // One that was too long to be given.
  void PassLongLine();
  // Everything found, in order; places are of the original.
  std::vector<ListedName> Finish();

 private:
  // What a sentence ends with and a line of a list does not. A full stop says so behind a long line only: "Taro Yamada,
  // Acme Inc."
  static bool EndsSentence(std::string_view line) {
    constexpr std::size_t kLongSentence = 48;  // bytes
    const char last = line.back();
    // "。" and "、" are E3 80 82 and E3 80 81; what is ASCII of full width was folded.
    return last == '!' || last == '?' || (last == '.' && line.size() > kLongSentence) ||
           ((last == '\x82' || last == '\x81') && line.size() >= 3 && line[line.size() - 2] == '\x80' &&
            line[line.size() - 3] == '\xE3');
  }

  struct NameOfLine {
    std::size_t field = 0;
    ListedName name;
    char32_t beginning = 0;  // its first character
    bool weak = false;       // the given name is none by its end
    bool spelled = false;    // a listed surname, a blank, a given name
  };
  struct Line {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  bool ReadNames(std::size_t begin, std::size_t end);
  void Take(bool empty);
  void ReadPassed();
  void Close();
  void TakeField(std::size_t field);

  const FoldedChunk* chunk_ = nullptr;
  std::vector<NameOfLine> names_;               // of the line that is read
  std::vector<std::vector<NameOfLine>> lines_;  // of the list
  std::vector<Line> passed_;                    // not looked at since the last one that was
  std::size_t stride_ = 1;
  std::size_t without_ = 0;  // lines that were looked at since the last name
  std::size_t misses_ = 0;
  std::size_t empty_ = 0;
  std::vector<ListedName> found_;
};

}  // namespace lastlook::detect
