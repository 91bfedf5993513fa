#include "provisioning.h"

namespace dispobox {

namespace {

constexpr uint8_t kChannelsWired = 4;

bool is_name(Slice text) {
    for (size_t at = 0; at < text.length; ++at) {
        const char c = text.text[at];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
            return false;
        }
    }
    return text.length > 0;
}

template <size_t kRoom>
bool put_text(char (&to)[kRoom], Slice text) {
    if (text.length >= kRoom) {
        return false;
    }
    copy_bytes(to, text.text, text.length);
    __builtin_memset(to + text.length, 0, kRoom - text.length);
    return true;
}

template <typename Number>
bool put_number(Number& to, Slice text, uint32_t min, uint32_t max) {
    uint32_t number = 0;
    if (!take_number(text, number) || text.length > 0 || number < min || number > max) {
        return false;
    }
    to = static_cast<Number>(number);
    return true;
}

bool put_server(Configuration& configuration, Slice text) {
    const Slice host = text.take_until(':');
    uint16_t port = 50'000;
    if (host.length == 0 || (text.length > 0 && !put_number(port, text, 1, UINT16_MAX))) {
        return false;
    }
    configuration.port = port;
    return put_text(configuration.host, host);
}

bool put_key(Configuration& configuration, Slice text) {
    Key key;
    if (!take_hex(text, key.bytes, sizeof key.bytes) || text.length > 0) {
        return false;
    }
    configuration.key = key;
    configuration.has_key = 1;
    return true;
}

}  // namespace

const char* set_value(Configuration& configuration, Slice name, Slice value) {
    Configuration& to = configuration;
    if (name == "id") {
        return is_name(value) && put_text(to.id, value) ? nullptr : "1 to 24 of a-z, 0-9 and -";
    }
    if (name == "kv") {
        return put_number(to.key_version, value, 0, UINT8_MAX) ? nullptr : "a number from 0 to 255";
    }
    if (name == "key") {
        return put_key(to, value) ? nullptr : "64 digits of 0-9 and a-f";
    }
    if (name == "ssid") {
        return value.length > 0 && put_text(to.ssid, value) ? nullptr : "1 to 32 characters";
    }
    if (name == "pass") {
        const bool fits = value.length == 0 || (value.length >= 8 && value.length <= 64);
        return fits && put_text(to.password, value) ? nullptr : "8 to 64 characters, or none";
    }
    if (name == "server") {
        return put_server(to, value) ? nullptr : "a name or an address, and perhaps :port";
    }
    if (name == "n") {
        return put_number(to.channels, value, 1, kChannelsWired) ? nullptr : "1 to 4";
    }
    if (name == "led") {
        to.led = value == "on" ? 1 : 0;
        return value == "on" || value == "off" ? nullptr : "on or off";
    }
    if (name == "full") {
        return put_number(to.full_scale_mv, value, 4'500, 7'500) ? nullptr : "4500 to 7500 millivolts";
    }
    if (name == "ota") {
        return put_number(to.update_min_mv, value, 0, 4'500) ? nullptr : "0 to 4500 millivolts";
    }
    return "there is no such setting; see help";
}

const char* set_values(Configuration& configuration, Slice line, Slice& name) {
    Configuration changed = configuration;
    while (line.length > 0) {
        if (line.text[0] == ' ') {
            line = line.after(1);
            continue;
        }
        name = line.take_until('=');
        const bool is_quoted = line.length > 0 && line.text[0] == '"';
        if (is_quoted) {
            line = line.after(1);
        }
        if (const char* wrong = set_value(changed, name, line.take_until(is_quoted ? '"' : ' '))) {
            return wrong;
        }
    }
    configuration = changed;
    return nullptr;
}

uint16_t calibrated_full_scale_mv(uint32_t raw, uint32_t measured_mv) {
    // A battery that a board runs on has 2.5 to 4.5 V; a meter on the wrong pin shows something else.
    if (raw < 100 || raw >= kConverterSteps - 1 || measured_mv < 2'500 || measured_mv > 4'500) {
        return 0;
    }
    const uint32_t full = (measured_mv * kConverterSteps + raw / 2) / raw;
    return static_cast<uint16_t>(full < 4'500 || full > 7'500 ? 0 : full);
}

}  // namespace dispobox
