// Whoever is on the network and has no key: nothing that they write is obeyed.

#include <set>

#include "check.h"
#include "world.h"

using namespace dispobox;

namespace {

constexpr int kLines = 100'000;

/// What a rogue would like to have happen: none of it may.
const char* const kBodies[] = {
    "DB2 C 1 sleep=10800", "DB2 C 1 reboot", "DB2 C 1 id", "DB2 C 1 conf hb=65535 win=1",
    "DB2 C 1 ota url=http://10.0.0.66/a.bin sha256=00000000000000000000000000000000000000000000000000000000000000ff",
    "DB2 A 1 ev=1.1", "DB2 N 1 retry=4294967295", "DB2 OK now=1 hb=65535 win=1 last=1.4294967295",
};

/// A stage with one event that waits for its answer.
class Siege {
  public:
    Siege() { renew(); }

    void renew() {
        stage.world.to_board.clear();
        stage.world.from_board.clear();
        stage.world.is_open = false;
        stage.pass(20);
        stage.open_session();
        // All but the last are acknowledged: a board that nobody answers starts anew after ten minutes.
        const std::vector<std::string> lines = stage.heard();
        for (size_t at = 0; at + 1 < lines.size(); ++at) {
            stage.tell("DB2 A " + std::to_string(at + 1) + " ev=" + field(lines[at], "ev"));
        }
        stage.pass(10 * static_cast<uint32_t>(lines.size() + 1));
        stage.heard();
        waiting = stage.board.events_waiting();
    }

    /// Whether anything came of what was said.
    bool is_obeyed() {
        for (const std::string& line : stage.heard()) {
            if (line.rfind("DB2 R", 0) == 0) {
                return true;
            }
        }
        return !stage.actions.empty() || stage.board.events_waiting() < waiting;
    }

    Stage stage;
    uint32_t waiting = 0;
};

std::string pick(World& world) {
    return kBodies[world.chance() % (sizeof kBodies / sizeof *kBodies)];
}

/// One more line of a rogue.
std::string forge(Stage& stage, const std::vector<std::string>& overheard) {
    World& world = stage.world;
    const std::string body = pick(world);
    switch (world.chance() % 7) {
        case 0:
            return body + "\n";
        case 1: {
            // A MAC of nobody's key.
            SessionKeys keys = stage.keys;
            keys.to_board = key_of(static_cast<uint8_t>(world.chance()));
            LineBuilder line;
            line.text(body.c_str());
            line.sign(keys.to_board);
            return to_text(line.line());
        }
        case 2: {
            // Of the right key, but of the other direction: what the board itself has written.
            LineBuilder line;
            line.text(body.c_str());
            line.sign(stage.keys.to_server);
            return to_text(line.line());
        }
        case 3: {
            // One bit changed.
            std::string line = stage.signed_line(body);
            const size_t at = world.chance() % (line.size() - 1);
            line[at] = static_cast<char>(line[at] ^ (1 << world.chance() % 7));
            return line;
        }
        case 4: {
            // A right line in capitals, with a tab, or too long.
            std::string line = stage.signed_line(body);
            const size_t mac = line.find("mac=") + 4;
            bool has_letter = false;
            for (size_t at = mac; at < line.size(); ++at) {
                has_letter = has_letter || (line[at] >= 'a' && line[at] <= 'f');
                line[at] = static_cast<char>(toupper(line[at]));
            }
            return has_letter ? line : body + "\n";
        }
        case 5:
            return overheard[world.chance() % overheard.size()];
        default: {
            // Any text.
            std::string line = "DB2 ";
            for (uint64_t left = world.chance() % 300; left > 0; --left) {
                line += static_cast<char>(0x20 + world.chance() % 95);
            }
            return line + "\n";
        }
    }
}

}  // namespace

TEST(a_rogue_server_is_not_obeyed) {
    Siege siege;
    Stage& stage = siege.stage;
    // Right lines of an earlier session, for every command.
    std::vector<std::string> overheard;
    for (const char* body : kBodies) {
        overheard.push_back(stage.signed_line(body));
    }
    siege.renew();
    int obeyed = 0, sessions = 0;
    for (int at = 0; at < kLines; ++at) {
        if (!stage.board.session().is_open()) {
            siege.renew();
            ++sessions;
        }
        stage.tell_raw(forge(stage, overheard));
        // Not the time that passes in between: only what is said counts.
        stage.board.tick();
        obeyed += siege.is_obeyed() ? 1 : 0;
    }
    std::printf("figure: %d unsigned, forged, replayed, reflected and mutated lines in %d sessions, %d obeyed\n", kLines,
                sessions, obeyed);
    CHECK_EQ(obeyed, 0);
    CHECK(sessions > kLines / 2);
    // The siege would have noticed: a right line is obeyed.
    siege.renew();
    stage.tell("DB2 C 1 id");
    stage.pass(10);
    CHECK(siege.is_obeyed());
}

TEST(a_rogue_without_key_gets_nothing_out_of_a_handshake) {
    int obeyed = 0;
    for (int at = 0; at < 2'000; ++at) {
        Stage stage;
        while (stage.world.from_board.empty()) {
            stage.pass(10);
        }
        const std::string hello = stage.heard()[0];
        const std::string challenge = "DB2 CHAL sn=00112233445566778899aabbccddeeff";
        // It knows everything but the key.
        stage.keys.derive(key_of(static_cast<uint8_t>(100 + at % 100)), hello.c_str(), challenge.c_str());
        stage.tell_raw(challenge + "\n");
        stage.pass(10);
        stage.heard();
        if (at % 2 == 0) {
            stage.tell("DB2 OK now=1 hb=30 win=30 last=0.0");
        }
        stage.tell(pick(stage.world));
        stage.pass(10);
        obeyed += stage.board.session().is_open() || !stage.heard().empty() || !stage.actions.empty() ? 1 : 0;
    }
    CHECK_EQ(obeyed, 0);
}

TEST(no_hello_is_ever_the_same) {
    std::set<std::string> nonces;
    Stage stage;
    for (int at = 0; at < 500; ++at) {
        stage.world.is_open = false;
        stage.pass(20);
        while (stage.world.from_board.empty()) {
            stage.pass(10);
        }
        nonces.insert(field(stage.heard()[0], "bn"));
    }
    CHECK_EQ(nonces.size(), size_t{500});
}

TEST(a_command_counts_once_and_in_its_turn) {
    for (const char* number : {"2", "0", "3"}) {
        Stage stage;
        stage.open_session();
        stage.tell(std::string("DB2 C ") + number + " id");
        stage.pass(10);
        CHECK(stage.board.session().end() == SessionEnd::kForged);
        CHECK(stage.actions.empty());
    }
    Stage stage;
    stage.open_session();
    stage.tell("DB2 C 1 id");
    stage.tell("DB2 C 1 id");
    stage.pass(30);
    CHECK_EQ(stage.actions.size(), size_t{1});
    CHECK(!stage.board.session().is_open());
}
