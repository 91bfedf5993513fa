// Clock, pins, chance and memory of the ESP8266.
#pragma once

#include "../core/seams.h"

namespace dispobox {

class ChipClock final : public Clock {
  public:
    Instant millis() override;
};

class ChipPins final : public Pins {
  public:
    void begin();
    uint8_t levels() override;
    uint16_t battery_raw() override;
};

class ChipRandom final : public Random {
  public:
    void fill(void* bytes, size_t length) override;
};

/// RTC memory from block 32 on: what stands before belongs to over-the-air updates. And the sector that the Arduino core keeps
/// for its EEPROM library, written directly: that library erases it at every change.
class ChipMemory final : public Memory {
  public:
    bool read_rtc(void* words, size_t count) override;
    bool write_rtc(const void* words, size_t count) override;
    bool read_flash(size_t at, void* words, size_t count) override;
    bool write_flash(size_t at, const void* words, size_t count) override;
    bool erase_flash() override;
};

}  // namespace dispobox
