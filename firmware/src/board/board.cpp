#include "board.h"

#include "../core/crc32.h"

namespace dispobox {

namespace {

/// What has to be sensed before anything is said: 3 s.
constexpr uint32_t kSamplesMin = 6;
constexpr uint32_t kLinesAtOnce = 16;
/// Nobody has answered an event for so long: something in here may be stuck. Longer where heartbeats are rare.
constexpr uint32_t kForsakenAfterMs = 600'000;
constexpr uint32_t kRememberEveryMs = 60'000;

/// By cause. An empty one: the chip's own word is better.
constexpr const char* kCauseWords[] = {"", "reboot", "noanswer", "update", "network", "setup"};

uint32_t record_seed(const Identity& who) {
    return crc32(&who.boot, sizeof who.boot, crc32(who.configuration->id, sizeof who.configuration->id));
}

}  // namespace

void Board::start(const Configuration& configuration, uint32_t boot, const char* reset_reason) {
    now_ = answered_at_ = connect_at_ = seams_.clock.millis();
    who_ = {&configuration, boot, reset_reason};
    remember(Cause::kNone);
}

Board::Found Board::resume(const Configuration& configuration, uint32_t boot, const char* reset_reason, bool has_woken) {
    now_ = seams_.clock.millis();
    who_ = {&configuration, boot, reset_reason};
    Remembered remembered;
    if (!record_.load(seams_.memory, record_seed(who_), remembered, ring_, now_)) {
        return Found::kNothing;
    }
    last_n_ = remembered.last_n;
    if (remembered.cause != Cause::kNone && remembered.cause <= Cause::kSetUp) {
        reset_reason = kCauseWords[static_cast<uint32_t>(remembered.cause)];
    }
    // Whoever resets it otherwise wants it awake.
    const bool sleeps_on = has_woken && remembered.remaining_sleep_s > 0;
    if (sleeps_on) {
        sleep_link_ = next_sleep_link(remembered.remaining_sleep_s);
    }
    start(configuration, boot, reset_reason);
    return sleeps_on ? Found::kSleep : Found::kMemory;
}

void Board::shorten_sleep() {
    sleep_link_ = next_sleep_link(1);
    remember(Cause::kNone);
}

Board::Action Board::tick() {
    now_ = seams_.clock.millis();
    sense();
    Action action = Action::kNone;
    if (session_.is_active()) {
        action = converse();
    } else if (who_.configuration->is_complete() && has_come(connect_at_, now_) && seams_.socket.is_ready()) {
        connect();
    }
    if (in_contact_ && !session_.is_active()) {
        lose_contact();
    }
    if (now_ - remembered_at_ >= kRememberEveryMs && action == Action::kNone) {
        remember(Cause::kNone);
    }
    return is_forsaken() && action == Action::kNone ? restart(Cause::kNoAnswer) : action;
}

void Board::sense() {
    // A pin without a detector floats: what it shows is neither a state nor news.
    const uint32_t wired = (1u << who_.configuration->channels) - 1;
    uint32_t levels = 0;
    while (looks_.pop(levels)) {
        if (!debounce_.look(levels)) {
            continue;
        }
        const Instant at = now_ - looks_.waiting() * kLookEveryMs;
        const uint32_t before = window_.states();
        window_.push(debounce_.sample() & wired);
        ++samples_;
        if (who_.configuration->is_complete() && has_news(before, at)) {
            note_event(at);
        }
    }
}

bool Board::has_news(uint32_t states_before, Instant at) const {
    // With nobody to hear them, heartbeats would only push older changes out of its memory. To the others they are
    // promised, so that one is due even of a board that has sensed little.
    const Instant due_at = quiet_since_ + heartbeat_s_ * 1'000u;
    const bool is_due = session_.is_open() && !has_come(at + kSampleEveryMs, due_at);
    const bool has_changed = samples_ > kSamplesMin && window_.states() != states_before;
    return is_due || samples_ == kSamplesMin || has_changed;
}

void Board::note_event(Instant at) {
    Event& event = ring_.add();
    event.at = at;
    event.n = ++last_n_;
    event.states = static_cast<uint8_t>(window_.states());
    for (uint32_t channel = 0; channel < kChannelsMax; ++channel) {
        event.counts[channel] = static_cast<uint16_t>(window_.count(channel));
    }
    quiet_since_ = at;
    // Before it is sent: no number may ever be given twice.
    remember(Cause::kNone);
}

void Board::connect() {
    in_contact_ = true;
    const bool is_open = seams_.socket.open();
    now_ = seams_.clock.millis();
    if (is_open) {
        session_.begin(who_, seams_.random, now_);
    }
}

void Board::lose_contact() {
    in_contact_ = false;
    // Whoever comes next knows nothing of that command.
    update_k_ = refused_meanwhile_ = 0;
    connect_at_ = now_ + backoff_.fail(seams_.random);
}

Board::Action Board::converse() {
    Action action = Action::kNone;
    // Some at a time: whoever has much to say must not keep it from sensing.
    for (uint32_t left = kLinesAtOnce; left > 0 && action == Action::kNone; --left) {
        const Session::Event event = session_.hear(now_);
        if (event == Session::Event::kNothing || event == Session::Event::kEnded) {
            break;
        }
        action = take(event);
    }
    if (session_.is_open()) {
        session_.report({battery_mv(), seams_.socket.weakness_db(), samples_ / kSamplesPerS}, now_);
    }
    return action;
}

Board::Action Board::take(Session::Event event) {
    if (event == Session::Event::kCommand) {
        return obey(session_.line());
    }
    if (event == Session::Event::kOpened) {
        begin_session();
        return Action::kNone;
    }
    // Whoever cannot store anything is there nevertheless: starting anew would not help.
    answered_at_ = now_;
    if (event == Session::Event::kStored) {
        backoff_.succeed();
        remember(Cause::kNone);
    }
    return Action::kNone;
}

void Board::begin_session() {
    const ServerLine& ok = session_.line();
    configure(ok.numbers[0], ok.numbers[1]);
    // Should its memory have been wrong: no number may ever be given twice.
    if (ok.numbers[2] == who_.boot && ok.numbers[3] > last_n_) {
        last_n_ = ok.numbers[3];
    }
    quiet_since_ = now_;
    if (samples_ >= kSamplesMin) {
        note_event(now_);
    }
}

bool Board::configure(uint32_t heartbeat_s, uint32_t window_s) {
    if (heartbeat_s - 1 >= UINT16_MAX || window_s - 1 >= UINT16_MAX) {
        return false;
    }
    heartbeat_s_ = static_cast<uint16_t>(heartbeat_s);
    window_.resize(window_s);
    return true;
}

Board::Action Board::obey(const ServerLine& command) {
    const char* error = nullptr;
    Action action = Action::kNone;
    if (update_k_ != 0) {
        // Answers keep the order of the commands, and that one's is still to come.
        ++refused_meanwhile_;
        return action;
    }
    if (updating_) {
        answer(command.numbers[0], "busy");
        return action;
    }
    switch (command.kind) {
        case ServerLine::Kind::kSleep:
            return go_to_sleep(command);
        case ServerLine::Kind::kConfigure:
            error = configure(command.numbers[1], command.numbers[2]) ? nullptr : "range";
            break;
        case ServerLine::Kind::kIdentify:
            error = who_.configuration->led ? nullptr : "noled";
            action = who_.configuration->led ? Action::kIdentify : Action::kNone;
            break;
        case ServerLine::Kind::kReboot:
            answer(command.numbers[0], nullptr);
            return restart(Cause::kCommand);
        case ServerLine::Kind::kUpdate:
            error = take_update(command);
            if (error == nullptr) {
                updating_ = true;
                update_k_ = command.numbers[0];
                return Action::kUpdate;
            }
            break;
        default:
            error = "unknown";
    }
    answer(command.numbers[0], error);
    return action;
}

Board::Action Board::go_to_sleep(const ServerLine& command) {
    const uint32_t seconds = accepted_sleep_s(command.numbers[1], chip_sleep_max_s_);
    if (seconds == 0) {
        answer(command.numbers[0], "range");
        return Action::kNone;
    }
    session_.reply({command.numbers[0], nullptr, seconds, {who_.boot, last_n_}, battery_mv()});
    session_.leave();
    now_ = seams_.clock.millis();
    sleep_link_ = next_sleep_link(seconds);
    remember(Cause::kNone);
    return Action::kSleep;
}

const char* Board::take_update(const ServerLine& command) {
    if (battery_mv() < who_.configuration->update_min_mv) {
        return "battery";
    }
    if (command.url.length >= sizeof update_.url || !command.url.starts_with({"http://", 7})) {
        return "url";
    }
    copy_bytes(update_.url, command.url.text, command.url.length);
    update_.url[command.url.length] = 0;
    copy_bytes(update_.image, command.image, sizeof update_.image);
    return nullptr;
}

void Board::answer_update(const char* error) {
    updating_ = false;
    if (update_k_ != 0) {
        answer(update_k_, error);
        for (uint32_t later = 1; later <= refused_meanwhile_; ++later) {
            answer(update_k_ + later, "busy");
        }
    }
    update_k_ = refused_meanwhile_ = 0;
    if (error == nullptr) {
        restart(Cause::kUpdate);
    }
}

void Board::answer(uint32_t k, const char* error) {
    session_.reply({k, error, 0, {}, battery_mv()});
}

Board::Action Board::restart(Cause cause) {
    if (session_.is_active()) {
        session_.leave();
    }
    remember(cause);
    return Action::kRestart;
}

void Board::remember(Cause cause) {
    // While it is awake, nothing is left to sleep.
    record_.save(seams_.memory, record_seed(who_), {last_n_, sleep_link_.remaining_s, cause}, ring_, now_,
                 sleep_link_.seconds);
    remembered_at_ = now_;
}

bool Board::is_forsaken() const {
    const uint32_t rare = heartbeat_s_ * 3'000u;
    return now_ - answered_at_ >= (rare > kForsakenAfterMs ? rare : kForsakenAfterMs) && who_.configuration->is_complete();
}

uint16_t Board::battery_mv() {
    return battery_.millivolts(seams_.pins, who_.configuration->full_scale_mv, now_);
}

}  // namespace dispobox
