// What the detectors see when: steps by `;` or line ends, each `<time> <channel> high|low`: `2s 0 high; 9s 0 low`. The time
// counts from the first start, as `1500ms`, `2s`, `2.5s` or `1m`. `#` begins a comment. As in `dispobox simulate --script`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

class PinScript {
  public:
    /// Reads a script; false, with `problem`, when it is none.
    bool read(const std::string& text, std::string& problem);
    /// The levels so long after the start, in place of `levels` as far as the script has said anything.
    uint8_t levels(uint8_t levels, int64_t elapsed_ms) const;

  private:
    struct Step {
        int64_t at_ms;
        uint8_t channel;
        bool high;
    };

    std::vector<Step> steps_;
};
