// The board that the host build runs on: pins, clock, memories and network of a process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "pin_script.h"

/// How a start came about; the numbers are those of the ESP8266.
enum class Reset : uint32_t { kPowerOn = 0, kRestart = 4, kDeepSleep = 5 };

struct Options {
    std::string state_dir;
    std::vector<std::string> typed;
    PinScript script;
    double sleep_speed = 1;
    uint32_t first_millis = 0;
    uint16_t portal_port = 0;
};

class Machine {
  public:
    /// `arguments` are kept for the next start: a reset is this program, executed again.
    void start(const Options& options, char** arguments);

    uint32_t millis() const;
    /// Lets time pass, as the real core does: timers and input have their turn.
    void wait(uint32_t ms);
    /// Timers and input that are due now.
    void turn();

    bool is_high(uint8_t pin) const;
    uint16_t adc() const { return adc_; }
    int serial_available() const { return static_cast<int>(typed_.size()); }
    int serial_read();
    bool has_network() const { return network_ == Network::kOn; }
    /// Connected, it says, but nothing gets through.
    bool network_hangs() const { return network_ == Network::kHangs; }
    bool has_radio() const { return has_radio_; }
    Reset reset_reason() const { return reset_; }
    const Options& options() const { return options_; }

    [[noreturn]] void deep_sleep(uint64_t us, bool radio_after);
    [[noreturn]] void restart();

    bool read_rtc(size_t at, void* bytes, size_t length) const;
    bool write_rtc(size_t at, const void* bytes, size_t length);
    bool read_flash(size_t at, void* bytes, size_t length) const;
    /// As flash does it: bits are only ever cleared.
    bool write_flash(size_t at, const void* bytes, size_t length);
    bool erase_flash();

    /// `run` every so many milliseconds; none before. Returns a number for `stop_timer`.
    int start_timer(uint32_t every_ms, std::function<void()> run);
    void stop_timer(int timer);

  private:
    enum class Network : int { kOff, kOn, kHangs };

    struct Timer {
        uint32_t every_ms;
        uint32_t due_at_ms;
        std::function<void()> run;
    };

    std::string file(const char* name) const { return options_.state_dir + "/" + name; }
    void restore();
    void remember(Reset reset, bool radio) const;
    [[noreturn]] void execute_again();
    void read_input();
    void take_line(const std::string& line);
    void run_timers();

    Options options_;
    char** arguments_ = nullptr;
    int64_t started_at_ms_ = 0;
    /// When it was first switched on: what the script counts from.
    int64_t on_since_ms_ = 0;
    Reset reset_ = Reset::kPowerOn;
    bool has_radio_ = true;
    uint8_t levels_ = 0;
    uint16_t adc_ = 700;
    Network network_ = Network::kOn;
    bool button_ = false;
    bool own_button_ = false;
    std::string typed_;
    std::string input_;
    std::vector<Timer> timers_;
};

extern Machine machine;
