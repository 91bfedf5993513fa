#include "status_light.h"

#include <Arduino.h>

#include "wiring.h"

namespace dispobox {

static constexpr uint32_t kIdentifyMs = 15'000;

void StatusLight::begin(bool is_wanted) {
    is_wanted_ = is_wanted;
    if (is_wanted) {
        pinMode(kLightPin, OUTPUT);
        light(false);
    }
}

void StatusLight::identify() {
    identifying_ = true;
    identify_since_ms_ = millis();
}

void StatusLight::show(Sign sign) {
    identifying_ = identifying_ && millis() - identify_since_ms_ < kIdentifyMs;
    const bool lit = is_lit(identifying_ ? Sign::kIdentify : sign, millis());
    if (is_wanted_ && lit != lit_) {
        light(lit);
    }
}

void StatusLight::light(bool lit) {
    lit_ = lit;
    digitalWrite(kLightPin, lit ? LOW : HIGH);
}

}  // namespace dispobox
