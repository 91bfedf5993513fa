#include "wifi_keeper.h"

#include <ESP8266WiFi.h>

#include "log.h"

namespace dispobox {

namespace {

constexpr uint32_t kConnectWithinMs = 20'000;
constexpr uint32_t kRestMs = 3'000;
constexpr uint8_t kFailuresMax = 3;

}  // namespace

void WifiKeeper::begin(const Configuration& configuration) {
    configuration_ = &configuration;
    // What is in our record need not wear out the SDK's flash as well.
    WiFi.persistent(false);
    WiFi.setAutoReconnect(false);
    connect();
}

void WifiKeeper::connect() {
    WiFi.mode(WIFI_STA);
    WiFi.setSleepMode(WIFI_MODEM_SLEEP);
    WiFi.hostname(configuration_->id);
    const char* password = configuration_->password[0] != 0 ? configuration_->password : nullptr;
    WiFi.begin(configuration_->ssid, password);
    state_ = State::kConnecting;
    since_ms_ = millis();
    log_line("wifi: connecting to %s", configuration_->ssid);
}

void WifiKeeper::poll() {
    const uint32_t elapsed_ms = millis() - since_ms_;
    const bool is_connected = WiFi.status() == WL_CONNECTED;
    if (state_ == State::kConnecting && is_connected) {
        state_ = State::kUp;
        failures_ = 0;
        log_line("wifi: up, %s, %d dBm", WiFi.localIP().toString().c_str(), static_cast<int>(WiFi.RSSI()));
    } else if (state_ == State::kConnecting && elapsed_ms >= kConnectWithinMs) {
        rest("no network within 20 s");
    } else if (state_ == State::kUp && !is_connected) {
        rest("the network is gone");
    } else if (state_ == State::kResting && elapsed_ms >= kRestMs) {
        connect();
    }
}

void WifiKeeper::note_failure() {
    if (state_ == State::kUp && ++failures_ >= kFailuresMax) {
        rest("connected, it says, but nothing gets through");
    }
}

void WifiKeeper::rest(const char* why) {
    log_line("wifi: %s; starting the radio anew", why);
    WiFi.disconnect(true);
    WiFi.mode(WIFI_OFF);
    failures_ = 0;
    state_ = State::kResting;
    since_ms_ = millis();
}

void WifiKeeper::stop() {
    if (state_ != State::kOff) {
        WiFi.disconnect(true);
        WiFi.mode(WIFI_OFF);
        state_ = State::kOff;
    }
}

}  // namespace dispobox
