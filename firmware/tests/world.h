// A world for a board without hardware: its clock, pins, chance, memories, and one connection.
#pragma once

#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "board/board.h"

namespace dispobox {

inline Key key_of(uint8_t first) {
    Key key;
    for (size_t at = 0; at < sizeof key.bytes; ++at) {
        key.bytes[at] = static_cast<uint8_t>(first + at);
    }
    return key;
}

inline std::string to_text(Slice slice) {
    return {slice.text, slice.length};
}

class World final : public Clock, public Pins, public Random, public Socket, public Memory {
  public:
    World() { erase_flash(); }

    Seams seams() { return {*this, *this, *this, *this, *this}; }

    Instant millis() override { return now; }
    uint8_t levels() override { return pins; }
    uint16_t battery_raw() override {
        ++battery_reads;
        return raw;
    }
    void fill(void* bytes, size_t length) override {
        for (size_t at = 0; at < length; ++at) {
            static_cast<uint8_t*>(bytes)[at] = static_cast<uint8_t>(chance());
        }
    }

    bool is_ready() override { return has_network; }
    bool open() override {
        ++attempts;
        is_open = has_server;
        to_board.clear();
        from_board.clear();
        return is_open;
    }
    int read(char* bytes, size_t length) override {
        if (to_board.empty()) {
            return is_open ? 0 : -1;
        }
        const size_t count = to_board.size() < length ? to_board.size() : length;
        std::memcpy(bytes, to_board.data(), count);
        to_board.erase(0, count);
        return static_cast<int>(count);
    }
    bool write(Slice bytes) override {
        from_board.append(bytes.text, bytes.length);
        return is_open && !is_stalled;
    }
    void finish() override {
        is_open = false;
        ++finished;
    }
    void abort() override { is_open = false; }
    uint8_t weakness_db() override { return 61; }

    bool read_rtc(void* words, size_t count) override {
        std::memcpy(words, rtc.data(), count * 4);
        return true;
    }
    bool write_rtc(const void* words, size_t count) override {
        std::memcpy(rtc.data(), words, count * 4);
        return true;
    }
    bool read_flash(size_t at, void* words, size_t count) override {
        std::memcpy(words, &flash[at], count * 4);
        return true;
    }
    bool write_flash(size_t at, const void* words, size_t count) override {
        std::vector<uint32_t> data(count);
        std::memcpy(data.data(), words, count * 4);
        for (size_t i = 0; i < count; ++i) {
            flash.at(at + i) &= data[i];
        }
        return true;
    }
    bool erase_flash() override {
        flash.fill(UINT32_MAX);
        ++erasures;
        return true;
    }

    /// SplitMix64.
    uint64_t chance() {
        chance_ += 0x9e3779b97f4a7c15;
        uint64_t z = chance_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    Instant now = 0;
    uint8_t pins = 0;
    uint16_t raw = 700;
    int battery_reads = 0;
    bool has_network = true;
    bool has_server = true;
    bool is_stalled = false;
    bool is_open = false;
    int attempts = 0;
    int finished = 0;
    int erasures = 0;
    std::string to_board;
    std::string from_board;
    std::array<uint32_t, 96> rtc = {};
    std::array<uint32_t, 1024> flash = {};

  private:
    uint64_t chance_ = 2016;
};

/// A board, and a server that has its key.
class Stage {
  public:
    Stage();

    /// Lets this time pass in steps of 10 ms.
    void pass(uint32_t ms);
    /// What the board has written since the last call, a line each; without line ends.
    std::vector<std::string> heard();
    /// As the server: signed, or as it is.
    void tell(const std::string& body);
    void tell_raw(const std::string& bytes) { world.to_board += bytes; }
    /// Answers the hello; `heartbeat_s` and `window_s` are 30.
    void open_session();
    std::string signed_line(const std::string& body) const;

    World world;
    Configuration configuration;
    Board board;
    SessionKeys keys;
    std::vector<Board::Action> actions;

  private:
    uint32_t steps_ = 0;
};

/// The value of a field, up to the next space.
std::string field(const std::string& line, const std::string& key);

}  // namespace dispobox
