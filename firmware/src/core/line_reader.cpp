#include "line_reader.h"

namespace dispobox {

LineReader::Result LineReader::take(char byte) {
    if (ended_) {
        length_ = 0;
        ended_ = returned_ = false;
    }
    if (byte == '\n' && !broken_) {
        ended_ = true;
        return Result::kLine;
    }
    const size_t taken = length_ + (returned_ ? 1 : 0);
    const bool is_text = byte >= 0x20 && byte <= 0x7e;
    if (returned_ || taken == sizeof text_ || (!is_text && byte != '\r')) {
        broken_ = true;
    }
    if (broken_) {
        return Result::kBroken;
    }
    if (is_text) {
        text_[length_++] = byte;
    } else {
        returned_ = true;
    }
    return Result::kMore;
}

}  // namespace dispobox
