// Setting the board up over the serial line. `help` lists the commands.
#pragma once

#include "../core/bytes.h"
#include "set_up.h"

namespace dispobox {

class Console {
  public:
    Console(SetUp& set_up, Pins& pins) : set_up_(set_up), pins_(pins) {}

    /// In the loop. True once the board should start anew: it was told to, or its configuration has changed and is complete.
    bool poll();

  private:
    void take_line();
    void set(Slice assignments);
    void calibrate(Slice millivolts);
    void save_changes();
    void show() const;

    SetUp& set_up_;
    Pins& pins_;
    char line_[320];
    size_t length_ = 0;
    bool has_changed_ = false;
    bool restart_ = false;
    uint32_t changed_at_ms_ = 0;
};

}  // namespace dispobox
