// Which pin is what, on every board.
#pragma once

#include <stdint.h>

namespace dispobox {

/// Detectors, by channel. Not 15: it must be low for the chip to start, and a detector that sees somebody would keep it high.
constexpr uint8_t kDetectorPins[] = {12, 13, 14, 5};
/// The blue light on the module: low is lit.
constexpr uint8_t kLightPin = 2;
/// To ground, held while the board starts: opens the portal.
constexpr uint8_t kButtonPin = 4;
/// The Huzzah's own button. Held at a reset it starts the chip's loader, so it counts only just after.
constexpr uint8_t kOwnButtonPin = 0;

}  // namespace dispobox
