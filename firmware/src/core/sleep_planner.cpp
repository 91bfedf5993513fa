#include "sleep_planner.h"

namespace dispobox {

uint32_t accepted_sleep_s(uint32_t asked_s, uint32_t chip_max_s) {
    const uint32_t safe_s = chip_max_s - chip_max_s / 10 - (chip_max_s % 10 != 0 ? 1 : 0);
    const uint32_t most_s = safe_s < kSleepMaxS ? safe_s : kSleepMaxS;
    return asked_s < most_s ? asked_s : most_s;
}

SleepLink next_sleep_link(uint32_t remaining_s) {
    constexpr uint32_t kLinkMaxS = 3'600;
    const uint32_t bounded_s = remaining_s < kSleepMaxS ? remaining_s : kSleepMaxS;
    const uint32_t link_s = bounded_s < kLinkMaxS ? bounded_s : kLinkMaxS;
    return {static_cast<uint16_t>(link_s), static_cast<uint16_t>(bounded_s - link_s)};
}

}  // namespace dispobox
