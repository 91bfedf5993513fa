#include "tcp_socket.h"

#include "log.h"

namespace dispobox {

namespace {

constexpr unsigned long kConnectWithinMs = 5'000;
constexpr unsigned long kWriteWithinMs = 3'000;
constexpr unsigned int kFarewellMs = 1'000;
/// The protocol's own deadlines are shorter; this is for a connection over which nothing is said.
constexpr uint16_t kKeepAliveIdleS = 30;
constexpr uint16_t kKeepAliveEveryS = 10;
constexpr uint8_t kKeepAliveCount = 3;

}  // namespace

bool TcpSocket::open() {
    client_.setTimeout(kConnectWithinMs);
    const unsigned long since_ms = millis();
    if (client_.connect(configuration_.host, configuration_.port) == 0) {
        log_line("server: no connection to %s:%u", configuration_.host, static_cast<unsigned>(configuration_.port));
        // Who is refused at once has heard from somebody: the network is there, and only the server is not.
        if (millis() - since_ms >= kConnectWithinMs / 2) {
            wifi_.note_failure();
        }
        return false;
    }
    client_.setTimeout(kWriteWithinMs);
    client_.setNoDelay(true);
    client_.keepAlive(kKeepAliveIdleS, kKeepAliveEveryS, kKeepAliveCount);
    return true;
}

int TcpSocket::read(char* bytes, size_t length) {
    const int available = client_.available();
    if (available <= 0) {
        // Asked after the bytes: what has come before the end is still to be read.
        return client_.connected() != 0 ? 0 : -1;
    }
    const size_t wanted = static_cast<size_t>(available) < length ? static_cast<size_t>(available) : length;
    return client_.read(reinterpret_cast<uint8_t*>(bytes), wanted);
}

bool TcpSocket::write(Slice bytes) {
    return client_.write(reinterpret_cast<const uint8_t*>(bytes.text), bytes.length) == bytes.length;
}

void TcpSocket::finish() {
    client_.flush(kFarewellMs);
    // A connection that is closed over unread bytes is reset, and the last line lost.
    while (client_.available() > 0) {
        client_.read();
    }
    client_.stop(kFarewellMs);
}

uint8_t TcpSocket::weakness_db() {
    const int rssi = WiFi.RSSI();
    return static_cast<uint8_t>(rssi >= 0 ? 1 : rssi < -127 ? 127 : -rssi);
}

}  // namespace dispobox
