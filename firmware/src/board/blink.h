// What the status light says.
#pragma once

#include <stdint.h>

namespace dispobox {

enum class Sign : uint8_t {
    kDark,
    /// Fast: this is the board that somebody is looking for.
    kIdentify,
    /// Half a second on, half a second off: the portal is open.
    kPortal,
    /// A flicker: new firmware is on its way.
    kUpdate,
    /// One flash every 3 s: no network.
    kNoNetwork,
    /// Two: no set-up.
    kNoSetUp,
    /// Three: a network, but no server that proves to be ours.
    kNoServer,
};

/// Whether it is lit, so many milliseconds after anything.
bool is_lit(Sign sign, uint32_t ms);

}  // namespace dispobox
