#include "debounce.h"

namespace dispobox {

bool Debounce::look(uint32_t levels) {
    const uint32_t second = ones_ & levels;
    ones_ ^= levels;
    fours_ |= twos_ & second;
    twos_ ^= second;
    if (++looks_ < kLooks) {
        return false;
    }
    static_assert(kLooks == 5, "most of them: three, four or five");
    sample_ = fours_ | (twos_ & ones_);
    looks_ = ones_ = twos_ = fours_ = 0;
    return true;
}

void LookQueue::push(uint8_t levels) {
    if (waiting() < kRoom - 1) {
        levels_[tail_++ % kRoom] = levels;
    }
}

bool LookQueue::pop(uint32_t& levels) {
    if (head_ == tail_) {
        return false;
    }
    levels = levels_[head_++ % kRoom];
    return true;
}

}  // namespace dispobox
