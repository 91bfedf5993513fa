// A board of DispoBox, for the Arduino core of the ESP8266. What it does is in `board`, of parts in `core`, neither of
// which knows of Arduino; `device` joins them to the chip.
#pragma once

#include "device/device.h"
