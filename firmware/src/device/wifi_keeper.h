// Keeps the board in its network. The SDK alone does not: it may hang in "connected" over a network that is gone.
#pragma once

#include "../core/configuration.h"

namespace dispobox {

class WifiKeeper {
  public:
    void begin(const Configuration& configuration);
    /// In the loop.
    void poll();
    /// Whether there is a network, as far as is known.
    bool is_up() const { return state_ == State::kUp; }
    /// The server does not answer at all. After three times in a row the radio is started anew.
    void note_failure();
    /// The server has answered: the network is there.
    void note_success() { failures_ = 0; }
    void stop();

  private:
    enum class State : uint8_t { kOff, kResting, kConnecting, kUp };

    void connect();
    void rest(const char* why);

    const Configuration* configuration_ = nullptr;
    State state_ = State::kOff;
    uint32_t since_ms_ = 0;
    uint8_t failures_ = 0;
};

}  // namespace dispobox
