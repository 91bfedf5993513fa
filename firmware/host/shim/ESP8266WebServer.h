#pragma once

#include <ESP8266WiFi.h>

#include <functional>
#include <map>
#include <string>

enum HTTPMethod { HTTP_GET, HTTP_POST };

/// One request at a time, on 127.0.0.1 and the port of `--portal-port`.
class ESP8266WebServer {
  public:
    using Handler = std::function<void()>;

    explicit ESP8266WebServer(int) {}
    void on(const char* path, HTTPMethod, Handler handler) { handlers_[path] = std::move(handler); }
    void onNotFound(Handler handler) { not_found_ = std::move(handler); }
    void begin();
    void handleClient();
    void stop();
    const String& arg(const char* name);
    void send(int code, const char* type, const String& content);

  private:
    void answer(const std::string& request);

    std::map<std::string, Handler> handlers_;
    Handler not_found_;
    std::map<std::string, String> arguments_;
    int listener_ = -1;
    int client_ = -1;
};
