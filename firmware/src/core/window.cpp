#include "window.h"

namespace dispobox {

void Window::push(uint32_t sample) {
    constexpr uint32_t kHighAbove = 5;
    constexpr uint32_t kLowBelow = 2;
    if (length_ == length_max_) {
        drop_oldest();
    }
    newest_ = newest_ + 1 < kRoom ? newest_ + 1 : 0;
    samples_[newest_] = static_cast<uint8_t>(sample);
    ++length_;
    // As far as it fits into a short window.
    const uint32_t high_above = length_max_ <= kHighAbove ? length_max_ - 1 : kHighAbove;
    for (uint32_t channel = 0; channel < kChannelsMax; ++channel) {
        const uint32_t bit = 1u << channel;
        const uint32_t count = counts_[channel] += sample >> channel & 1;
        if (count < kLowBelow) {
            states_ &= ~bit;
        }
        if (count > high_above) {
            states_ |= bit;
        }
    }
}

void Window::resize(uint32_t seconds) {
    length_max_ = (seconds < 1 ? 1 : seconds < kSecondsMax ? seconds : kSecondsMax) * kSamplesPerS;
    while (length_ > length_max_) {
        drop_oldest();
    }
}

void Window::drop_oldest() {
    const uint32_t oldest = newest_ + (newest_ + 1 < length_ ? kRoom : 0) + 1 - length_;
    for (uint32_t channel = 0; channel < kChannelsMax; ++channel) {
        counts_[channel] -= samples_[oldest] >> channel & 1;
    }
    --length_;
}

}  // namespace dispobox
