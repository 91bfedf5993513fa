#include "device.h"

#include <Arduino.h>
#include <ESP8266WiFi.h>
#include <Ticker.h>

extern "C" {
#include <user_interface.h>
}

#include "../board/board.h"
#include "../core/version.h"
#include "chip.h"
#include "console.h"
#include "log.h"
#include "portal.h"
#include "set_up.h"
#include "status_light.h"
#include "tcp_socket.h"
#include "updater.h"
#include "wifi_keeper.h"
#include "wiring.h"

namespace dispobox {

namespace {

/// After a start by hand, the light says how it goes for so long.
constexpr uint32_t kSignsForMs = 120'000;
constexpr uint32_t kOwnButtonWithinMs = 1'000;

ChipClock clock_of_chip;
ChipPins pins;
ChipRandom chance;
ChipMemory memory;
SetUp set_up(memory);
WifiKeeper wifi;
TcpSocket server(wifi, set_up.configuration);
Board board({clock_of_chip, pins, chance, server, memory});
Console console(set_up, pins);
StatusLight light;
Updater updater;
Ticker look_timer;

bool is_updating = false;
bool has_woken = false;
bool was_open = false;
SessionEnd last_end = SessionEnd::kNone;
Instant last_answer = 0;

/// The chip's reason for this start, in a word of the protocol.
const char* reset_word(uint32_t reason) {
    switch (reason) {
        case REASON_DEFAULT_RST:
            return "poweron";
        case REASON_WDT_RST:
            return "watchdog";
        case REASON_EXCEPTION_RST:
            return "exception";
        case REASON_SOFT_WDT_RST:
            return "softwatchdog";
        case REASON_SOFT_RESTART:
            return "restart";
        case REASON_DEEP_SLEEP_AWAKE:
            return "deepsleep";
        default:
            return "reset";
    }
}

const char* end_word(SessionEnd end) {
    switch (end) {
        case SessionEnd::kClosed:
            return "closed";
        case SessionEnd::kRefused:
            return "refused";
        case SessionEnd::kUnproven:
            return "no proof of the server within 5 s";
        case SessionEnd::kForged:
            return "a line that is not to be believed";
        case SessionEnd::kUnanswered:
            return "an event without an answer for 5 s";
        case SessionEnd::kStalled:
            return "nothing gets through";
        default:
            return "left";
    }
}

void sleep_now(SleepLink link) {
    log_line("asleep for %u s, then for %u s more", static_cast<unsigned>(link.seconds),
             static_cast<unsigned>(link.remaining_s));
    Serial.flush();
    look_timer.detach();
    wifi.stop();
    // Between two links of a chain the radio is not needed.
    ESP.deepSleep(link.microseconds(), link.remaining_s > 0 ? WAKE_RF_DISABLED : WAKE_RF_DEFAULT);
}

void restart_now() {
    Serial.flush();
    look_timer.detach();
    wifi.stop();
    ESP.restart();
}

bool is_button_held() {
    pinMode(kButtonPin, INPUT_PULLUP);
    delay(1);
    return digitalRead(kButtonPin) == LOW;
}

/// Held at the start; or, on a Huzzah without a button of ours, its own one pressed just after.
bool is_portal_wanted() {
    pinMode(kOwnButtonPin, INPUT_PULLUP);
    bool is_wanted = is_button_held();
    const uint32_t since_ms = millis();
    while (!is_wanted && !has_woken && millis() - since_ms < kOwnButtonWithinMs) {
        is_wanted = digitalRead(kOwnButtonPin) == LOW;
        light.show(Sign::kPortal);
        delay(10);
    }
    return is_wanted;
}

void find_memory(const char* reset) {
    const Configuration& configuration = set_up.configuration;
    const Board::Found found = board.resume(configuration, set_up.boots(), reset, has_woken);
    if (found == Board::Found::kSleep) {
        // To the chip, a reset by hand in the middle of a sleep is the end of that sleep; only our button tells them apart.
        if (is_button_held()) {
            board.shorten_sleep();
        }
        sleep_now(board.sleep_link());
    }
    if (found == Board::Found::kNothing) {
        board.start(configuration, set_up.count_boot(), reset);
    }
}

Sign sign() {
    if (is_updating) {
        return Sign::kUpdate;
    }
    if (has_woken || millis() > kSignsForMs) {
        return Sign::kDark;
    }
    if (!set_up.configuration.is_complete()) {
        return Sign::kNoSetUp;
    }
    return !wifi.is_up() ? Sign::kNoNetwork : board.session().is_open() ? Sign::kDark : Sign::kNoServer;
}

void log_session() {
    const Session& session = board.session();
    if (session.is_open() && !was_open) {
        log_line("session: open, %u events waiting", static_cast<unsigned>(board.events_waiting()));
    }
    const bool has_ended = !session.is_active() && session.end() != SessionEnd::kNone;
    const SessionEnd end = has_ended ? session.end() : SessionEnd::kNone;
    if (end != last_end && end != SessionEnd::kNone) {
        const unsigned code = end == SessionEnd::kRefused ? static_cast<unsigned>(session.refusal()) : 0;
        log_line("session: over: %s %u", end_word(end), code);
    }
    was_open = session.is_open();
    last_end = end;
    if (board.answered_at() != last_answer) {
        last_answer = board.answered_at();
        wifi.note_success();
    }
}

void run_update() {
    const Updater::State state = updater.step();
    if (state == Updater::State::kRunning) {
        return;
    }
    is_updating = false;
    board.answer_update(state == Updater::State::kInstalled ? nullptr : updater.error());
    if (state == Updater::State::kInstalled) {
        restart_now();
    }
}

void act(Board::Action action) {
    switch (action) {
        case Board::Action::kNone:
            break;
        case Board::Action::kIdentify:
            log_line("identify");
            light.identify();
            break;
        case Board::Action::kUpdate:
            is_updating = true;
            updater.begin(board.update().url, board.update().image);
            break;
        case Board::Action::kSleep:
            sleep_now(board.sleep_link());
            break;
        case Board::Action::kRestart:
            log_line("starting anew");
            restart_now();
            break;
    }
}

}  // namespace

void set_up_device() {
    Serial.begin(115'200);
    const uint32_t reason = ESP.getResetInfoPtr()->reason;
    has_woken = reason == REASON_DEEP_SLEEP_AWAKE;
    set_up.load(chance);
    pins.begin();
    // Before anything that takes time or current, the radio above all: it may have to sleep on.
    board.limit_sleep(static_cast<uint32_t>(ESP.deepSleepMax() / 1'000'000));
    find_memory(reset_word(reason));
    WiFi.persistent(false);
    WiFi.mode(WIFI_OFF);
    Serial.printf("\n");
    log_line("dispobox %s, board %s, start %lu, %s", kFirmwareVersion,
             set_up.configuration.id[0] != 0 ? set_up.configuration.id : "(not set up)",
             static_cast<unsigned long>(set_up.boots()), reset_word(reason));
    light.begin(set_up.configuration.led != 0);
    if (is_portal_wanted()) {
        run_portal(set_up, light);
        board.prepare_restart(Cause::kSetUp);
        restart_now();
    }
    look_timer.attach_ms(kLookEveryMs, []() { board.look(); });
    if (set_up.configuration.is_complete()) {
        wifi.begin(set_up.configuration);
    } else {
        log_line("not set up yet: type help");
    }
}

void run_device() {
    if (console.poll()) {
        board.prepare_restart(Cause::kSetUp);
        restart_now();
    }
    if (set_up.configuration.is_complete()) {
        wifi.poll();
    }
    act(board.tick());
    if (is_updating) {
        run_update();
    }
    log_session();
    light.show(sign());
    delay(5);
}

}  // namespace dispobox
