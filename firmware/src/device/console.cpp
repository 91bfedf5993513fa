#include "console.h"

#include <Arduino.h>

#include "../board/provisioning.h"
#include "../core/sha256.h"
#include "../core/version.h"

namespace dispobox {

namespace {

/// Time for more lines, when they are pasted.
constexpr uint32_t kRestartAfterMs = 2'000;

constexpr char kHelp[] =
    "set NAME=VALUE ...   id, kv, key, ssid, pass, server=HOST[:PORT], n, led=on|off, full, ota\n"
    "                     values with spaces: ssid=\"Wifi Vi4\"\n"
    "show                 what is set; the key is only shown by its fingerprint\n"
    "calibrate MV         the battery as a meter shows it now, in millivolts\n"
    "restart              start anew\n"
    "forget               forget everything but the number of starts\n";

}  // namespace

bool Console::poll() {
    while (Serial.available() > 0) {
        const int byte = Serial.read();
        if (byte == '\n' || byte == '\r') {
            take_line();
            length_ = 0;
        } else if (length_ < sizeof line_) {
            line_[length_++] = static_cast<char>(byte);
        }
    }
    const bool is_settled = has_changed_ && millis() - changed_at_ms_ >= kRestartAfterMs;
    return restart_ || (is_settled && set_up_.configuration.is_complete());
}

void Console::take_line() {
    if (length_ == 0) {
        return;
    }
    if (length_ == sizeof line_) {
        Serial.printf("error: more than %u characters\n", static_cast<unsigned>(sizeof line_ - 1));
        return;
    }
    Slice rest(line_, length_);
    const Slice command = rest.take_until(' ');
    if (command == "set" && rest.length > 0) {
        set(rest);
    } else if (command == "calibrate") {
        calibrate(rest);
    } else if (command == "show") {
        show();
    } else if (command == "restart") {
        restart_ = true;
    } else if (command == "forget") {
        set_up_.configuration = Configuration();
        save_changes();
        restart_ = true;
    } else {
        Serial.print(kHelp);
    }
}

void Console::set(Slice assignments) {
    Slice name;
    if (const char* wrong = set_values(set_up_.configuration, assignments, name)) {
        Serial.printf("error: %.*s: %s\n", static_cast<int>(name.length), name.text, wrong);
        return;
    }
    save_changes();
}

void Console::calibrate(Slice millivolts) {
    uint32_t measured_mv = 0;
    const bool is_number = take_number(millivolts, measured_mv) && millivolts.length == 0;
    const uint16_t raw = pins_.battery_raw();
    const uint16_t full = is_number ? calibrated_full_scale_mv(raw, measured_mv) : uint16_t{0};
    if (full == 0) {
        Serial.printf("error: the converter reads %u; that does not go with this voltage\n", static_cast<unsigned>(raw));
        return;
    }
    set_up_.configuration.full_scale_mv = full;
    Serial.printf("full scale is %u mV\n", static_cast<unsigned>(full));
    save_changes();
}

void Console::save_changes() {
    has_changed_ = true;
    changed_at_ms_ = millis();
    Serial.print(set_up_.save() ? "ok\n" : "error: the flash cannot be written\n");
}

void Console::show() const {
    const Configuration& is = set_up_.configuration;
    uint8_t digest[32];
    Sha256 hash;
    hash.add(is.key.bytes, sizeof is.key.bytes);
    hash.finish(digest);
    Serial.printf("firmware %s, starts %lu\n", kFirmwareVersion, static_cast<unsigned long>(set_up_.boots()));
    Serial.printf("id=%s kv=%u n=%u led=%s full=%u ota=%u\n", is.id, static_cast<unsigned>(is.key_version),
                  static_cast<unsigned>(is.channels), is.led != 0 ? "on" : "off",
                  static_cast<unsigned>(is.full_scale_mv), static_cast<unsigned>(is.update_min_mv));
    Serial.printf("ssid=\"%s\" pass=%s server=%s:%u\n", is.ssid, is.password[0] != 0 ? "(set)" : "(none)", is.host,
                  static_cast<unsigned>(is.port));
    if (is.has_key != 0) {
        Serial.printf("key: fingerprint %02x%02x%02x%02x\n", digest[0], digest[1], digest[2], digest[3]);
    } else {
        Serial.print("key: (none)\n");
    }
    Serial.printf("portal password: %s\n", is.portal_password);
}

}  // namespace dispobox
