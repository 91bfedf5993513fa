// What the channels have sensed lately, and the state that it makes.
#pragma once

#include "debounce.h"

namespace dispobox {

/// The newest samples, two a second. The state of a channel does not flicker as its detector does: it turns high and low
/// where a booth with the server's default rule turns occupied and free, so that the board speaks up just when the map has
/// to change: high above 5 high samples, low below 2, as before in between.
class Window {
  public:
    static constexpr uint32_t kSecondsMax = 300;

    /// Takes the next sample of all channels.
    void push(uint32_t sample);
    /// Counts over another length from now on: 1 to 300 s, or the nearest of that. What has been seen and decided stays.
    void resize(uint32_t seconds);
    /// High samples of a channel.
    uint32_t count(uint32_t channel) const { return counts_[channel]; }
    /// Bit 0 is channel 0.
    uint32_t states() const { return states_; }

  private:
    static constexpr uint32_t kRoom = kSecondsMax * kSamplesPerS;

    void drop_oldest();

    uint32_t length_max_ = 30 * kSamplesPerS;
    uint32_t length_ = 0;
    uint32_t newest_ = 0;
    uint32_t states_ = 0;
    uint32_t counts_[kChannelsMax] = {};
    uint8_t samples_[kRoom];
};

}  // namespace dispobox
