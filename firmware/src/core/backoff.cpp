#include "backoff.h"

namespace dispobox {

uint32_t Backoff::fail(Random& random) {
    constexpr uint32_t kFirstMs = 500;
    constexpr uint32_t kLongestMs = 30'000;
    const uint32_t doubled = kFirstMs << failures_;
    const uint32_t longest = doubled < kLongestMs ? doubled : kLongestMs;
    failures_ = static_cast<uint8_t>(failures_ < 6 ? failures_ + 1 : failures_);
    uint32_t chance = 0;
    random.fill(&chance, sizeof chance);
    // A part of it without division, and as likely as any other.
    return static_cast<uint32_t>(static_cast<uint64_t>(chance) * (longest + 1) >> 32);
}

}  // namespace dispobox
