// The keys of one session, from the board's own and the first two lines. See docs/protocol.md.
#pragma once

#include "hmac.h"

namespace dispobox {

struct SessionKeys {
    Key to_server;
    Key to_board;

    /// The lines come without their line ends.
    void derive(const Key& board_key, Slice hello, Slice challenge);
};

}  // namespace dispobox
