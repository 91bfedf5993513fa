// The network of the shim.

#include <ESP8266WiFi.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>

#include "machine.h"

ESP8266WiFiClass WiFi;

/// A real one takes a second or more to find its network.
static constexpr unsigned long kJoinMs = 150;

bool ESP8266WiFiClass::mode(WiFiMode_t mode) {
    mode_ = mode;
    has_begun_ = has_begun_ && mode == WIFI_STA;
    return true;
}

wl_status_t ESP8266WiFiClass::begin(const char*, const char*) {
    if (!machine.has_radio()) {
        fprintf(stderr, "dispobox-board: the radio is off after this kind of sleep\n");
        return WL_DISCONNECTED;
    }
    has_begun_ = true;
    begun_at_ms_ = millis();
    return WL_DISCONNECTED;
}

bool ESP8266WiFiClass::disconnect(bool) {
    has_begun_ = false;
    return true;
}

wl_status_t ESP8266WiFiClass::status() {
    const bool is_there = machine.has_network() || machine.network_hangs();
    const bool has_joined = has_begun_ && mode_ == WIFI_STA && millis() - begun_at_ms_ >= kJoinMs;
    return is_there && has_joined ? WL_CONNECTED : WL_DISCONNECTED;
}

bool ESP8266WiFiClass::softAP(const char*, const char* password) {
    // WPA2 takes no less.
    return strlen(password) >= 8;
}

/// Waits for a socket without stopping the timers.
static bool wait_for(int socket, short events, unsigned long timeout_ms) {
    const unsigned long since_ms = millis();
    pollfd ready = {socket, events, 0};
    while (poll(&ready, 1, 0) == 0) {
        if (millis() - since_ms >= timeout_ms) {
            return false;
        }
        delay(1);
    }
    return true;
}

bool WiFiClient::connect_within(int socket, const sockaddr* address, unsigned int length) {
    if (::connect(socket, address, length) == 0) {
        return true;
    }
    int error = 0;
    socklen_t size = sizeof error;
    return errno == EINPROGRESS && wait_for(socket, POLLOUT, timeout_ms_) &&
           getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
}

int WiFiClient::connect(const char* host, uint16_t port) {
    stop(1);
    if (machine.network_hangs() || WiFi.status() != WL_CONNECTED) {
        delay(machine.network_hangs() ? timeout_ms_ : 1);
        return 0;
    }
    addrinfo hints = {};
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (getaddrinfo(host, std::to_string(port).c_str(), &hints, &found) != 0) {
        return 0;
    }
    socket_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket_ >= 0 && !connect_within(socket_, found->ai_addr, found->ai_addrlen)) {
        close(socket_);
        socket_ = -1;
    }
    freeaddrinfo(found);
    return socket_ >= 0 ? 1 : 0;
}

size_t WiFiClient::write(const uint8_t* bytes, size_t length) {
    size_t sent = 0;
    while (socket_ >= 0 && sent < length) {
        const ssize_t more = send(socket_, bytes + sent, length - sent, MSG_NOSIGNAL);
        if (more > 0) {
            sent += static_cast<size_t>(more);
        } else if (errno != EAGAIN || !wait_for(socket_, POLLOUT, timeout_ms_)) {
            break;
        }
    }
    return sent;
}

size_t WiFiClient::printf(const char* format, ...) {
    char text[512];
    va_list values;
    va_start(values, format);
    const int length = vsnprintf(text, sizeof text, format, values);
    va_end(values);
    return write(reinterpret_cast<const uint8_t*>(text), static_cast<size_t>(length));
}

int WiFiClient::available() {
    int count = 0;
    return socket_ >= 0 && ioctl(socket_, FIONREAD, &count) == 0 ? count : 0;
}

int WiFiClient::read() {
    uint8_t byte = 0;
    return read(&byte, 1) == 1 ? byte : -1;
}

int WiFiClient::read(uint8_t* bytes, size_t length) {
    return socket_ < 0 ? 0 : static_cast<int>(recv(socket_, bytes, length, 0));
}

uint8_t WiFiClient::connected() {
    char byte = 0;
    const ssize_t length = socket_ < 0 ? 0 : recv(socket_, &byte, 1, MSG_PEEK);
    return length > 0 || (length < 0 && errno == EAGAIN) ? 1 : 0;
}

bool WiFiClient::flush(unsigned int max_wait_ms) {
    int waiting = 1;
    const unsigned long since_ms = millis();
    while (socket_ >= 0 && ioctl(socket_, TIOCOUTQ, &waiting) == 0 && waiting > 0) {
        if (millis() - since_ms >= max_wait_ms) {
            return false;
        }
        delay(1);
    }
    return true;
}

bool WiFiClient::stop(unsigned int max_wait_ms) {
    if (socket_ < 0) {
        return true;
    }
    shutdown(socket_, SHUT_WR);
    const unsigned long since_ms = millis();
    char bytes[256];
    while (millis() - since_ms < max_wait_ms) {
        const ssize_t length = recv(socket_, bytes, sizeof bytes, 0);
        if (length == 0 || (length < 0 && errno != EAGAIN)) {
            break;
        }
        delay(1);
    }
    close(socket_);
    socket_ = -1;
    return true;
}

void WiFiClient::keepAlive(uint16_t idle_s, uint16_t every_s, uint8_t count) {
    const int on = 1;
    const int values[] = {idle_s, every_s, count};
    const int names[] = {TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT};
    setsockopt(socket_, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    for (int at = 0; at < 3; ++at) {
        setsockopt(socket_, IPPROTO_TCP, names[at], &values[at], sizeof values[at]);
    }
}

void WiFiClient::setNoDelay(bool no_delay) {
    const int value = no_delay ? 1 : 0;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &value, sizeof value);
}
