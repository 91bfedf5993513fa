// As much of the Arduino core of the ESP8266 as our sketch uses, for Linux. Our own; nothing of the real one is in it.
#pragma once

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <string>

#define HIGH 0x1
#define LOW 0x0
#define INPUT 0x00
#define OUTPUT 0x01
#define INPUT_PULLUP 0x02
#define A0 17

using String = class ShimString;

/// The few methods of Arduino's String that are used.
class ShimString {
  public:
    ShimString(const char* text = "") : text_(text) {}
    ShimString(std::string text) : text_(std::move(text)) {}
    const char* c_str() const { return text_.c_str(); }
    unsigned int length() const { return static_cast<unsigned int>(text_.size()); }
    friend ShimString operator+(const ShimString& one, const char* other) { return one.text_ + other; }

  private:
    std::string text_;
};

unsigned long millis();
void delay(unsigned long ms);
void pinMode(uint8_t pin, uint8_t mode);
void digitalWrite(uint8_t pin, uint8_t level);
int digitalRead(uint8_t pin);
int analogRead(uint8_t pin);

class HardwareSerial {
  public:
    void begin(unsigned long) {}
    int available();
    int read();
    void flush() { fflush(stdout); }
    size_t printf(const char* format, ...) __attribute__((format(printf, 2, 3)));
    size_t print(const char* text);
};

extern HardwareSerial Serial;

enum RFMode { RF_DEFAULT = 0, RF_DISABLED = 4 };
#define WakeMode RFMode
#define WAKE_RF_DEFAULT RF_DEFAULT
#define WAKE_RF_DISABLED RF_DISABLED

class EspClass {
  public:
    [[noreturn]] void deepSleep(uint64_t time_us, RFMode mode = RF_DEFAULT);
    uint64_t deepSleepMax() { return 12'600'000'000; }
    bool rtcUserMemoryRead(uint32_t offset, uint32_t* data, size_t size);
    bool rtcUserMemoryWrite(uint32_t offset, uint32_t* data, size_t size);
    [[noreturn]] void restart();
    uint32_t getChipId() { return 0x1a2b3c; }
    bool flashEraseSector(uint32_t sector);
    bool flashWrite(uint32_t address, const uint32_t* data, size_t size);
    bool flashRead(uint32_t address, uint32_t* data, size_t size);
    struct rst_info* getResetInfoPtr();
    uint8_t* random(uint8_t* bytes, size_t length);
};

extern EspClass ESP;
