// Long sleeps, of a chip that can only sleep for so long at once.
#pragma once

#include <stdint.h>

namespace dispobox {

/// The most that a board sleeps for one command: three hours.
constexpr uint32_t kSleepMaxS = 10'800;

/// How long the board will sleep when it is told to for `asked_s`: `kSleepMaxS` at most, and nine tenths of what the chip can
/// do at once, which its clock does not know exactly.
uint32_t accepted_sleep_s(uint32_t asked_s, uint32_t chip_max_s);

/// One sleep of a chain.
struct SleepLink {
    /// An hour at most.
    uint16_t seconds;
    /// What is left to sleep after it. The radio stays off when the chip wakes only to sleep on.
    uint16_t remaining_s;

    uint64_t microseconds() const { return static_cast<uint64_t>(seconds) * 1'000'000; }
};

SleepLink next_sleep_link(uint32_t remaining_s);

}  // namespace dispobox
