#include "battery.h"

namespace dispobox {

uint16_t battery_mv(uint16_t raw, uint16_t full_scale_mv) {
    const uint32_t mv = (static_cast<uint32_t>(raw) * full_scale_mv + kConverterSteps / 2) / kConverterSteps;
    return static_cast<uint16_t>(mv < UINT16_MAX ? mv : UINT16_MAX);
}

uint16_t BatteryMeter::millivolts(Pins& pins, uint16_t full_scale_mv, Instant now) {
    constexpr uint32_t kEveryMs = 60'000;
    if (!is_read_ || now - read_at_ >= kEveryMs) {
        millivolts_ = battery_mv(pins.battery_raw(), full_scale_mv);
        read_at_ = now;
        is_read_ = true;
    }
    return millivolts_;
}

}  // namespace dispobox
