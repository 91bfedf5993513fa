#include "chip.h"

#include <Arduino.h>

#include "wiring.h"

extern "C" uint32_t _EEPROM_start;

namespace dispobox {

namespace {

constexpr uint32_t kRtcBlock = 32;
constexpr uint32_t kFlashMappedAt = 0x40200000;
constexpr uint32_t kSectorBytes = 4'096;

uint32_t sector_address() {
    return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(&_EEPROM_start)) - kFlashMappedAt;
}

}  // namespace

Instant ChipClock::millis() {
    return ::millis();
}

void ChipPins::begin() {
    for (const uint8_t pin : kDetectorPins) {
        pinMode(pin, INPUT);
    }
}

uint8_t ChipPins::levels() {
    uint8_t levels = 0;
    for (size_t channel = 0; channel < sizeof kDetectorPins; ++channel) {
        levels = static_cast<uint8_t>(levels | (digitalRead(kDetectorPins[channel]) == HIGH ? 1 << channel : 0));
    }
    return levels;
}

uint16_t ChipPins::battery_raw() {
    return static_cast<uint16_t>(analogRead(A0));
}

void ChipRandom::fill(void* bytes, size_t length) {
    ESP.random(static_cast<uint8_t*>(bytes), length);
}

bool ChipMemory::read_rtc(void* words, size_t count) {
    return ESP.rtcUserMemoryRead(kRtcBlock, static_cast<uint32_t*>(words), count * sizeof(uint32_t));
}

bool ChipMemory::write_rtc(const void* words, size_t count) {
    // The Arduino core takes what it only reads as if it might change it.
    auto* data = const_cast<uint32_t*>(static_cast<const uint32_t*>(words));
    return ESP.rtcUserMemoryWrite(kRtcBlock, data, count * sizeof(uint32_t));
}

bool ChipMemory::read_flash(size_t at, void* words, size_t count) {
    const uint32_t address = sector_address() + at * sizeof(uint32_t);
    return ESP.flashRead(address, static_cast<uint32_t*>(words), count * sizeof(uint32_t));
}

bool ChipMemory::write_flash(size_t at, const void* words, size_t count) {
    const uint32_t address = sector_address() + at * sizeof(uint32_t);
    return ESP.flashWrite(address, static_cast<const uint32_t*>(words), count * sizeof(uint32_t));
}

bool ChipMemory::erase_flash() {
    return ESP.flashEraseSector(sector_address() / kSectorBytes);
}

}  // namespace dispobox
