// The parts, one by one.

#include <map>

#include "board/blink.h"
#include "board/provisioning.h"
#include "check.h"
#include "core/crc32.h"
#include "world.h"

using namespace dispobox;

static std::string sha256(const std::string& text) {
    Sha256 hash;
    hash.add(text.data(), text.size());
    uint8_t digest[32];
    hash.finish(digest);
    LineBuilder line;
    line.hex(digest, sizeof digest);
    return to_text(line.line());
}

TEST(sha256_of_the_standard) {
    CHECK_EQ(sha256(""), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    CHECK_EQ(sha256("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    CHECK_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
             std::string("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
    CHECK_EQ(sha256(std::string(1'000'000, 'a')),
             std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
    // Every way in which the padding can fall.
    std::map<std::string, int> seen;
    for (int length = 0; length < 200; ++length) {
        ++seen[sha256(std::string(static_cast<size_t>(length), 'x'))];
    }
    CHECK_EQ(seen.size(), size_t{200});
}

TEST(crc32_of_the_standard) {
    CHECK_EQ(crc32("123456789", 9), 0xcbf43926u);
    CHECK_EQ(crc32("56789", 5, crc32("1234", 4)), 0xcbf43926u);
}

/// The lines in these bytes by `|`, `!` where they break.
static std::string lines(const std::string& bytes) {
    LineReader reader;
    std::string seen;
    for (const char byte : bytes) {
        const LineReader::Result result = reader.take(byte);
        if (result == LineReader::Result::kLine) {
            seen += to_text(reader.line()) + "|";
        }
        if (result == LineReader::Result::kBroken) {
            return seen + "!";
        }
    }
    return seen;
}

TEST(cutting_lines) {
    const std::string longest(255, 'x');
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"", ""},
        {"DB2 A\nDB2 B\r\nDB2", "DB2 A|DB2 B|"},
        {"\n\r\n", "||"},
        {"a\tb\n", "!"},
        {"a\rb\n", "!"},
        {"a\r\r\n", "!"},
        {"a\x7f", "!"},
        {"a\xc3\xa9\n", "!"},
        {std::string("a\0b", 3), "!"},
        {"~ !\n", "~ !|"},
        {longest + "\n" + longest + "\n", longest + "|" + longest + "|"},
        {longest + "x", "!"},
        {longest + "\r\n", "!"},
        {longest.substr(1) + "\r\n", longest.substr(1) + "|"},
    };
    for (const auto& [bytes, expect] : cases) {
        CHECK_CASE(lines(bytes), expect, bytes);
    }
}

TEST(lines_that_are_too_long_are_not_whole) {
    LineBuilder line;
    for (int at = 0; at < 256; ++at) {
        CHECK(line.is_whole());
        line.text("x");
    }
    CHECK(line.is_whole());
    line.end();
    CHECK(!line.is_whole());
}

/// Pushes `.` low and `#` high to channel 0; expects its state and count.
static void check_window(Window& window, const std::string& samples, uint32_t state, uint32_t count) {
    for (const char sample : samples) {
        window.push(sample == '#' ? 1 : 0);
    }
    CHECK_CASE(window.states(), state, samples);
    CHECK_CASE(window.count(0), count, samples);
}

TEST(the_state_does_not_flicker) {
    Window window;
    check_window(window, "", 0, 0);
    check_window(window, ".#.#.#.#.#", 0, 5);
    check_window(window, "#", 1, 6);
    check_window(window, std::string(50, '.'), 1, 6);
    check_window(window, std::string(7, '.'), 1, 2);
    check_window(window, ".", 1, 2);
    check_window(window, ".", 0, 1);
}

TEST(windows_of_other_lengths) {
    Window window;
    check_window(window, std::string(20, '#'), 1, 20);
    window.resize(4);
    check_window(window, "", 1, 8);
    check_window(window, "......", 1, 2);
    check_window(window, ".", 0, 1);
    window.resize(0);
    check_window(window, "##", 1, 2);
    check_window(window, ".", 0, 1);
    window.resize(UINT32_MAX);
    check_window(window, std::string(700, '#'), 1, 600);
    check_window(window, std::string(599, '.'), 0, 1);
    window.resize(30);
    check_window(window, "", 0, 0);
}

TEST(spikes_are_no_movement) {
    Debounce debounce;
    const std::vector<std::pair<std::string, uint32_t>> cases = {
        {".....", 0}, {"#....", 0}, {".#.#.", 0}, {"#.#.#", 1}, {"###..", 1}, {"#####", 1}, {"####.", 1}, {"..##.", 0},
    };
    for (const auto& [looks, expect] : cases) {
        bool is_complete = false;
        for (const char look : looks) {
            CHECK(!is_complete);
            // Another channel at the same time.
            is_complete = debounce.look((look == '#' ? 1u : 0u) | 0x80);
        }
        CHECK(is_complete);
        CHECK_CASE(debounce.sample(), expect | 0x80, looks);
    }
}

TEST(looks_wait_for_the_program) {
    LookQueue queue;
    uint32_t level = 0;
    CHECK(!queue.pop(level));
    for (int round = 0; round < 300; ++round) {
        for (int at = 0; at < 200; ++at) {
            queue.push(static_cast<uint8_t>(at));
        }
        CHECK_EQ(queue.waiting(), 127u);
        for (uint32_t at = 0; at < 127; ++at) {
            CHECK(queue.pop(level));
            CHECK_EQ(level, at);
        }
        CHECK(!queue.pop(level));
    }
}

static void add_events(EventRing& ring, uint32_t from, uint32_t to) {
    for (uint32_t n = from; n <= to; ++n) {
        Event& event = ring.add();
        event.n = n;
        event.at = n * 1'000;
    }
}

TEST(sent_until_acknowledged) {
    EventRing ring;
    add_events(ring, 1, 3);
    for (uint32_t n = 1; n <= 3; ++n) {
        CHECK_EQ(ring.send_next(n, 10'000)->n, n);
    }
    CHECK(ring.send_next(4, 10'000) == nullptr);
    CHECK(!ring.is_left_alone(14'999));
    CHECK(ring.is_left_alone(15'000));
    CHECK(ring.acknowledge(2, 2));
    // Neither the line nor the event of anything that is on its way.
    CHECK(!ring.acknowledge(1, 3));
    CHECK(!ring.acknowledge(9, 1));
    CHECK(!ring.acknowledge(0, 1));
    ring.postpone(3, 2'000, 10'000);
    CHECK(!ring.acknowledge(3, 3));
    CHECK(ring.send_next(4, 11'999) == nullptr);
    CHECK_EQ(ring.send_next(4, 12'000)->n, 3u);
    ring.recall();
    CHECK(!ring.is_left_alone(30'000));
    CHECK_EQ(ring.send_next(1, 13'000)->n, 1u);
    CHECK_EQ(ring.send_next(2, 13'000)->n, 3u);
    CHECK(ring.acknowledge(1, 1));
    CHECK(ring.acknowledge(2, 3));
    CHECK_EQ(ring.count(), 0u);
}

TEST(the_oldest_give_way) {
    EventRing ring;
    add_events(ring, 1, 300);
    CHECK_EQ(ring.count(), 256u);
    const Event* event = ring.send_next(1, 300'000);
    CHECK_EQ(event->n, 45u);
    CHECK_EQ(event->gap, 44u);
    CHECK_EQ(ring.send_next(2, 300'000)->gap, 0u);
    // What told of the gap gives way itself.
    ring.recall();
    add_events(ring, 301, 301);
    event = ring.send_next(1, 300'000);
    CHECK_EQ(event->n, 46u);
    CHECK_EQ(event->gap, 45u);
}

TEST(only_some_are_on_their_way) {
    EventRing ring;
    add_events(ring, 1, 20);
    for (uint32_t seq = 1; seq <= EventRing::kInFlightMax; ++seq) {
        CHECK(ring.send_next(seq, 0) != nullptr);
    }
    CHECK(ring.send_next(9, 0) == nullptr);
    CHECK(ring.acknowledge(3, 3));
    CHECK_EQ(ring.send_next(9, 0)->n, 9u);
}

TEST(backing_off_with_full_jitter) {
    World world;
    for (int failures = 0; failures < 10; ++failures) {
        const uint32_t limit = failures < 6 ? 500u << failures : 30'000;
        constexpr int kBoards = 4'000;
        constexpr int kTenths = 10;
        int tenths[kTenths] = {};
        for (int at = 0; at < kBoards; ++at) {
            Backoff backoff;
            uint32_t wait = 0;
            for (int before = 0; before <= failures; ++before) {
                wait = backoff.fail(world);
            }
            CHECK(wait <= limit);
            ++tenths[wait * kTenths / (limit + 1)];
        }
        // As likely in every tenth: 400 each, give or take five standard deviations.
        for (const int count : tenths) {
            CHECK_CASE(count > 300 && count < 500, true, std::to_string(failures) + " failures, " + std::to_string(count));
        }
    }
    Backoff backoff;
    for (int at = 0; at < 20; ++at) {
        backoff.fail(world);
    }
    backoff.succeed();
    CHECK(backoff.fail(world) <= 500);
}

TEST(long_sleeps_are_chains) {
    const std::vector<std::pair<uint32_t, std::vector<uint32_t>>> cases = {
        {1, {1}},
        {3'600, {3'600}},
        {3'601, {3'600, 1}},
        {10'800, {3'600, 3'600, 3'600}},
        {UINT32_MAX, {3'600, 3'600, 3'600}},
    };
    for (const auto& [seconds, links] : cases) {
        uint32_t left = seconds;
        for (const uint32_t expect : links) {
            const SleepLink link = next_sleep_link(left);
            CHECK_EQ(static_cast<uint32_t>(link.seconds), expect);
            // 2016's sketch counted microseconds in 32 bits.
            CHECK_EQ(link.microseconds(), uint64_t{expect} * 1'000'000);
            left = link.remaining_s;
        }
        CHECK_EQ(left, 0u);
    }
    CHECK_EQ(next_sleep_link(0).seconds, uint16_t{0});
}

TEST(no_sleep_is_longer_than_the_chip_can) {
    // Asked, the chip's most, expected.
    const uint32_t cases[][3] = {{1'800, 12'600, 1'800}, {10'800, 12'600, 10'800}, {86'400, 12'600, 10'800},
                                 {UINT32_MAX, 12'000, 10'800}, {10'800, 11'000, 9'900}, {10'800, 11'001, 9'900},
                                 {10'800, 0, 0}, {0, 12'600, 0}, {5, 10, 5}, {10, 10, 9}, {10'800, UINT32_MAX, 10'800}};
    for (const auto& [asked, most, expect] : cases) {
        CHECK_CASE(accepted_sleep_s(asked, most), expect, std::to_string(asked) + " of " + std::to_string(most));
    }
}

TEST(the_battery) {
    // 4.2 V is 0.757 V behind the divider.
    CHECK_EQ(battery_mv(775, kFullScaleMv), uint16_t{4'197});
    CHECK_EQ(battery_mv(0, kFullScaleMv), uint16_t{0});
    CHECK_EQ(battery_mv(1'023, UINT16_MAX), uint16_t{65'471});
    CHECK_EQ(calibrated_full_scale_mv(775, 4'100), uint16_t{5'417});
    CHECK_EQ(battery_mv(775, 5'417), uint16_t{4'100});
    const uint32_t wrong[][2] = {{0, 4'000}, {1'023, 4'000}, {775, 400}, {775, 5'000}, {300, 4'000}, {1'000, 2'500}};
    for (const auto& [raw, mv] : wrong) {
        CHECK_CASE(calibrated_full_scale_mv(raw, mv), uint16_t{0}, std::to_string(raw));
    }
    World world;
    BatteryMeter meter;
    for (uint32_t second = 0; second < 150; ++second) {
        world.raw = static_cast<uint16_t>(700 + second);
        const uint32_t read_at = second / 60 * 60;
        CHECK_EQ(meter.millivolts(world, kFullScaleMv, second * 1'000),
                 battery_mv(static_cast<uint16_t>(700 + read_at), kFullScaleMv));
    }
    CHECK_EQ(world.battery_reads, 3);
}

TEST(the_configuration_is_whole_or_none) {
    World world;
    ConfigurationStore store(world);
    Configuration written;
    CHECK(!store.load(written));
    written = Configuration();
    std::strcpy(written.id, "board-1");
    CHECK(store.save(written));
    Configuration read;
    CHECK(ConfigurationStore(world).load(read));
    CHECK_EQ(std::string(read.id), std::string("board-1"));
    CHECK(!read.is_complete());
    // Any bit that flash loses is noticed.
    const auto flash = world.flash;
    int changed = 0;
    for (size_t word = 0; word < sizeof(Configuration) / 4; ++word) {
        for (int bit = 0; bit < 32; ++bit) {
            world.flash = flash;
            world.flash[word] &= ~(1u << bit);
            changed += world.flash[word] != flash[word] ? 1 : 0;
            CHECK_EQ(store.load(read), world.flash[word] == flash[word]);
        }
    }
    CHECK(changed > 30);
}

TEST(starts_are_counted_without_erasing) {
    World world;
    Configuration configuration;
    {
        ConfigurationStore store(world);
        CHECK(store.save(configuration));
    }
    const int erasures = world.erasures;
    for (uint32_t boot = 1; boot <= 100; ++boot) {
        ConfigurationStore store(world);
        CHECK(store.load(configuration));
        CHECK_EQ(store.boots(), boot - 1);
        CHECK(store.count_boot(configuration));
        CHECK_EQ(store.boots(), boot);
    }
    CHECK_EQ(world.erasures, erasures);
    // A changed configuration goes on with the count.
    {
        ConfigurationStore store(world);
        CHECK(store.load(configuration));
        std::strcpy(configuration.id, "other");
        CHECK(store.save(configuration));
    }
    ConfigurationStore store(world);
    CHECK(store.load(configuration));
    CHECK_EQ(store.boots(), 100u);
    // And so does a sector that is full.
    for (uint32_t boot = 101; boot <= 60'000; ++boot) {
        CHECK(store.count_boot(configuration));
    }
    CHECK_EQ(world.erasures, erasures + 3);
    ConfigurationStore again(world);
    CHECK(again.load(configuration));
    CHECK_EQ(again.boots(), 60'000u);
}

TEST(what_outlives_a_sleep) {
    World world;
    EventRing ring;
    add_events(ring, 1'000, 1'029);
    Event& last = ring.add();
    last.n = 1'030;
    last.at = 1'030'000;
    last.states = 0x81;
    last.counts[0] = 37;
    last.counts[7] = 600;
    SleepRecord record;
    CHECK(record.save(world, 99, {1'030, 7'200, Cause::kNone}, ring, 1'040'000, 3'600));
    Remembered remembered;
    EventRing read;
    // Of another board, or another cold start.
    CHECK(!SleepRecord().load(world, 98, remembered, read, 0));
    CHECK(SleepRecord().load(world, 99, remembered, read, 5));
    CHECK_EQ(remembered.last_n, 1'030u);
    CHECK_EQ(remembered.remaining_sleep_s, uint16_t{7'200});
    CHECK_EQ(read.count(), 24u);
    CHECK_EQ(read.dropped(), 7u);
    CHECK_EQ(read.event(0).n, 1'007u);
    const Event& newest = read.event(23);
    CHECK_EQ(newest.n, 1'030u);
    CHECK_EQ(5 - newest.at, 10'000u + 3'600'000u);
    CHECK_EQ(newest.states, uint8_t{0x81});
    CHECK_EQ(newest.counts[0], uint16_t{37});
    CHECK_EQ(newest.counts[7], uint16_t{255});
    for (size_t word = 0; word < world.rtc.size(); ++word) {
        world.rtc[word] ^= 0x100;
        CHECK(!SleepRecord().load(world, 99, remembered, read, 0));
        world.rtc[word] ^= 0x100;
    }
    CHECK_EQ(read.count(), 24u);
}

TEST(ages_stop_growing_where_instants_end) {
    World world;
    EventRing ring;
    add_events(ring, 1, 1);
    for (int sleep = 0; sleep < 1'000; ++sleep) {
        SleepRecord record;
        CHECK(record.save(world, 1, {1, 0, Cause::kNone}, ring, 1'000, 10'800));
        Remembered remembered;
        ring = EventRing();
        CHECK(record.load(world, 1, remembered, ring, 1'000));
    }
    CHECK_EQ(1'000 - ring.event(0).at, uint32_t{INT32_MAX});
}

TEST(setting_up) {
    const std::string key(64, 'a');
    struct {
        std::string line;
        std::string wrong;
    } cases[] = {
        {"id=board-1 kv=2 key=" + key + " ssid=\"Wifi Vi4\" pass=12345678 server=10.0.0.1:4000 n=3", ""},
        {"  led=off   full=5500 ota=3600 ", ""},
        {"ssid=Extia pass= server=box.local", ""},
        {"id=Board", "id"},
        {"id=", "id"},
        {"id=1234567890123456789012345", "id"},
        {"kv=256", "kv"},
        {"kv=01", "kv"},
        {"key=" + key.substr(1), "key"},
        {"key=" + key + "a", "key"},
        {"key=" + std::string(64, 'A'), "key"},
        {"pass=1234567", "pass"},
        {"pass=" + std::string(65, 'x'), "pass"},
        {"ssid=" + std::string(33, 'x'), "ssid"},
        {"server=:4000", "server"},
        {"server=a:0", "server"},
        {"server=a:65536", "server"},
        {"server=" + std::string(64, 'x'), "server"},
        {"n=0", "n"},
        {"n=5", "n"},
        {"led=yes", "led"},
        {"full=1000", "full"},
        {"colour=red", "colour"},
        {"help", "help"},
    };
    Configuration configuration;
    for (const auto& [line, wrong] : cases) {
        const Configuration before = configuration;
        Slice name;
        // What comes before the mistake must not count.
        const std::string whole = wrong.empty() ? line : "id=other " + line;
        const char* problem = set_values(configuration, whole.c_str(), name);
        CHECK_CASE(problem == nullptr ? std::string() : to_text(name), wrong, line);
        CHECK_CASE(wrong.empty() || std::memcmp(&before, &configuration, sizeof before) == 0, true, line);
    }
    CHECK_EQ(std::string(configuration.id), std::string("board-1"));
    CHECK_EQ(std::string(configuration.ssid), std::string("Extia"));
    CHECK_EQ(std::string(configuration.password), std::string());
    CHECK_EQ(std::string(configuration.host), std::string("box.local"));
    CHECK_EQ(configuration.port, uint16_t{50'000});
    CHECK_EQ(configuration.channels, uint8_t{3});
    CHECK_EQ(configuration.led, uint8_t{0});
    CHECK(configuration.is_complete());
}

TEST(what_the_light_says) {
    const auto flashes = [](Sign sign, uint32_t from_ms) {
        int count = 0;
        for (uint32_t ms = from_ms; ms < from_ms + 3'000; ++ms) {
            count += is_lit(sign, ms) && (ms == from_ms || !is_lit(sign, ms - 1)) ? 1 : 0;
        }
        return count;
    };
    const std::pair<Sign, int> cases[] = {{Sign::kDark, 0},     {Sign::kNoNetwork, 1}, {Sign::kNoSetUp, 2},
                                          {Sign::kNoServer, 3}, {Sign::kPortal, 3},    {Sign::kUpdate, 6},
                                          {Sign::kIdentify, 15}};
    for (const auto& [sign, expect] : cases) {
        CHECK_EQ(flashes(sign, 0), expect);
        CHECK_EQ(flashes(sign, 30'000), expect);
    }
}
