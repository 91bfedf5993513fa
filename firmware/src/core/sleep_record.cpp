#include "sleep_record.h"

#include "crc32.h"

namespace dispobox {

/// Half of what instants can tell apart.
static constexpr uint32_t kAgeMaxMs = INT32_MAX;

uint32_t SleepRecord::crc(uint32_t seed) const {
    return crc32(&layout_.last_n, sizeof layout_ - sizeof layout_.crc, seed);
}

bool SleepRecord::save(Memory& memory, uint32_t seed, const Remembered& remembered, const EventRing& ring, Instant now,
                       uint32_t sleep_s) {
    __builtin_memset(&layout_, 0, sizeof layout_);
    layout_.last_n = remembered.last_n;
    layout_.remaining_sleep_s = remembered.remaining_sleep_s;
    layout_.cause = static_cast<uint8_t>(remembered.cause);
    layout_.dropped = ring.dropped();
    for (uint32_t from = 0; from < ring.count(); ++from) {
        const Event& event = ring.event(from);
        const uint32_t back = remembered.last_n - event.n;
        layout_.dropped += event.gap;
        if (ring.count() - from > kEventsMax || back > UINT16_MAX) {
            ++layout_.dropped;
            continue;
        }
        const uint32_t at = layout_.count++;
        const uint32_t age_ms = now - event.at + sleep_s * 1'000;
        layout_.ages_ms[at] = age_ms < kAgeMaxMs ? age_ms : kAgeMaxMs;
        layout_.backs[at] = static_cast<uint16_t>(back);
        layout_.states[at] = event.states;
        for (uint32_t channel = 0; channel < kChannelsMax; ++channel) {
            const uint32_t count = event.counts[channel];
            layout_.counts[at][channel] = static_cast<uint8_t>(count < UINT8_MAX ? count : UINT8_MAX);
        }
    }
    layout_.crc = crc(seed);
    return memory.write_rtc(&layout_, kWords);
}

bool SleepRecord::load(Memory& memory, uint32_t seed, Remembered& remembered, EventRing& ring, Instant now) {
    if (!memory.read_rtc(&layout_, kWords) || layout_.crc != crc(seed) || layout_.count > kEventsMax) {
        return false;
    }
    remembered = {layout_.last_n, layout_.remaining_sleep_s, static_cast<Cause>(layout_.cause)};
    ring.note_dropped(layout_.dropped);
    for (uint32_t at = 0; at < layout_.count; ++at) {
        Event& event = ring.add();
        event.n = layout_.last_n - layout_.backs[at];
        event.at = now - layout_.ages_ms[at];
        event.states = layout_.states[at];
        for (uint32_t channel = 0; channel < kChannelsMax; ++channel) {
            event.counts[channel] = layout_.counts[at][channel];
        }
    }
    return true;
}

}  // namespace dispobox
