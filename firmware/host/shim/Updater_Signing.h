#pragma once

#define ARDUINO_SIGNING 1
