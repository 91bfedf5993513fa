// What the board writes.
#pragma once

#include "configuration.h"
#include "event_ring.h"
#include "line_builder.h"
#include "server_line.h"

namespace dispobox {

/// Who the board is, for as long as it is awake.
struct Identity {
    const Configuration* configuration;
    /// Cold starts so far.
    uint32_t boot;
    /// Why it was last reset, in a word.
    const char* reset_reason;
};

/// How it is at the moment of writing.
struct Vitals {
    uint16_t battery_mv;
    /// How far the radio signal is below 0 dBm; at least 1.
    uint8_t weakness_db;
    uint32_t up_s;
};

/// Its answer to a command.
struct Reply {
    uint32_t k;
    /// The word of a refusal; null when it obeys.
    const char* error;
    /// With this, how long it will sleep, and its newest event.
    uint32_t sleep_s;
    EventId newest;
    /// 0: unknown.
    uint16_t battery_mv;
};

/// `nonce` is never the same twice.
void put_hello(LineBuilder& line, const Identity& who, const uint8_t (&nonce)[16]);
void put_auth(LineBuilder& line, const SessionKeys& keys);
void put_report(LineBuilder& line, const SessionKeys& keys, const Identity& who, uint32_t seq, const Event& event,
                const Vitals& vitals, Instant now);
void put_reply(LineBuilder& line, const SessionKeys& keys, const Reply& reply);

}  // namespace dispobox
