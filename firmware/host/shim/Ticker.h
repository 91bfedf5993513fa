#pragma once

#include <functional>

#include "../machine.h"

class Ticker {
  public:
    void attach_ms(uint32_t ms, std::function<void()> run) { timer_ = machine.start_timer(ms, std::move(run)); }
    void detach() {
        if (timer_ >= 0) {
            machine.stop_timer(timer_);
        }
        timer_ = -1;
    }

  private:
    int timer_ = -1;
};
