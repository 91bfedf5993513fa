// From looks at the pins to samples.
#pragma once

#include <stdint.h>

namespace dispobox {

constexpr uint32_t kLookEveryMs = 100;
constexpr uint32_t kSampleEveryMs = 500;
constexpr uint32_t kSamplesPerS = 2;
constexpr uint32_t kChannelsMax = 8;

/// A sample sums up half a second: it is high when the pin was at most of its five looks. So a spike of the radio or of a
/// loose wire is no movement.
class Debounce {
  public:
    static constexpr uint32_t kLooks = kSampleEveryMs / kLookEveryMs;

    /// True when this look has completed a sample. Bit 0 is channel 0.
    bool look(uint32_t levels);
    uint32_t sample() const { return sample_; }

  private:
    uint32_t looks_ = 0;
    /// How often each channel was high: a digit each of a binary number, for all channels at once.
    uint32_t ones_ = 0;
    uint32_t twos_ = 0;
    uint32_t fours_ = 0;
    uint32_t sample_ = 0;
};

/// Looks that the timer has taken while the program was busy elsewhere: 12.7 s of them. More are lost. The timer never
/// interrupts the program: it has its turn when that waits.
class LookQueue {
  public:
    void push(uint8_t levels);
    bool pop(uint32_t& levels);
    uint32_t waiting() const { return (tail_ - head_) % kRoom; }

  private:
    static constexpr uint32_t kRoom = 128;

    uint32_t head_ = 0;
    uint32_t tail_ = 0;
    uint8_t levels_[kRoom];
};

}  // namespace dispobox
