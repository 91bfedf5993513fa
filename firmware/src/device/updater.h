// New firmware over the air: fetched in small steps, so that the board goes on meanwhile.
#pragma once

#include <ESP8266WiFi.h>

#include "../core/sha256.h"

namespace dispobox {

/// Two things must be right before anything is installed: the hash that the server has signed in its command, and the
/// signature of the image itself, which the Arduino core checks with the public key that the sketch was built with.
class Updater {
  public:
    enum class State : uint8_t { kIdle, kRunning, kInstalled, kFailed };

    /// `http://host[:port]/path`.
    void begin(const char* url, const uint8_t (&image)[32]);
    /// In the loop: the next piece.
    State step();
    /// A word for what went wrong.
    const char* error() const { return error_; }

  private:
    State fail(const char* error);
    bool ask(const char* url);
    State read_head();
    State take_head_line();
    State read_body();
    State install();

    WiFiClient client_;
    State state_ = State::kIdle;
    const char* error_ = "";
    uint8_t image_[32];
    Sha256 hash_;
    bool in_body_ = false;
    bool is_ok_ = false;
    uint32_t length_ = 0;
    uint32_t received_ = 0;
    uint32_t heard_at_ms_ = 0;
    char line_[96];
    uint8_t line_length_ = 0;
};

}  // namespace dispobox
