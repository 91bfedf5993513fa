// All that the core asks of the machine below it. A board and a Linux process each have their own.
#pragma once

#include "bytes.h"

namespace dispobox {

/// Milliseconds, as `Clock` counts them. They roll over after 49.7 days, so only differences mean anything, and only those
/// below 24.8 days: nothing here waits or is kept for so long.
using Instant = uint32_t;

/// Whether `now` is at `mark` or after it.
inline bool has_come(Instant mark, Instant now) {
    return static_cast<int32_t>(now - mark) >= 0;
}

class Clock {
  public:
    /// Since the last start, or since anything else.
    virtual Instant millis() = 0;

  protected:
    ~Clock() = default;
};

class Pins {
  public:
    /// What the detectors say now: bit 0 is channel 0. Called every 100 ms, also while the core waits for something.
    virtual uint8_t levels() = 0;
    /// The converter at the battery's divider, 0 to 1023.
    virtual uint16_t battery_raw() = 0;

  protected:
    ~Pins() = default;
};

class Random {
  public:
    /// Unpredictable bytes: nonces are made of them.
    virtual void fill(void* bytes, size_t length) = 0;

  protected:
    ~Random() = default;
};

/// The one connection to the server.
class Socket {
  public:
    /// Whether an attempt makes sense: there is a network.
    virtual bool is_ready() = 0;
    /// Connects, within a deadline of its own.
    virtual bool open() = 0;
    /// What has come, `length` bytes at most; 0 when nothing has, negative when no more will.
    virtual int read(char* bytes, size_t length) = 0;
    /// All of it, or false.
    virtual bool write(Slice bytes) = 0;
    /// Ends it in peace: what was written arrives, if it can within a second.
    virtual void finish() = 0;
    virtual void abort() = 0;
    /// How far the radio signal is below 0 dBm; 1 to 127.
    virtual uint8_t weakness_db() = 0;

  protected:
    ~Socket() = default;
};

/// What outlives a start. Both parts are of 32-bit words, whatever is kept in them.
class Memory {
  public:
    /// Outlives everything but the loss of power: RTC memory, 96 words.
    virtual bool read_rtc(void* words, size_t count) = 0;
    virtual bool write_rtc(const void* words, size_t count) = 0;
    /// Outlives that too: a sector of flash, 1,024 words. Writing only clears bits; erasing sets them all.
    virtual bool read_flash(size_t at, void* words, size_t count) = 0;
    virtual bool write_flash(size_t at, const void* words, size_t count) = 0;
    virtual bool erase_flash() = 0;

  protected:
    ~Memory() = default;
};

struct Seams {
    Clock& clock;
    Pins& pins;
    Random& random;
    Socket& socket;
    Memory& memory;
};

}  // namespace dispobox
