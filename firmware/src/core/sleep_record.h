// What outlives a sleep, and any start but a cold one: the count of events and the newest of them.
#pragma once

#include "event_ring.h"

namespace dispobox {

/// Why the board starts anew by itself.
enum class Cause : uint8_t { kNone, kCommand, kNoAnswer, kUpdate, kNetwork, kSetUp };

struct Remembered {
    /// The number of the newest event.
    uint32_t last_n = 0;
    /// What is left to sleep.
    uint16_t remaining_sleep_s = 0;
    Cause cause = Cause::kNone;
};

/// 96 words: what the chip's RTC memory leaves us behind the first 32 blocks, which belong to over-the-air updates.
///
/// An event takes 15 bytes in it: its age (4), its number as a distance from the newest (2), its states (1), and its counts,
/// 255 at most each (8). So 24 fit.
class SleepRecord {
  public:
    static constexpr size_t kWords = 96;
    static constexpr uint8_t kEventsMax = 24;

    /// `seed` ties the record to this board and this cold start. The events' ages grow by `sleep_s` until it is read.
    bool save(Memory& memory, uint32_t seed, const Remembered& remembered, const EventRing& ring, Instant now,
              uint32_t sleep_s);
    /// False when there is none of this board and cold start: then nothing is changed.
    bool load(Memory& memory, uint32_t seed, Remembered& remembered, EventRing& ring, Instant now);

  private:
    struct Layout {
        uint32_t crc;
        uint32_t last_n;
        uint32_t dropped;
        uint16_t remaining_sleep_s;
        uint8_t cause;
        uint8_t count;
        uint32_t ages_ms[kEventsMax];
        uint16_t backs[kEventsMax];
        uint8_t states[kEventsMax];
        uint8_t counts[kEventsMax][kChannelsMax];
        uint8_t unused[8];
    };

    static_assert(sizeof(Layout) == kWords * sizeof(uint32_t), "all of the memory, and no more");

    uint32_t crc(uint32_t seed) const;

    Layout layout_;
};

}  // namespace dispobox
