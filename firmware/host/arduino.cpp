// Clock, pins, serial line and chip of the shim.

#include <Arduino.h>
#include <sys/random.h>
#include <user_interface.h>

#include <cstdarg>

#include "machine.h"

HardwareSerial Serial;
EspClass ESP;

constexpr uint32_t kSectorBytes = 4'096;
/// The real core's linker script says where the sector is; here only its address counts.
extern "C" {
alignas(kSectorBytes) uint32_t _EEPROM_start = 0;
}

unsigned long millis() {
    return machine.millis();
}

void delay(unsigned long ms) {
    machine.wait(static_cast<uint32_t>(ms));
}

void pinMode(uint8_t, uint8_t) {}

void digitalWrite(uint8_t, uint8_t) {}

int digitalRead(uint8_t pin) {
    return machine.is_high(pin) ? HIGH : LOW;
}

int analogRead(uint8_t) {
    return machine.adc();
}

int HardwareSerial::available() {
    return machine.serial_available();
}

int HardwareSerial::read() {
    return machine.serial_read();
}

size_t HardwareSerial::printf(const char* format, ...) {
    va_list values;
    va_start(values, format);
    const int length = vprintf(format, values);
    va_end(values);
    fflush(stdout);
    return length > 0 ? static_cast<size_t>(length) : 0;
}

size_t HardwareSerial::print(const char* text) {
    return printf("%s", text);
}

void EspClass::deepSleep(uint64_t time_us, RFMode mode) {
    machine.deep_sleep(time_us, mode != RF_DISABLED);
}

void EspClass::restart() {
    machine.restart();
}

bool EspClass::rtcUserMemoryRead(uint32_t offset, uint32_t* data, size_t size) {
    return machine.read_rtc(offset * 4, data, size);
}

bool EspClass::rtcUserMemoryWrite(uint32_t offset, uint32_t* data, size_t size) {
    return machine.write_rtc(offset * 4, data, size);
}

static uint32_t sector_address() {
    return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(&_EEPROM_start)) - 0x40200000;
}

bool EspClass::flashEraseSector(uint32_t sector) {
    return sector == sector_address() / kSectorBytes && machine.erase_flash();
}

bool EspClass::flashWrite(uint32_t address, const uint32_t* data, size_t size) {
    return machine.write_flash(address - sector_address(), data, size);
}

bool EspClass::flashRead(uint32_t address, uint32_t* data, size_t size) {
    return machine.read_flash(address - sector_address(), data, size);
}

rst_info* EspClass::getResetInfoPtr() {
    static rst_info info;
    info.reason = static_cast<uint32_t>(machine.reset_reason());
    return &info;
}

uint8_t* EspClass::random(uint8_t* bytes, size_t length) {
    if (getrandom(bytes, length, 0) != static_cast<ssize_t>(length)) {
        abort();
    }
    return bytes;
}
