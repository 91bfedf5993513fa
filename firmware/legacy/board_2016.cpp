// A stand-in for the boards of 2016: what their sketch does on the wire, and nothing better. For the tests of the server.
//
//   board-2016 PORT BOOTHS [SLEEP-SPEED]     for example: board-2016 50000 41,42,43,44
//
// What it does, byte by byte:
// - It connects to 127.0.0.1 and waits for text that ends in `#`, for one second at most (`readStringUntil`). What has come by
//   then is the request, whole or not.
// - `datas`: two digits of booth and one of state for each detector, nothing between them and nothing behind.
// - What begins with a number above 0 (`toInt`): `Je vais dormir pendant : N secondes`, then deep sleep of N * 1000000
//   microseconds, counted in 32 bits. From 2,148 s on the product is negative, and the sleep has no end; from 4,295 s on it
//   is anything.
// - Anything else, nothing at all included: `Etrange, j'ai recu : ` and the request.
// - Waking is a restart: it has forgotten everything.
//
// Standard input moves the detectors: `pin 0 high`. Standard output says what it was asked.

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <string>
#include <vector>

namespace {

constexpr int kRequestWithinMs = 1'000;
constexpr int kReconnectAfterMs = 250;

struct Detector {
    std::string booth;
    bool high = false;
};

std::vector<Detector> detectors;
std::string typed;

int64_t now_ms() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

__attribute__((format(printf, 1, 2))) void say(const char* format, ...) {
    va_list values;
    va_start(values, format);
    std::vprintf(format, values);
    va_end(values);
    std::printf("\n");
    std::fflush(stdout);
}

void read_input() {
    pollfd input = {STDIN_FILENO, POLLIN, 0};
    char byte = 0;
    while (poll(&input, 1, 0) > 0 && read(STDIN_FILENO, &byte, 1) == 1) {
        if (byte != '\n') {
            typed += byte;
            continue;
        }
        std::istringstream words(typed);
        std::string what, level;
        size_t channel = 0;
        if (words >> what >> channel >> level && what == "pin" && channel < detectors.size()) {
            detectors[channel].high = level == "high";
        }
        typed.clear();
    }
}

int connect_to(uint16_t port) {
    const int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    const int on = 1;
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(client, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
        return client;
    }
    close(client);
    return -1;
}

/// `readStringUntil('#')`: false when the connection is over.
bool read_request(int client, std::string& request) {
    request.clear();
    const int64_t until_ms = now_ms() + kRequestWithinMs;
    while (now_ms() < until_ms) {
        pollfd ready = {client, POLLIN, 0};
        if (poll(&ready, 1, static_cast<int>(until_ms - now_ms()) + 1) <= 0) {
            continue;
        }
        char byte = 0;
        if (recv(client, &byte, 1, 0) != 1) {
            return false;
        }
        if (byte == '#') {
            return true;
        }
        request += byte;
    }
    return true;
}

std::string readings() {
    std::string text;
    for (const Detector& detector : detectors) {
        text += detector.booth + (detector.high ? "1" : "0");
    }
    return text;
}

void send_text(int client, const std::string& text) {
    if (send(client, text.data(), text.size(), MSG_NOSIGNAL) < 0) {
        say("cannot send");
    }
}

void deep_sleep(long seconds, double speed) {
    const auto us = static_cast<int32_t>(static_cast<uint32_t>(seconds) * 1'000'000u);
    if (us < 0) {
        say("asleep for ever: %ld s are %ld us", seconds, static_cast<long>(us));
        while (true) {
            pause();
        }
    }
    say("asleep for %ld s: %ld us", seconds, static_cast<long>(us));
    usleep(static_cast<useconds_t>(us / speed));
}

/// One connection, and the sleep that it may end in.
void serve(int client, double speed) {
    std::string request;
    while (read_request(client, request)) {
        read_input();
        const long seconds = std::atol(request.c_str());
        if (request == "datas") {
            send_text(client, readings());
        } else if (seconds > 0) {
            send_text(client, "Je vais dormir pendant : " + std::to_string(seconds) + " secondes");
            close(client);
            deep_sleep(seconds, speed);
            return;
        } else {
            say("strange: \"%s\"", request.c_str());
            send_text(client, "Etrange, j'ai recu : " + request);
        }
    }
    close(client);
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3) {
        std::fputs("usage: board-2016 PORT BOOTHS [SLEEP-SPEED]\n", stderr);
        return 2;
    }
    const auto port = static_cast<uint16_t>(std::atoi(arguments[1]));
    const double speed = count > 3 ? std::atof(arguments[3]) : 1;
    std::istringstream booths(arguments[2]);
    for (std::string booth; std::getline(booths, booth, ',');) {
        detectors.push_back({booth, false});
    }
    while (true) {
        const int client = connect_to(port);
        if (client >= 0) {
            say("connected");
            serve(client, speed);
        }
        read_input();
        usleep(kReconnectAfterMs * 1'000);
    }
}
