// How long to wait before the next attempt.
#pragma once

#include "seams.h"

namespace dispobox {

/// Full jitter: a random part of a limit that doubles from 0.5 s to 30 s, so that boards that lost their server together do
/// not come back together.
class Backoff {
  public:
    /// The wait after one more failure, in milliseconds.
    uint32_t fail(Random& random);
    /// The server has stored something. An open session alone clears nothing: it may be closed at once.
    void succeed() { failures_ = 0; }

  private:
    uint8_t failures_ = 0;
};

}  // namespace dispobox
