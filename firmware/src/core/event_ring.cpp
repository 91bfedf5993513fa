#include "event_ring.h"

namespace dispobox {

Event& EventRing::add() {
    if (count_ == kAwakeMax) {
        dropped_ += kept_[0].event.gap + 1;
        remove(0);
    }
    Kept& kept = kept_[count_++];
    kept.event.gap = kept.seq = 0;
    kept.is_postponed = false;
    return kept.event;
}

const Event* EventRing::send_next(uint32_t seq, Instant now) {
    uint32_t in_flight = 0;
    Kept* next = nullptr;
    for (Kept* kept = kept_ + count_; kept-- != kept_;) {
        if (kept->seq != 0) {
            ++in_flight;
        } else if (!kept->is_postponed || has_come(kept->mark, now)) {
            next = kept;
        }
    }
    if (next == nullptr || in_flight >= kInFlightMax) {
        return nullptr;
    }
    next->seq = seq;
    next->mark = now;
    next->event.gap += dropped_;
    dropped_ = 0;
    return &next->event;
}

uint32_t EventRing::find(uint32_t seq) const {
    uint32_t at = 0;
    while (at < count_ && (seq == 0 || kept_[at].seq != seq)) {
        ++at;
    }
    return at;
}

bool EventRing::acknowledge(uint32_t seq, uint32_t n) {
    const uint32_t at = find(seq);
    if (at == count_ || kept_[at].event.n != n) {
        return false;
    }
    remove(at);
    return true;
}

void EventRing::postpone(uint32_t seq, uint32_t retry_ms, Instant now) {
    constexpr uint32_t kRetryMaxMs = 3'600'000;
    const uint32_t at = find(seq);
    if (at != count_) {
        kept_[at].seq = 0;
        kept_[at].is_postponed = true;
        kept_[at].mark = now + (retry_ms < kRetryMaxMs ? retry_ms : kRetryMaxMs);
    }
}

void EventRing::recall() {
    for (uint32_t at = 0; at < count_; ++at) {
        kept_[at].seq = 0;
        kept_[at].is_postponed = false;
    }
}

bool EventRing::is_left_alone(Instant now) const {
    constexpr uint32_t kAnswerWithinMs = 5'000;
    for (uint32_t at = 0; at < count_; ++at) {
        if (kept_[at].seq != 0 && has_come(kept_[at].mark + kAnswerWithinMs, now)) {
            return true;
        }
    }
    return false;
}

void EventRing::remove(uint32_t at) {
    --count_;
    __builtin_memmove(&kept_[at], &kept_[at + 1], sizeof(Kept) * (count_ - at));
}

}  // namespace dispobox
