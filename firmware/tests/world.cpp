#include "world.h"

#include "check.h"

namespace dispobox {

Stage::Stage() : board(world.seams()) {
    configuration.key = key_of(7);
    configuration.has_key = 1;
    std::strcpy(configuration.id, "b-1");
    std::strcpy(configuration.ssid, "x");
    std::strcpy(configuration.host, "server");
    configuration.channels = 4;
    board.start(configuration, 1, "poweron");
}

void Stage::pass(uint32_t ms) {
    for (uint32_t step = 0; step < ms; step += 10) {
        world.now += 10;
        if (++steps_ % 10 == 0) {
            board.look();
        }
        const Board::Action action = board.tick();
        if (action != Board::Action::kNone) {
            actions.push_back(action);
        }
    }
}

std::vector<std::string> Stage::heard() {
    std::vector<std::string> lines;
    std::string& bytes = world.from_board;
    for (size_t end = bytes.find('\n'); end != std::string::npos; end = bytes.find('\n')) {
        lines.push_back(bytes.substr(0, end));
        bytes.erase(0, end + 1);
    }
    return lines;
}

std::string Stage::signed_line(const std::string& body) const {
    LineBuilder line;
    line.text(body.c_str());
    line.sign(keys.to_board);
    return to_text(line.line());
}

void Stage::tell(const std::string& body) {
    world.to_board += signed_line(body);
}

void Stage::open_session() {
    for (int tries = 0; tries < 4'000 && !board.session().is_active(); ++tries) {
        pass(10);
    }
    const std::vector<std::string> lines = heard();
    CHECK(!lines.empty());
    const std::string challenge = "DB2 CHAL sn=00112233445566778899aabbccddeeff";
    keys.derive(configuration.key, lines.back().c_str(), challenge.c_str());
    tell_raw(challenge + "\n");
    pass(10);
    CHECK_EQ(heard().size(), size_t{1});
    tell("DB2 OK now=1795233600123 hb=30 win=30 last=0.0");
    pass(10);
    CHECK(board.session().is_open());
}

std::string field(const std::string& line, const std::string& key) {
    const size_t at = line.find(" " + key + "=");
    if (at == std::string::npos) {
        return "";
    }
    const size_t begin = at + key.size() + 2;
    return line.substr(begin, line.find(' ', begin) - begin);
}

}  // namespace dispobox
