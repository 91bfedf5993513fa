#pragma once

#include <Arduino.h>

enum wl_status_t { WL_IDLE_STATUS = 0, WL_CONNECTED = 3, WL_DISCONNECTED = 7 };
enum WiFiMode_t { WIFI_OFF = 0, WIFI_STA = 1, WIFI_AP = 2 };
enum WiFiSleepType_t { WIFI_NONE_SLEEP = 0, WIFI_MODEM_SLEEP = 2 };

class IPAddress {
  public:
    String toString() const { return "127.0.0.1"; }
};

/// The network of this machine stands in for the radio's.
class ESP8266WiFiClass {
  public:
    void persistent(bool) {}
    bool setAutoReconnect(bool) { return true; }
    bool mode(WiFiMode_t mode);
    bool setSleepMode(WiFiSleepType_t) { return true; }
    bool hostname(const char*) { return true; }
    wl_status_t begin(const char* ssid, const char* password = nullptr);
    bool disconnect(bool off = false);
    wl_status_t status();
    int32_t RSSI() { return -61; }
    IPAddress localIP() { return {}; }
    IPAddress softAPIP() { return {}; }
    bool softAP(const char* ssid, const char* password);
    bool softAPdisconnect(bool) { return true; }

  private:
    WiFiMode_t mode_ = WIFI_OFF;
    bool has_begun_ = false;
    unsigned long begun_at_ms_ = 0;
};

extern ESP8266WiFiClass WiFi;

/// Over a POSIX socket.
class WiFiClient {
  public:
    WiFiClient() = default;
    WiFiClient(const WiFiClient&) = delete;
    WiFiClient& operator=(const WiFiClient&) = delete;
    ~WiFiClient() { stop(1); }

    void setTimeout(unsigned long ms) { timeout_ms_ = ms; }
    int connect(const char* host, uint16_t port);
    size_t write(const uint8_t* bytes, size_t length);
    size_t printf(const char* format, ...) __attribute__((format(printf, 2, 3)));
    int available();
    int read();
    int read(uint8_t* bytes, size_t length);
    bool flush(unsigned int max_wait_ms);
    void stop() { stop(0); }
    bool stop(unsigned int max_wait_ms);
    uint8_t connected();
    void keepAlive(uint16_t idle_s, uint16_t every_s, uint8_t count);
    void setNoDelay(bool no_delay);

  private:
    bool connect_within(int socket, const struct sockaddr* address, unsigned int length);

    int socket_ = -1;
    unsigned long timeout_ms_ = 5'000;
};
