// One line to the server, in a fixed buffer.
#pragma once

#include "hmac.h"

namespace dispobox {

/// The longest line, with its line end.
constexpr size_t kLineBytesMax = 256;

/// What does not fit is left out, and `is_whole` says so: such a line is not to be sent.
class LineBuilder {
  public:
    void text(const char* zero_ended);
    void number(uint32_t number);
    /// A text in which each `#` stands for the next of the numbers: lines of the protocol hold none themselves.
    template <size_t kCount>
    void text(const char* pattern, const uint32_t (&numbers)[kCount]) {
        fill(pattern, numbers);
    }
    void hex(const uint8_t* bytes, size_t length);
    /// Ends the line with its MAC.
    void sign(const Key& key);
    void end() { put('\n'); }

    void clear() { length_ = 0; }
    Slice line() const { return {text_, length_}; }
    bool is_whole() const { return whole_; }

  private:
    void put(char character);
    void fill(const char* pattern, const uint32_t* numbers);

    size_t length_ = 0;
    bool whole_ = true;
    char text_[kLineBytesMax];
};

}  // namespace dispobox
