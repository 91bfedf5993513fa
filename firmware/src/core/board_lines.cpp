#include "board_lines.h"

#include "version.h"

namespace dispobox {

void put_hello(LineBuilder& line, const Identity& who, const uint8_t (&nonce)[16]) {
    line.text("DB2 HELLO id=");
    line.text(who.configuration->id);
    line.text(" kv=# bn=", {who.configuration->key_version});
    line.hex(nonce, sizeof nonce);
    line.text(" boot=# n=# fw=", {who.boot, who.configuration->channels});
    line.text(kFirmwareVersion);
    line.text(" rst=");
    line.text(who.reset_reason);
    line.end();
}

void put_auth(LineBuilder& line, const SessionKeys& keys) {
    Mac mac;
    make_mac(keys.to_server, {"AUTH", 4}, mac);
    line.text("DB2 AUTH mac=");
    line.hex(mac.bytes, sizeof mac.bytes);
    line.end();
}

void put_report(LineBuilder& line, const SessionKeys& keys, const Identity& who, uint32_t seq, const Event& event,
                const Vitals& vitals, Instant now) {
    line.text("DB2 D # ev=#.# age=# s=", {seq, who.boot, event.n, now - event.at});
    const uint32_t channels = who.configuration->channels;
    for (uint32_t channel = 0; channel < channels; ++channel) {
        line.number(event.states >> channel & 1);
    }
    const char* separator = " m=#";
    for (uint32_t channel = 0; channel < channels; ++channel) {
        line.text(separator, {event.counts[channel]});
        separator = ",#";
    }
    // No board is heard with a signal above 0 dBm.
    line.text(" bat=# rssi=-# up=#", {vitals.battery_mv, vitals.weakness_db, vitals.up_s});
    if (event.gap > 0) {
        line.text(" gap=#", {event.gap});
    }
    line.sign(keys.to_server);
}

void put_reply(LineBuilder& line, const SessionKeys& keys, const Reply& reply) {
    line.text("DB2 R # ", {reply.k});
    if (reply.error != nullptr) {
        line.text("err=");
        line.text(reply.error);
    } else {
        line.text("ok");
    }
    if (reply.sleep_s > 0) {
        line.text(" sleep=# ev=#.#", {reply.sleep_s, reply.newest.boot, reply.newest.n});
    }
    if (reply.battery_mv > 0) {
        line.text(" bat=#", {reply.battery_mv});
    }
    line.sign(keys.to_server);
}

}  // namespace dispobox
