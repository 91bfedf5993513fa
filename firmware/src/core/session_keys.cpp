#include "session_keys.h"

namespace dispobox {

void SessionKeys::derive(const Key& board_key, Slice hello, Slice challenge) {
    // The label's own zero stands between it and the hash of the lines.
    struct {
        char label[12];
        uint8_t lines[32];
    } seed = {"DB2 session", {}};
    Sha256 transcript;
    const Slice lines[] = {hello, challenge};
    for (const Slice& line : lines) {
        transcript.add(line.text, line.length);
        transcript.take('\n');
    }
    transcript.finish(seed.lines);
    Key session;
    hmac(board_key, &seed, sizeof seed, session.bytes);
    hmac(session, "c2s", 3, to_server.bytes);
    hmac(session, "s2c", 3, to_board.bytes);
}

}  // namespace dispobox
