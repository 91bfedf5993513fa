// A board: what it senses, remembers and says, and what it does when it is told to.
#pragma once

#include "../core/backoff.h"
#include "../core/battery.h"
#include "../core/configuration.h"
#include "../core/session.h"
#include "../core/sleep_planner.h"
#include "../core/sleep_record.h"
#include "../core/window.h"

namespace dispobox {

class Board {
  public:
    /// What is left to do for the one who runs it.
    enum class Action : uint8_t {
        kNone,
        /// Show which board it is.
        kIdentify,
        /// Fetch `update()` and, once it is known how that ended, call `answer_update`.
        kUpdate,
        /// Sleep for `sleep_link()`; everything is remembered.
        kSleep,
        /// Start anew; everything is remembered.
        kRestart,
    };

    /// New firmware.
    struct Update {
        char url[160];
        uint8_t image[32];
    };

    explicit Board(const Seams& seams) : seams_(seams), session_(seams.socket, ring_) {}

    /// How a start of the chip finds the board.
    enum class Found : uint8_t {
        /// Nothing is remembered: the start is a cold one. It has to be counted before `start`.
        kNothing,
        /// It goes on where it was; `start` is not needed.
        kMemory,
        /// It was asleep and has to sleep on, for `sleep_link()`.
        kSleep,
    };

    /// Looks for what was remembered since cold start `boot`. `reset_reason` is the chip's word for this start; what the board
    /// itself did is said instead where it is known. `has_woken`: by the end of a sleep.
    Found resume(const Configuration& configuration, uint32_t boot, const char* reset_reason, bool has_woken);
    /// Begins anew, with cold start `boot`.
    void start(const Configuration& configuration, uint32_t boot, const char* reset_reason);
    /// Leaves one last second of the sleep that `resume` has found: the radio only comes back by the end of a sleep.
    void shorten_sleep();
    /// The longest sleep that the chip can do at once; 10,800 s and a tenth until this is called.
    void limit_sleep(uint32_t chip_max_s) { chip_sleep_max_s_ = chip_max_s; }

    /// Looks at the detectors. By a timer, every 100 ms.
    void look() { looks_.push(seams_.pins.levels()); }
    /// Everything else. In a loop, as often as can be.
    Action tick();

    /// How the update ended: null when it is installed and the board has to start anew, or a word of up to 16 characters.
    void answer_update(const char* error);
    /// Remembers everything, before a start for another reason.
    void prepare_restart(Cause cause) { remember(cause); }

    const Update& update() const { return update_; }
    SleepLink sleep_link() const { return sleep_link_; }
    const Session& session() const { return session_; }
    uint32_t events_waiting() const { return ring_.count(); }
    uint32_t states() const { return window_.states(); }
    /// The converter is asked once a minute at most.
    uint16_t battery_mv();
    /// When the server has last answered an event, or the board was started.
    Instant answered_at() const { return answered_at_; }
    Instant now() const { return now_; }

  private:
    void sense();
    bool has_news(uint32_t states_before, Instant at) const;
    void note_event(Instant at);
    void connect();
    void lose_contact();
    Action converse();
    Action take(Session::Event event);
    void begin_session();
    Action obey(const ServerLine& command);
    Action go_to_sleep(const ServerLine& command);
    const char* take_update(const ServerLine& command);
    bool configure(uint32_t heartbeat_s, uint32_t window_s);
    void answer(uint32_t k, const char* error);
    Action restart(Cause cause);
    void remember(Cause cause);
    bool is_forsaken() const;

    Seams seams_;
    Identity who_ = {};
    uint32_t chip_sleep_max_s_ = 12'000;
    Instant now_ = 0;

    Debounce debounce_;
    /// Since the start.
    uint32_t samples_ = 0;
    uint32_t last_n_ = 0;
    /// When the newest event happened, or the session began if that was later.
    Instant quiet_since_ = 0;

    Session session_;
    Backoff backoff_;
    /// Since an attempt has begun, until its end is seen.
    bool in_contact_ = false;
    Instant connect_at_ = 0;
    Instant answered_at_ = 0;
    Instant remembered_at_ = 0;
    uint16_t heartbeat_s_ = 30;
    BatteryMeter battery_;

    Update update_ = {};
    bool updating_ = false;
    /// The command that asked for it, while its session lasts, and how many after it have been refused meanwhile.
    uint32_t update_k_ = 0;
    uint32_t refused_meanwhile_ = 0;
    SleepLink sleep_link_ = {};

    // Last what is large: the compiler reaches the rest with shorter instructions.
    SleepRecord record_;
    LookQueue looks_;
    Window window_;
    EventRing ring_;
};

}  // namespace dispobox
