#include "updater.h"

#include <Updater.h>
#include <Updater_Signing.h>

#include "../core/bytes.h"
#include "log.h"

namespace dispobox {

namespace {

constexpr unsigned long kConnectWithinMs = 5'000;
constexpr uint32_t kSilenceMaxMs = 15'000;
constexpr size_t kPieceBytes = 512;

/// Whether the sketch was built with a key to check signatures with.
#if ARDUINO_SIGNING
constexpr bool kIsSigned = true;
#else
constexpr bool kIsSigned = false;
#endif

}  // namespace

void Updater::begin(const char* url, const uint8_t (&image)[32]) {
    copy_bytes(image_, image, sizeof image_);
    hash_ = Sha256();
    in_body_ = is_ok_ = false;
    length_ = received_ = 0;
    line_length_ = 0;
    heard_at_ms_ = millis();
    state_ = State::kRunning;
    log_line("update: from %s", url);
    if (!kIsSigned) {
        fail("unsigned");
    } else if (!ask(url)) {
        fail("connect");
    }
}

bool Updater::ask(const char* url) {
    Slice rest(url);
    rest = rest.after(sizeof "http://" - 1);
    const Slice place = rest.take_until('/');
    Slice port_text = place;
    const Slice name = port_text.take_until(':');
    uint32_t port = 80;
    char host[64];
    if (name.length >= sizeof host || (port_text.length > 0 && (!take_number(port_text, port) || port > UINT16_MAX))) {
        return false;
    }
    copy_bytes(host, name.text, name.length);
    host[name.length] = 0;
    client_.setTimeout(kConnectWithinMs);
    if (client_.connect(host, static_cast<uint16_t>(port)) == 0) {
        return false;
    }
    client_.printf("GET /%.*s HTTP/1.0\r\nHost: %.*s\r\nConnection: close\r\n\r\n", static_cast<int>(rest.length),
                   rest.text, static_cast<int>(place.length), place.text);
    return true;
}

Updater::State Updater::step() {
    if (state_ != State::kRunning) {
        return state_;
    }
    if (client_.available() == 0) {
        if (client_.connected() == 0 || millis() - heard_at_ms_ >= kSilenceMaxMs) {
            return fail("http");
        }
        return state_;
    }
    heard_at_ms_ = millis();
    return in_body_ ? read_body() : read_head();
}

Updater::State Updater::read_head() {
    while (!in_body_ && state_ == State::kRunning && client_.available() > 0) {
        const int byte = client_.read();
        if (byte == '\n') {
            take_head_line();
            line_length_ = 0;
        } else if (byte != '\r' && line_length_ < sizeof line_) {
            // The ends of long lines hold nothing of ours.
            line_[line_length_++] = static_cast<char>(byte);
        }
    }
    return state_;
}

Updater::State Updater::take_head_line() {
    Slice line(line_, line_length_);
    if (line.starts_with("HTTP/1.")) {
        is_ok_ = line.length >= 12 && line.after(9).starts_with("200");
        return state_;
    }
    if (line.length > 0) {
        const Slice name = line.take_until(':');
        if (name.length == 14 && strncasecmp(name.text, "Content-Length", 14) == 0) {
            line = line.starts_with(" ") ? line.after(1) : line;
            if (!take_number(line, length_)) {
                return fail("http");
            }
        }
        return state_;
    }
    if (!is_ok_ || length_ <= kPieceBytes) {
        return fail("http");
    }
    in_body_ = true;
    return Update.begin(length_) ? state_ : fail("space");
}

Updater::State Updater::read_body() {
    uint8_t piece[kPieceBytes];
    const uint32_t left = length_ - received_;
    const int length = client_.read(piece, left < sizeof piece ? left : sizeof piece);
    if (length <= 0) {
        return state_;
    }
    hash_.add(piece, static_cast<size_t>(length));
    received_ += static_cast<uint32_t>(length);
    if (received_ == length_) {
        // The last piece is not written before the hash is known to be right: what is not whole cannot be installed.
        uint8_t digest[32];
        hash_.finish(digest);
        if (!is_same_secret(digest, image_, sizeof digest)) {
            return fail("hash");
        }
    }
    if (Update.write(piece, static_cast<size_t>(length)) != static_cast<size_t>(length)) {
        return fail("write");
    }
    return received_ == length_ ? install() : state_;
}

Updater::State Updater::install() {
    if (!Update.end()) {
        return fail(Update.getError() == UPDATE_ERROR_SIGN ? "signature" : "image");
    }
    client_.stop();
    log_line("update: %lu bytes, installed at the next start", static_cast<unsigned long>(length_));
    return state_ = State::kInstalled;
}

Updater::State Updater::fail(const char* error) {
    if (Update.isRunning()) {
        // Not whole, so this only forgets it.
        Update.end();
    }
    client_.stop(1);
    log_line("update: failed: %s", error);
    error_ = error;
    return state_ = State::kFailed;
}

}  // namespace dispobox
