#pragma once

#include <ESP8266WiFi.h>

/// On the host, nobody's phone asks.
class DNSServer {
  public:
    bool start(uint16_t, const char*, const IPAddress&) { return true; }
    void processNextRequest() {}
    void stop() {}
};
