// The light that says what the board is doing. Dark in daily use: it costs as much as the detectors.
#pragma once

#include "../board/blink.h"

namespace dispobox {

class StatusLight {
  public:
    void begin(bool is_wanted);
    /// Shows which board this is, for 15 s.
    void identify();
    /// In the loop, with what there is to say if nobody looks for the board.
    void show(Sign sign);

  private:
    void light(bool lit);

    bool is_wanted_ = false;
    bool identifying_ = false;
    bool lit_ = false;
    uint32_t identify_since_ms_ = 0;
};

}  // namespace dispobox
