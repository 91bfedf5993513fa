// The bytes that the server's tests read too.

#include <fstream>
#include <map>
#include <sstream>

#include "check.h"
#include "world.h"

using namespace dispobox;

namespace {

struct Vectors {
    std::map<std::string, std::string> keys;
    /// Who writes it, and the line.
    std::vector<std::pair<char, std::string>> session;
    std::vector<std::string> refused;
};

Vectors read_vectors() {
    Vectors vectors;
    std::ifstream file(vectors_file);
    CHECK(file.good());
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string first, second;
        words >> first >> second;
        if (second == "=") {
            words >> vectors.keys[first];
        } else if (first == "C" || first == "S") {
            const std::string text = line.substr(line.find("DB2"));
            CHECK_CASE(std::to_string(text.size() + 1), second, text);
            vectors.session.emplace_back(first[0], text);
        } else if (first == "refused" && second == "S") {
            vectors.refused.push_back(line.substr(10));
        }
    }
    CHECK_EQ(vectors.session.size(), size_t{12});
    CHECK(vectors.refused.size() > 10);
    return vectors;
}

template <typename Bytes>
std::string hex(const Bytes& bytes) {
    LineBuilder line;
    line.hex(bytes, sizeof bytes);
    return to_text(line.line());
}

Key board_key() {
    // K = HMAC(master, "dispobox board key v2" 00 id 00 kv)
    const std::string seed = std::string("dispobox board key v2") + '\0' + "b-4a" + '\0' + "1";
    Key key;
    hmac(key_of(0), seed.data(), seed.size(), key.bytes);
    return key;
}

SessionKeys session_keys(const Vectors& vectors) {
    SessionKeys keys;
    keys.derive(board_key(), vectors.session[0].second.c_str(), vectors.session[1].second.c_str());
    return keys;
}

Event event(uint32_t n, uint32_t at, std::vector<uint16_t> counts, uint8_t states) {
    Event event = {};
    event.n = n;
    event.at = at;
    event.states = states;
    for (size_t channel = 0; channel < counts.size(); ++channel) {
        event.counts[channel] = counts[channel];
    }
    return event;
}

}  // namespace

TEST(keys_of_the_vectors) {
    const Vectors vectors = read_vectors();
    const SessionKeys keys = session_keys(vectors);
    CHECK_EQ(hex(board_key().bytes), vectors.keys.at("K"));
    CHECK_EQ(hex(keys.to_server.bytes), vectors.keys.at("Kc"));
    CHECK_EQ(hex(keys.to_board.bytes), vectors.keys.at("Ks"));
}

TEST(what_the_board_writes_is_what_the_vectors_say) {
    const Vectors vectors = read_vectors();
    const SessionKeys keys = session_keys(vectors);
    Configuration configuration;
    std::strcpy(configuration.id, "b-4a");
    const Identity who = {&configuration, 7, "deepsleep"};
    const uint8_t nonce[16] = {0x8f, 0x1d, 0x2c, 0x3b, 0x4a, 0x59, 0x68, 0x77, 0x86, 0x95, 0xa4, 0xb3, 0xc2, 0xd1, 0xe0, 0xff};
    std::vector<std::string> expect, is;
    for (const auto& [writer, line] : vectors.session) {
        if (writer == 'C') {
            expect.push_back(line + "\n");
        }
    }
    const auto wrote = [&is](auto put) {
        LineBuilder line;
        put(line);
        is.push_back(to_text(line.line()));
    };
    wrote([&](LineBuilder& line) { put_hello(line, who, nonce); });
    wrote([&](LineBuilder& line) { put_auth(line, keys); });
    const Event first = event(42, 5'000, {0, 0, 0, 37}, 0b1000);
    const Event second = event(43, 5'000, {0, 12, 0, 44}, 0b1010);
    wrote([&](LineBuilder& line) { put_report(line, keys, who, 1, first, {3'712, 67, 12}, 5'000); });
    wrote([&](LineBuilder& line) { put_report(line, keys, who, 2, second, {3'711, 66, 42}, 6'840); });
    wrote([&](LineBuilder& line) { put_report(line, keys, who, 3, second, {3'711, 66, 47}, 11'902); });
    wrote([&](LineBuilder& line) { put_reply(line, keys, {1, nullptr, 1'800, {7, 43}, 0}); });
    CHECK_EQ(is.size(), expect.size());
    for (size_t at = 0; at < is.size(); ++at) {
        CHECK_EQ(is[at], expect[at]);
    }
}

TEST(what_the_server_writes_is_understood) {
    const Vectors vectors = read_vectors();
    const SessionKeys keys = session_keys(vectors);
    using Kind = ServerLine::Kind;
    const std::vector<std::pair<Kind, std::vector<uint32_t>>> expect = {
        {Kind::kChallenge, {}},        {Kind::kOk, {30, 30, 7, 41}},   {Kind::kStored, {1, 7, 42}},
        {Kind::kNotStored, {2, 5'000}}, {Kind::kStored, {3, 7, 43}}, {Kind::kSleep, {1, 1'800}},
    };
    size_t at = 0;
    for (const auto& [writer, text] : vectors.session) {
        if (writer == 'C') {
            continue;
        }
        ServerLine line;
        line.read(text.c_str(), &keys);
        CHECK_CASE(static_cast<int>(line.kind), static_cast<int>(expect[at].first), text);
        for (size_t number = 0; number < expect[at].second.size(); ++number) {
            CHECK_CASE(line.numbers[number], expect[at].second[number], text);
        }
        ++at;
    }
    CHECK_EQ(at, expect.size());
}

TEST(malformed_lines_are_not_obeyed_though_signed) {
    const Vectors vectors = read_vectors();
    const SessionKeys keys = session_keys(vectors);
    for (const std::string& text : vectors.refused) {
        LineBuilder signed_line;
        signed_line.text(text.c_str());
        signed_line.sign(keys.to_board);
        const Slice whole = signed_line.line();
        ServerLine line;
        line.read({whole.text, whole.length - 1}, &keys);
        // A command that is not understood is answered with a refusal.
        const bool is_refused = line.kind == ServerLine::Kind::kBad || line.kind == ServerLine::Kind::kUnknownCommand;
        CHECK_CASE(is_refused, true, text);
    }
}

TEST(commands_are_understood) {
    const SessionKeys keys = {key_of(1), key_of(2)};
    const auto read = [&keys](const std::string& body) {
        static LineBuilder line;
        line.clear();
        line.text(body.c_str());
        line.sign(keys.to_board);
        ServerLine read;
        read.read({line.line().text, line.line().length - 1}, &keys);
        return read;
    };
    const std::string hash(64, 'a');
    using Kind = ServerLine::Kind;
    const std::vector<std::pair<std::string, Kind>> cases = {
        {"DB2 C 1 sleep=10800", Kind::kSleep},
        {"DB2 C 1 conf hb=30 win=60", Kind::kConfigure},
        {"DB2 C 1 conf hb=30 win=60 new=thing", Kind::kConfigure},
        {"DB2 C 1 id", Kind::kIdentify},
        {"DB2 C 1 reboot", Kind::kReboot},
        {"DB2 C 1 ota url=http://10.0.0.1:3000/a.bin sha256=" + hash, Kind::kUpdate},
        {"DB2 C 1 ota url=http://10.0.0.1:3000/a.bin sha256=" + hash + "a", Kind::kUnknownCommand},
        {"DB2 C 1 rebooted", Kind::kUnknownCommand},
        {"DB2 C 01 id", Kind::kBad},
        {"DB2 C 4294967296 id", Kind::kBad},
        {"DB2 A 4294967295 ev=1.4294967295", Kind::kStored},
        {"DB2 A 1 ev=1.2.", Kind::kBad},
        {"DB2 OK now=-5 hb=30 win=30 last=0.0", Kind::kBad},
        {"", Kind::kBad},
    };
    for (const auto& [body, kind] : cases) {
        CHECK_CASE(static_cast<int>(read(body).kind), static_cast<int>(kind), body);
    }
    const ServerLine update = read("DB2 C 1 ota url=http://10.0.0.1:3000/a.bin sha256=" + hash);
    CHECK_EQ(to_text(update.url), std::string("http://10.0.0.1:3000/a.bin"));
    CHECK_EQ(hex(update.image), hash);
}
