#include "machine.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sstream>

Machine machine;

namespace {

constexpr size_t kRtcBytes = 512;
constexpr size_t kFlashBytes = 4'096;
constexpr uint8_t kDetectorPins[] = {12, 13, 14, 5};
constexpr uint8_t kButtonPin = 4;
constexpr uint8_t kOwnButtonPin = 0;
/// What is remembered over a reset and is no memory of the chip: the world around it.
constexpr char kWorld[] = "DISPOBOX_BOARD_WORLD";

int64_t clock_ms() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

[[noreturn]] void die(const std::string& what) {
    std::fprintf(stderr, "dispobox-board: %s: %s\n", what.c_str(), std::strerror(errno));
    std::exit(1);
}

void write_file(const std::string& name, size_t at, const void* bytes, size_t length) {
    const int file = open(name.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || pwrite(file, bytes, length, static_cast<off_t>(at)) != static_cast<ssize_t>(length)) {
        die(name);
    }
    close(file);
}

void read_file(const std::string& name, size_t at, void* bytes, size_t length) {
    const int file = open(name.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0 || pread(file, bytes, length, static_cast<off_t>(at)) != static_cast<ssize_t>(length)) {
        die(name);
    }
    close(file);
}

}  // namespace

void Machine::start(const Options& options, char** arguments) {
    options_ = options;
    arguments_ = arguments;
    started_at_ms_ = on_since_ms_ = clock_ms();
    if (mkdir(options_.state_dir.c_str(), 0700) != 0 && errno != EEXIST) {
        die(options_.state_dir);
    }
    if (access(file("flash.bin").c_str(), F_OK) != 0) {
        erase_flash();
    }
    restore();
    if (reset_ == Reset::kPowerOn) {
        // What RTC memory holds then is chance.
        const std::vector<uint8_t> chance(kRtcBytes, 0xa5);
        write_file(file("rtc.bin"), 0, chance.data(), chance.size());
        for (const std::string& line : options_.typed) {
            typed_ += line + "\n";
        }
    }
}

void Machine::restore() {
    const char* world = std::getenv(kWorld);
    if (world == nullptr) {
        return;
    }
    std::istringstream words(world);
    uint32_t reset = 0;
    int levels = 0;
    int network = 1;
    words >> reset >> has_radio_ >> on_since_ms_ >> levels >> adc_ >> network >> button_;
    reset_ = static_cast<Reset>(reset);
    levels_ = static_cast<uint8_t>(levels);
    network_ = static_cast<Network>(network);
    unsetenv(kWorld);
}

void Machine::remember(Reset reset, bool radio) const {
    std::ostringstream words;
    words << static_cast<uint32_t>(reset) << ' ' << radio << ' ' << on_since_ms_ << ' ' << static_cast<int>(levels_) << ' '
          << adc_ << ' ' << static_cast<int>(network_) << ' ' << button_;
    setenv(kWorld, words.str().c_str(), 1);
}

void Machine::execute_again() {
    std::fflush(stdout);
    execv("/proc/self/exe", arguments_);
    die("/proc/self/exe");
}

void Machine::deep_sleep(uint64_t us, bool radio_after) {
    const auto real_us = static_cast<int64_t>(static_cast<double>(us) / options_.sleep_speed);
    std::fflush(stdout);
    const int64_t until_ms = clock_ms() + real_us / 1'000;
    while (clock_ms() < until_ms) {
        usleep(static_cast<useconds_t>(std::min<int64_t>(until_ms - clock_ms(), 50)) * 1'000);
    }
    remember(Reset::kDeepSleep, radio_after);
    execute_again();
}

void Machine::restart() {
    remember(Reset::kRestart, true);
    execute_again();
}

uint32_t Machine::millis() const {
    return static_cast<uint32_t>(clock_ms() - started_at_ms_) + options_.first_millis;
}

void Machine::wait(uint32_t ms) {
    const int64_t until_ms = clock_ms() + ms;
    do {
        turn();
        usleep(1'000);
    } while (clock_ms() < until_ms);
}

void Machine::turn() {
    read_input();
    run_timers();
}

bool Machine::is_high(uint8_t pin) const {
    if (pin == kButtonPin || pin == kOwnButtonPin) {
        return !(pin == kButtonPin ? button_ : own_button_);
    }
    const auto* end = kDetectorPins + sizeof kDetectorPins;
    const auto* found = std::find(kDetectorPins, end, pin);
    const uint8_t levels = options_.script.levels(levels_, clock_ms() - on_since_ms_);
    return found != end && (levels >> (found - kDetectorPins) & 1) != 0;
}

int Machine::serial_read() {
    if (typed_.empty()) {
        return -1;
    }
    const auto byte = static_cast<unsigned char>(typed_.front());
    typed_.erase(0, 1);
    return byte;
}

void Machine::read_input() {
    pollfd input = {STDIN_FILENO, POLLIN, 0};
    while (poll(&input, 1, 0) > 0 && (input.revents & POLLIN) != 0) {
        // One by one: what is left belongs to the program after the next reset.
        char byte = 0;
        if (read(STDIN_FILENO, &byte, 1) != 1) {
            return;
        }
        if (byte != '\n') {
            input_ += byte;
            continue;
        }
        take_line(input_);
        input_.clear();
    }
}

void Machine::take_line(const std::string& line) {
    std::istringstream words(line);
    std::string what, value, level;
    words >> what >> value >> level;
    if (what == "pin" && value.size() == 1 && value[0] >= '0' && value[0] <= '3') {
        const auto bit = static_cast<uint8_t>(1 << (value[0] - '0'));
        levels_ = static_cast<uint8_t>(level == "high" ? levels_ | bit : levels_ & ~bit);
    } else if (what == "adc") {
        adc_ = static_cast<uint16_t>(std::atoi(value.c_str()));
    } else if (what == "wifi") {
        network_ = value == "off" ? Network::kOff : value == "hangs" ? Network::kHangs : Network::kOn;
    } else if (what == "button") {
        button_ = value == "held";
    } else if (what == "own-button") {
        own_button_ = value == "held";
    } else {
        typed_ += line + "\n";
    }
}

int Machine::start_timer(uint32_t every_ms, std::function<void()> run) {
    timers_.push_back({every_ms, millis() + every_ms, std::move(run)});
    return static_cast<int>(timers_.size()) - 1;
}

void Machine::stop_timer(int timer) {
    timers_.at(static_cast<size_t>(timer)).run = nullptr;
}

void Machine::run_timers() {
    for (Timer& timer : timers_) {
        while (timer.run && static_cast<int32_t>(millis() - timer.due_at_ms) >= 0) {
            timer.due_at_ms += timer.every_ms;
            timer.run();
        }
    }
}

bool Machine::read_rtc(size_t at, void* bytes, size_t length) const {
    if (at + length > kRtcBytes) {
        return false;
    }
    read_file(file("rtc.bin"), at, bytes, length);
    return true;
}

bool Machine::write_rtc(size_t at, const void* bytes, size_t length) {
    if (at + length > kRtcBytes) {
        return false;
    }
    write_file(file("rtc.bin"), at, bytes, length);
    return true;
}

bool Machine::read_flash(size_t at, void* bytes, size_t length) const {
    if (at + length > kFlashBytes) {
        return false;
    }
    read_file(file("flash.bin"), at, bytes, length);
    return true;
}

bool Machine::write_flash(size_t at, const void* bytes, size_t length) {
    std::vector<uint8_t> cells(length);
    if (!read_flash(at, cells.data(), length)) {
        return false;
    }
    for (size_t i = 0; i < length; ++i) {
        cells[i] = static_cast<uint8_t>(cells[i] & static_cast<const uint8_t*>(bytes)[i]);
    }
    write_file(file("flash.bin"), at, cells.data(), length);
    return true;
}

bool Machine::erase_flash() {
    const std::vector<uint8_t> cells(kFlashBytes, 0xff);
    write_file(file("flash.bin"), 0, cells.data(), cells.size());
    return true;
}
