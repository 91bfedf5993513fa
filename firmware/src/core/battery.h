// The battery's voltage.
#pragma once

#include "seams.h"

namespace dispobox {

/// Steps of the converter: 0 V is 0, 1.0 V would be this.
constexpr uint32_t kConverterSteps = 1'024;
/// With 1 MOhm and 220 kOhm, a battery of so many millivolts brings 1.0 V to the converter.
constexpr uint16_t kFullScaleMv = 5'545;

/// In millivolts. `full_scale_mv` is the board's own: resistors are no better than 1 %, the converter's reference than 10 %.
uint16_t battery_mv(uint16_t raw, uint16_t full_scale_mv);

/// Asks the converter once a minute at most: it shares the chip's antenna path, and a reading costs.
class BatteryMeter {
  public:
    uint16_t millivolts(Pins& pins, uint16_t full_scale_mv, Instant now);

  private:
    Instant read_at_ = 0;
    uint16_t millivolts_ = 0;
    bool is_read_ = false;
};

}  // namespace dispobox
