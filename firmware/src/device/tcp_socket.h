// The connection to the server.
#pragma once

#include <ESP8266WiFi.h>

#include "../core/seams.h"
#include "wifi_keeper.h"

namespace dispobox {

class TcpSocket final : public Socket {
  public:
    TcpSocket(WifiKeeper& wifi, const Configuration& configuration) : wifi_(wifi), configuration_(configuration) {}

    bool is_ready() override { return wifi_.is_up(); }
    bool open() override;
    int read(char* bytes, size_t length) override;
    bool write(Slice bytes) override;
    void finish() override;
    void abort() override { client_.stop(1); }
    uint8_t weakness_db() override;

  private:
    WifiKeeper& wifi_;
    const Configuration& configuration_;
    WiFiClient client_;
};

}  // namespace dispobox
