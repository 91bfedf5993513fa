// The events that the server has not acknowledged yet.
#pragma once

#include "debounce.h"
#include "seams.h"

namespace dispobox {

/// A report, as things were when it was made.
struct Event {
    Instant at;
    /// Its number since the cold start, from 1.
    uint32_t n;
    /// Older events that had to be dropped, as far as no earlier one tells of them.
    uint32_t gap;
    /// High samples by channel.
    uint16_t counts[kChannelsMax];
    uint8_t states;
};

/// By age, the oldest first.
class EventRing {
  public:
    static constexpr uint32_t kAwakeMax = 256;
    /// How many may be on their way at once: more would only fill the small buffers of the chip.
    static constexpr uint32_t kInFlightMax = 8;

    /// Room for one more event, to be filled in. The oldest is dropped where there are too many.
    Event& add();
    /// The oldest event that is due, which goes out as line `seq`; null when none is.
    const Event* send_next(uint32_t seq, Instant now);
    /// What went out as line `seq` is stored. An acknowledgement that fits none is passed over.
    bool acknowledge(uint32_t seq, uint32_t n);
    /// What went out as line `seq` is to be sent again, an hour later at most.
    void postpone(uint32_t seq, uint32_t retry_ms, Instant now);
    /// The session is over: everything is to be sent again.
    void recall();
    /// Whether the server has left an event without an answer for 5 s.
    bool is_left_alone(Instant now) const;

    uint32_t count() const { return count_; }
    const Event& event(uint32_t at) const { return kept_[at].event; }
    /// Events that were dropped and that no kept one tells of yet.
    uint32_t dropped() const { return dropped_; }
    void note_dropped(uint32_t more) { dropped_ += more; }

  private:
    struct Kept {
        Event event;
        /// The line that it was last sent in; 0 when that needs no answer any more.
        uint32_t seq;
        /// When it was sent, or is to be sent again.
        Instant mark;
        bool is_postponed;
    };

    /// The first that went out as this line; `count_` when none did.
    uint32_t find(uint32_t seq) const;
    void remove(uint32_t at);

    uint32_t count_ = 0;
    uint32_t dropped_ = 0;
    Kept kept_[kAwakeMax];
};

}  // namespace dispobox
