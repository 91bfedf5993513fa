#include "blink.h"

namespace dispobox {

static bool is_flash(uint32_t flashes, uint32_t ms) {
    constexpr uint32_t kPeriodMs = 3'000;
    constexpr uint32_t kOnMs = 60;
    constexpr uint32_t kStepMs = 300;
    const uint32_t at = ms % kPeriodMs;
    return at / kStepMs < flashes && at % kStepMs < kOnMs;
}

bool is_lit(Sign sign, uint32_t ms) {
    switch (sign) {
        case Sign::kIdentify:
            return ms % 200 < 100;
        case Sign::kPortal:
            return ms % 1'000 < 500;
        case Sign::kUpdate:
            return ms % 500 < 50;
        case Sign::kNoNetwork:
            return is_flash(1, ms);
        case Sign::kNoSetUp:
            return is_flash(2, ms);
        case Sign::kNoServer:
            return is_flash(3, ms);
        default:
            return false;
    }
}

}  // namespace dispobox
