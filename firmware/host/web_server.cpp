// The portal's web server of the shim.

#include <ESP8266WebServer.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <sstream>

#include "machine.h"

static std::string decoded(const std::string& text) {
    std::string plain;
    for (size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%' && at + 2 < text.size()) {
            plain += static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16));
            at += 2;
        } else {
            plain += text[at] == '+' ? ' ' : text[at];
        }
    }
    return plain;
}

void ESP8266WebServer::begin() {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(machine.options().portal_port);
    socklen_t length = sizeof address;
    if (bind(listener_, reinterpret_cast<sockaddr*>(&address), length) != 0 || listen(listener_, 4) != 0) {
        perror("dispobox-board: the portal's port");
        return;
    }
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    ::printf("portal: listening on 127.0.0.1:%u\n", ntohs(address.sin_port));
    fflush(stdout);
}

void ESP8266WebServer::handleClient() {
    client_ = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client_ < 0) {
        return;
    }
    timeval second = {1, 0};
    setsockopt(client_, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof second);
    std::string request;
    char bytes[1024];
    size_t wanted = std::string::npos;
    while (request.size() < 8'192 && request.size() < wanted) {
        const ssize_t length = recv(client_, bytes, sizeof bytes, 0);
        if (length <= 0) {
            break;
        }
        request.append(bytes, static_cast<size_t>(length));
        const size_t head = request.find("\r\n\r\n");
        if (head != std::string::npos) {
            const size_t field = request.find("Content-Length: ");
            wanted = head + 4 + (field < head ? std::stoul(request.substr(field + 16)) : 0);
        }
    }
    answer(request);
    close(client_);
    client_ = -1;
}

void ESP8266WebServer::answer(const std::string& request) {
    std::istringstream words(request);
    std::string method, path, pair;
    words >> method >> path;
    arguments_.clear();
    const size_t head = request.find("\r\n\r\n");
    std::istringstream body(head == std::string::npos ? "" : request.substr(head + 4));
    while (std::getline(body, pair, '&')) {
        const size_t equals = pair.find('=');
        if (equals != std::string::npos) {
            arguments_[pair.substr(0, equals)] = decoded(pair.substr(equals + 1));
        }
    }
    const auto found = handlers_.find(path);
    (found != handlers_.end() && method == "POST" ? found->second : not_found_)();
}

const String& ESP8266WebServer::arg(const char* name) {
    return arguments_[name];
}

void ESP8266WebServer::send(int code, const char* type, const String& content) {
    std::ostringstream answer;
    answer << "HTTP/1.1 " << code << " -\r\nContent-Type: " << type << "\r\nContent-Length: " << content.length()
           << "\r\nConnection: close\r\n\r\n"
           << content.c_str();
    const std::string bytes = answer.str();
    if (::send(client_, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0) {
        perror("dispobox-board: the portal's answer");
    }
}

void ESP8266WebServer::stop() {
    close(listener_);
    listener_ = -1;
}
