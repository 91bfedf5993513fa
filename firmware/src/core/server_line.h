// What the server writes.
#pragma once

#include "session_keys.h"

namespace dispobox {

/// An event's name: the board's cold starts, and its events since.
struct EventId {
    uint32_t boot;
    uint32_t n;
};

struct ServerLine {
    enum class Kind : uint8_t {
        /// Not to be believed, or malformed.
        kBad,
        /// `numbers`: nothing.
        kChallenge,
        /// The code.
        kRefused,
        /// Heartbeat and window in seconds, then the newest event that is stored: boot, n.
        kOk,
        /// The line that is answered, then the event: boot, n.
        kStored,
        /// The line that is answered, milliseconds.
        kNotStored,
        /// All commands begin with their number. Seconds.
        kSleep,
        /// Heartbeat and window in seconds.
        kConfigure,
        kIdentify,
        kReboot,
        /// With `url` and `image`.
        kUpdate,
        /// Signed, so it is the server's: a command of a later version, or one that is not well-formed.
        kUnknownCommand,
    };

    Kind kind = Kind::kBad;
    uint32_t numbers[4];
    /// A piece of the line.
    Slice url;
    uint8_t image[32];

    /// Takes the place of the line before it. Everything but `CHAL` and `E` is believed only with a right MAC, so never before
    /// there are keys: then `keys` is null.
    void read(Slice text, const SessionKeys* keys);

    bool is_command() const { return kind >= Kind::kSleep; }
};


}  // namespace dispobox
