// From bytes to lines.
#pragma once

#include "line_builder.h"

namespace dispobox {

/// Takes a connection's bytes, one by one, and keeps one line. TCP may cut and join them anywhere.
class LineReader {
  public:
    enum class Result : uint8_t {
        kMore,
        /// `line()` has one, until the next byte is taken.
        kLine,
        /// Longer than 256 bytes with its end, or a byte that is no text; nothing more is read.
        kBroken,
    };

    Result take(char byte);
    /// Without its line end.
    Slice line() const { return {text_, length_}; }
    /// For a new connection.
    void reset() { *this = LineReader(); }

  private:
    size_t length_ = 0;
    bool ended_ = false;
    bool broken_ = false;
    /// A carriage return has come, so the line feed must.
    bool returned_ = false;
    char text_[kLineBytesMax - 1];
};

}  // namespace dispobox
