// One connection: from the first line to its end. Nobody is obeyed who has not proven to be the server.
#pragma once

#include "board_lines.h"
#include "line_reader.h"

namespace dispobox {

/// Why a session is over, or none began.
enum class SessionEnd : uint8_t {
    kNone,
    /// The server or the network has closed the connection.
    kClosed,
    /// By the server's error line: see `refusal()`.
    kRefused,
    /// No valid `OK` within 5 s.
    kUnproven,
    /// A line that the server cannot have written, or that has no business there.
    kForged,
    /// An event without an answer for 5 s.
    kUnanswered,
    /// What is written does not get away.
    kStalled,
    /// By the board.
    kLeft,
};

class Session {
  public:
    enum class Event : uint8_t {
        kNothing,
        /// The server has proven who it is: `line()` is its `OK`.
        kOpened,
        /// It has stored an event.
        kStored,
        /// It cannot store an event now.
        kNotStored,
        /// `line()` is a command. It has the right number, and must be answered.
        kCommand,
        /// See `end()`.
        kEnded,
    };

    Session(Socket& socket, EventRing& ring) : socket_(socket), ring_(ring) {}

    /// Says hello over a socket that is open.
    void begin(const Identity& who, Random& random, Instant now);
    bool is_active() const { return state_ != State::kIdle; }
    bool is_open() const { return state_ == State::kOpen; }

    /// Takes what has come, up to the first line that matters.
    Event hear(Instant now);
    /// Sends the events that are due.
    void report(const Vitals& vitals, Instant now);
    void reply(const Reply& reply);
    /// Ends it in peace.
    void leave();

    const ServerLine& line() const { return line_; }
    SessionEnd end() const { return end_; }
    /// The code of the server's error line.
    uint32_t refusal() const { return line_.numbers[0]; }

  private:
    enum class State : uint8_t { kIdle, kHello, kAuth, kOpen };

    Event take_line(Slice text, Instant now);
    Event take_challenge(Slice text);
    Event take_open(Instant now);
    bool send(const LineBuilder& line);
    /// Over a line that is a refusal, or not to be believed.
    Event give_up();
    Event fail(SessionEnd end);

    Socket& socket_;
    EventRing& ring_;
    const Identity* who_ = nullptr;
    State state_ = State::kIdle;
    SessionEnd end_ = SessionEnd::kNone;
    Instant began_at_ = 0;
    SessionKeys keys_;
    int inbox_at_ = 0;
    int inbox_end_ = 0;
    ServerLine line_;
    /// Numbers of the newest line and of the newest command.
    uint32_t seq_ = 0;
    uint32_t k_ = 0;
    LineReader reader_;
    LineBuilder hello_;
    char inbox_[64];
};

}  // namespace dispobox
