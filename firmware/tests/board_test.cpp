// A whole board, against a server that keeps to the protocol.

#include <algorithm>

#include "check.h"
#include "world.h"

using namespace dispobox;

using Action = Board::Action;

/// Answers every event until the board has nothing to say; returns the lines.
static std::vector<std::string> acknowledge_all(Stage& stage) {
    std::vector<std::string> all;
    for (std::vector<std::string> lines = stage.heard(); !lines.empty(); lines = stage.heard()) {
        for (const std::string& line : lines) {
            all.push_back(line);
            const size_t end = line.find(" ev=");
            stage.tell("DB2 A " + line.substr(6, end - 6) + " ev=" + field(line, "ev"));
        }
        stage.pass(10);
    }
    return all;
}

TEST(presence_is_told_at_the_sixth_sample) {
    Stage stage;
    stage.pass(3'000);
    stage.open_session();
    const std::vector<std::string> first = acknowledge_all(stage);
    CHECK(!first.empty());
    CHECK_EQ(field(first.back(), "s"), std::string("0000"));
    stage.world.pins = 0b0100;
    const Instant since = stage.world.now;
    std::vector<std::string> lines;
    while (lines.empty()) {
        stage.pass(10);
        lines = stage.heard();
    }
    const uint32_t took = stage.world.now - since;
    CHECK_CASE(took > 2'500 && took <= 3'200, true, std::to_string(took));
    CHECK_EQ(field(lines[0], "s"), std::string("0010"));
    CHECK_EQ(field(lines[0], "m"), std::string("0,0,6,0"));
    CHECK_EQ(field(lines[0], "age"), std::string("0"));
    CHECK_EQ(field(lines[0], "rssi"), std::string("-61"));
    CHECK_EQ(field(lines[0], "bat"), std::string("3791"));
}

TEST(a_heartbeat_is_due_however_little_was_sensed) {
    Stage stage;
    stage.world.now = 0;
    stage.open_session();
    stage.tell("DB2 C 1 conf hb=1 win=30");
    stage.pass(1'200);
    const std::vector<std::string> lines = stage.heard();
    CHECK_EQ(lines.size(), size_t{2});
    CHECK_EQ(lines[0].substr(0, 11), std::string("DB2 R 1 ok "));
    CHECK_EQ(lines[1].substr(0, 8), std::string("DB2 D 1 "));
}

TEST(heartbeats_come_in_time) {
    Stage stage;
    stage.open_session();
    Instant last = stage.world.now;
    int beats = 0;
    for (int step = 0; step < 30'000; ++step) {
        stage.pass(10);
        if (!acknowledge_all(stage).empty()) {
            CHECK(stage.world.now - last <= 30'100);
            last = stage.world.now;
            ++beats;
        }
    }
    CHECK_CASE(beats >= 10 && beats <= 12, true, std::to_string(beats));
}

TEST(millis_may_roll_over) {
    Stage stage;
    Stage later;
    later.world.now = UINT32_MAX - 20'000;
    later.board.start(later.configuration, 1, "poweron");
    const auto live = [](Stage& on) {
        const Instant begun = on.world.now;
        std::string told;
        on.open_session();
        for (int second = 0; second < 60; ++second) {
            on.world.pins = second > 10 && second < 20 ? 1 : 0;
            on.pass(1'000);
            for (const std::string& line : acknowledge_all(on)) {
                told += std::to_string(on.world.now - begun) + " " + line.substr(0, line.find(" mac=")) + "\n";
            }
        }
        return told;
    };
    const std::string expect = live(stage);
    CHECK(std::count(expect.begin(), expect.end(), '\n') >= 4);
    CHECK_EQ(live(later), expect);
    CHECK(later.world.now < 100'000);
    CHECK(stage.actions.empty() && later.actions.empty());
}

TEST(an_event_without_answer_is_sent_again_with_its_age) {
    Stage stage;
    stage.pass(4'000);
    stage.open_session();
    std::vector<std::string> lines = stage.heard();
    const std::string event = field(lines.back(), "ev");
    const int before = stage.world.attempts;
    stage.pass(5'100);
    CHECK(!stage.world.is_open || stage.world.attempts > before);
    CHECK(stage.board.session().end() == SessionEnd::kUnanswered);
    stage.world.from_board.clear();
    stage.open_session();
    lines = stage.heard();
    const auto again = std::find_if(lines.begin(), lines.end(), [&](const std::string& line) { return field(line, "ev") == event; });
    CHECK(again != lines.end());
    CHECK(std::stoul(field(*again, "age")) >= 5'000);
    // And once it is stored, never more.
    for (const std::string& line : acknowledge_all(stage)) {
        CHECK(field(line, "ev") != event || line.substr(0, 5) == "DB2 D");
    }
    for (const std::string& line : lines) {
        stage.tell("DB2 A " + line.substr(6, line.find(" ev=") - 6) + " ev=" + field(line, "ev"));
    }
    stage.pass(10);
    CHECK_EQ(stage.board.events_waiting(), 0u);
}

TEST(what_is_not_stored_is_kept) {
    Stage stage;
    stage.pass(4'000);
    stage.open_session();
    const std::vector<std::string> lines = stage.heard();
    for (size_t at = 0; at < lines.size(); ++at) {
        stage.tell("DB2 N " + std::to_string(at + 1) + " retry=2000");
    }
    stage.pass(1'900);
    CHECK(stage.heard().empty());
    stage.pass(200);
    const std::vector<std::string> again = acknowledge_all(stage);
    CHECK_EQ(again.size(), lines.size());
    CHECK_EQ(field(again[0], "ev"), field(lines[0], "ev"));
    CHECK_EQ(stage.board.events_waiting(), 0u);
}

TEST(told_to_sleep) {
    const std::pair<uint32_t, const char*> cases[] = {{1'800, "1800"}, {10'800, "10800"}, {86'400, "10800"}, {4'000'000'000u, "10800"}};
    for (const auto& [asked, expect] : cases) {
        Stage stage;
        stage.pass(4'000);
        stage.open_session();
        acknowledge_all(stage);
        stage.tell("DB2 C 1 sleep=" + std::to_string(asked));
        stage.pass(10);
        const std::vector<std::string> lines = stage.heard();
        CHECK_EQ(lines.size(), size_t{1});
        CHECK_EQ(lines[0].substr(0, 11), std::string("DB2 R 1 ok "));
        CHECK_EQ(field(lines[0], "sleep"), std::string(expect));
        CHECK(!field(lines[0], "bat").empty());
        CHECK_EQ(stage.actions.size(), size_t{1});
        CHECK(stage.actions[0] == Action::kSleep);
        CHECK_EQ(stage.world.finished, 1);
        CHECK(stage.board.sleep_link().seconds <= 3'600);
    }
}

TEST(a_night_is_a_chain_of_sleeps_and_nothing_is_lost) {
    Stage evening;
    evening.pass(4'000);
    evening.open_session();
    evening.heard();
    // Told to sleep while an event waits for its answer.
    evening.tell("DB2 C 1 sleep=10000");
    evening.pass(10);
    CHECK(evening.actions.back() == Action::kSleep);
    const uint32_t waiting = evening.board.events_waiting();
    CHECK(waiting > 0);
    auto rtc = evening.world.rtc;
    uint32_t slept_s = evening.board.sleep_link().seconds;
    for (const uint32_t expect : {3'600u, 2'800u}) {
        Stage night;
        night.world.rtc = rtc;
        const Board::Found found = night.board.resume(night.configuration, 1, "deepsleep", true);
        CHECK(found == Board::Found::kSleep);
        CHECK_EQ(static_cast<uint32_t>(night.board.sleep_link().seconds), expect);
        slept_s += expect;
        rtc = night.world.rtc;
    }
    CHECK_EQ(slept_s, 10'000u);
    Stage morning;
    morning.world.rtc = rtc;
    CHECK(morning.board.resume(morning.configuration, 1, "deepsleep", true) == Board::Found::kMemory);
    CHECK_EQ(morning.board.events_waiting(), waiting);
    morning.open_session();
    const std::vector<std::string> lines = morning.heard();
    CHECK(!lines.empty());
    CHECK(std::stoul(field(lines[0], "age")) >= 10'000'000);
    CHECK(std::stoul(field(lines[0], "age")) < 10'020'000);
    // Its set-up button was held: it wakes a second later, with its radio, and what is left is not slept.
    Stage held;
    held.world.rtc = evening.world.rtc;
    CHECK(held.board.resume(held.configuration, 1, "deepsleep", true) == Board::Found::kSleep);
    held.board.shorten_sleep();
    CHECK_EQ(static_cast<uint32_t>(held.board.sleep_link().seconds), 1u);
    CHECK_EQ(static_cast<uint32_t>(held.board.sleep_link().remaining_s), 0u);
    Stage woken;
    woken.world.rtc = held.world.rtc;
    CHECK(woken.board.resume(woken.configuration, 1, "deepsleep", true) == Board::Found::kMemory);
    CHECK_EQ(woken.board.events_waiting(), waiting);
    // Reset in the middle of the night, and the chip knows it.
    Stage awake;
    awake.world.rtc = evening.world.rtc;
    CHECK(awake.board.resume(awake.configuration, 1, "reset", false) == Board::Found::kMemory);
}

TEST(numbers_go_on_after_any_start_but_a_cold_one) {
    Stage stage;
    stage.pass(4'000);
    stage.open_session();
    stage.heard();
    stage.tell("DB2 C 1 reboot");
    stage.pass(10);
    CHECK(stage.actions.back() == Action::kRestart);
    Stage next;
    next.world.rtc = stage.world.rtc;
    CHECK(next.board.resume(next.configuration, 2, "restart", false) == Board::Found::kNothing);
    CHECK(next.board.resume(next.configuration, 1, "restart", false) == Board::Found::kMemory);
    next.pass(10);
    CHECK_EQ(field(next.heard()[0], "rst"), std::string("reboot"));
    CHECK_EQ(next.board.events_waiting(), stage.board.events_waiting());
}

TEST(no_number_is_given_twice) {
    Stage stage;
    for (int tries = 0; tries < 3'000 && stage.world.from_board.empty(); ++tries) {
        stage.pass(10);
    }
    const std::string challenge = "DB2 CHAL sn=00112233445566778899aabbccddeeff";
    stage.keys.derive(stage.configuration.key, stage.heard()[0].c_str(), challenge.c_str());
    stage.tell_raw("datas#" + challenge + "\r\n");
    stage.pass(10);
    // The server has stored more of this start than the board knows of.
    stage.tell("DB2 OK now=1795233600123 hb=30 win=30 last=1.500 new=field");
    stage.pass(4'000);
    const std::vector<std::string> lines = stage.heard();
    CHECK_EQ(field(lines.back(), "ev"), std::string("1.501"));
}

TEST(other_commands) {
    Stage stage;
    stage.open_session();
    const std::pair<const char*, const char*> cases[] = {
        {"id", "ok"},
        {"conf hb=10 win=60", "ok"},
        {"conf hb=0 win=60", "err=range"},
        {"conf hb=65536 win=60", "err=range"},
        {"sleep=0", "err=range"},
        {"format", "err=unknown"},
        {"sleep=soon", "err=unknown"},
        {"ota url=https://x/ sha256=aa", "err=unknown"},
    };
    int k = 0;
    for (const auto& [command, expect] : cases) {
        stage.tell("DB2 C " + std::to_string(++k) + " " + command);
        stage.pass(10);
        const std::vector<std::string> lines = stage.heard();
        CHECK_EQ(lines.size(), size_t{1});
        CHECK_CASE(lines[0].rfind("DB2 R " + std::to_string(k) + " " + expect + " bat=", 0), size_t{0}, lines[0]);
    }
    CHECK_EQ(stage.actions.size(), size_t{1});
    CHECK(stage.actions[0] == Action::kIdentify);
    CHECK(stage.board.session().is_open());
}

TEST(updates_answer_when_they_are_done) {
    const std::string update = " ota url=http://10.0.0.1/a.bin sha256=" + std::string(64, 'a');
    Stage weak;
    weak.open_session();
    weak.world.raw = 600;
    weak.pass(60'000);
    acknowledge_all(weak);
    weak.open_session();
    acknowledge_all(weak);
    weak.tell("DB2 C 1" + update);
    weak.pass(10);
    CHECK(weak.heard()[0].rfind("DB2 R 1 err=battery", 0) == 0);
    CHECK(weak.actions.empty());

    Stage stage;
    stage.open_session();
    stage.tell("DB2 C 1" + update);
    stage.tell("DB2 C 2 id");
    stage.tell("DB2 C 3 reboot");
    stage.pass(100);
    CHECK(stage.heard().empty());
    CHECK_EQ(stage.actions.size(), size_t{1});
    CHECK(stage.actions[0] == Action::kUpdate);
    CHECK_EQ(std::string(stage.board.update().url), std::string("http://10.0.0.1/a.bin"));
    // It goes on meanwhile.
    stage.world.pins = 1;
    stage.pass(4'000);
    CHECK(!acknowledge_all(stage).empty());
    stage.board.answer_update("signature");
    const std::vector<std::string> lines = stage.heard();
    CHECK_EQ(lines.size(), size_t{3});
    CHECK(lines[0].rfind("DB2 R 1 err=signature", 0) == 0);
    CHECK(lines[1].rfind("DB2 R 2 err=busy", 0) == 0);
    CHECK(lines[2].rfind("DB2 R 3 err=busy", 0) == 0);
    CHECK(stage.board.session().is_open());

    // In another session there is nobody to answer.
    stage.tell("DB2 C 4" + update);
    stage.pass(10);
    stage.world.is_open = false;
    stage.pass(20);
    stage.open_session();
    acknowledge_all(stage);
    stage.tell("DB2 C 1 id");
    stage.pass(10);
    CHECK(stage.heard()[0].rfind("DB2 R 1 err=busy", 0) == 0);
    stage.board.answer_update("http");
    CHECK(stage.heard().empty());
}

TEST(nobody_answers_for_ten_minutes) {
    Stage stage;
    stage.world.has_server = false;
    stage.pass(599'000);
    CHECK(stage.actions.empty());
    CHECK_CASE(stage.world.attempts > 20 && stage.world.attempts < 80, true, std::to_string(stage.world.attempts));
    stage.pass(1'000);
    CHECK_EQ(stage.actions.size(), size_t{1});
    CHECK(stage.actions[0] == Action::kRestart);
    Stage next;
    next.world.rtc = stage.world.rtc;
    CHECK(next.board.resume(next.configuration, 1, "restart", false) == Board::Found::kMemory);
    next.pass(10);
    CHECK_EQ(field(next.heard()[0], "rst"), std::string("noanswer"));
}

/// A server whose disk is full is there and says so: a start would only cost events.
TEST(told_to_keep_its_events_it_does_not_start_anew) {
    Stage stage;
    stage.pass(4'000);
    stage.open_session();
    for (uint32_t second = 0; second < 660; ++second) {
        for (const std::string& line : stage.heard()) {
            stage.tell("DB2 N " + line.substr(6, line.find(" ev=") - 6) + " retry=20000");
        }
        stage.pass(1'000);
    }
    CHECK(stage.actions.empty());
    CHECK(stage.board.session().is_open());
    // All of the heartbeats.
    CHECK(stage.board.events_waiting() > 20);
}

TEST(no_session_without_proof) {
    Stage stage;
    while (stage.world.from_board.empty()) {
        stage.pass(10);
    }
    stage.tell_raw("DB2 CHAL sn=00112233445566778899aabbccddeeff\n");
    stage.pass(4'900);
    CHECK(stage.board.session().is_active());
    stage.pass(200);
    CHECK(stage.board.session().end() == SessionEnd::kUnproven);
}

TEST(a_server_that_closes_at_once_is_not_hammered) {
    Stage stage;
    int hellos = 0;
    for (int step = 0; step < 12'000; ++step) {
        stage.pass(10);
        if (!stage.world.from_board.empty()) {
            ++hellos;
            stage.world.from_board.clear();
            stage.tell_raw("DB2 E 401\n");
            stage.world.is_open = true;
        }
    }
    CHECK_CASE(hellos > 4 && hellos < 40, true, std::to_string(hellos));
    CHECK_EQ(stage.board.session().refusal(), 401u);
    // What cannot be written to neither.
    Stage stalled;
    stalled.world.is_stalled = true;
    stalled.pass(60'000);
    CHECK_CASE(stalled.world.attempts > 4 && stalled.world.attempts < 40, true, std::to_string(stalled.world.attempts));
    CHECK(stalled.board.session().end() == SessionEnd::kStalled);
}

TEST(tcp_may_cut_anywhere) {
    Stage whole;
    while (whole.world.from_board.empty()) {
        whole.pass(10);
    }
    const std::string hello = whole.heard()[0];
    const std::string challenge = "DB2 CHAL sn=00112233445566778899aabbccddeeff";
    whole.keys.derive(whole.configuration.key, hello.c_str(), challenge.c_str());
    const std::string bytes = "datas#" + challenge + "\n" + whole.signed_line("DB2 OK now=1 hb=30 win=30 last=0.0") +
                              whole.signed_line("DB2 C 1 id") + whole.signed_line("DB2 C 2 conf hb=20 win=60");
    for (size_t cut = 0; cut <= bytes.size(); ++cut) {
        Stage stage;
        while (stage.world.from_board.empty()) {
            stage.pass(10);
        }
        // The same chance makes the same hello.
        CHECK_EQ(stage.heard()[0], hello);
        stage.tell_raw(bytes.substr(0, cut));
        stage.pass(20);
        stage.tell_raw(bytes.substr(cut));
        stage.pass(60);
        CHECK_CASE(stage.board.session().is_open(), true, std::to_string(cut));
        CHECK_EQ(stage.actions.size(), size_t{1});
        const std::vector<std::string> lines = stage.heard();
        CHECK_EQ(lines.size(), size_t{3});
    }
}

TEST(boards_of_fewer_channels_speak_of_those) {
    Stage stage;
    stage.configuration.channels = 3;
    stage.world.pins = 0xff;
    stage.pass(4'000);
    stage.open_session();
    const std::vector<std::string> lines = stage.heard();
    CHECK_EQ(field(lines[0], "s"), std::string("111"));
    CHECK_EQ(std::count(lines[0].begin(), lines[0].end(), ','), 2);
}

/// Nothing holds such a pin, so it flickers.
TEST(a_channel_without_a_detector_makes_no_reports) {
    Stage stage;
    stage.configuration.channels = 3;
    stage.pass(4'000);
    stage.open_session();
    acknowledge_all(stage);
    stage.world.pins = 0x08;
    stage.pass(8'000);
    CHECK_EQ(stage.heard().size(), size_t{0});
    CHECK_EQ(stage.board.states(), 0u);
}
