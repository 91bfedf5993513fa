#include "session.h"

namespace dispobox {

static constexpr uint32_t kProofWithinMs = 5'000;

void Session::begin(const Identity& who, Random& random, Instant now) {
    who_ = &who;
    state_ = State::kHello;
    end_ = SessionEnd::kNone;
    began_at_ = now;
    reader_.reset();
    inbox_at_ = inbox_end_ = 0;
    seq_ = k_ = 0;
    uint8_t nonce[16];
    random.fill(nonce, sizeof nonce);
    hello_.clear();
    put_hello(hello_, who, nonce);
    send(hello_);
}

Session::Event Session::hear(Instant now) {
    // One that could not be written to has ended before this is called.
    while (state_ != State::kIdle) {
        if (inbox_at_ == inbox_end_) {
            const int length = socket_.read(inbox_, sizeof inbox_);
            if (length < 0) {
                return fail(SessionEnd::kClosed);
            }
            inbox_at_ = 0;
            inbox_end_ = length;
            if (length == 0) {
                break;
            }
        }
        const LineReader::Result result = reader_.take(inbox_[inbox_at_++]);
        if (result == LineReader::Result::kBroken) {
            return fail(SessionEnd::kForged);
        }
        if (result == LineReader::Result::kLine) {
            const Event event = take_line(reader_.line(), now);
            if (event != Event::kNothing) {
                return event;
            }
        }
    }
    if (state_ == State::kIdle) {
        return Event::kEnded;
    }
    if (state_ != State::kOpen && now - began_at_ >= kProofWithinMs) {
        return fail(SessionEnd::kUnproven);
    }
    return ring_.is_left_alone(now) ? fail(SessionEnd::kUnanswered) : Event::kNothing;
}

Session::Event Session::take_line(Slice text, Instant now) {
    if (state_ == State::kHello) {
        return take_challenge(text);
    }
    line_.read(text, &keys_);
    if (state_ == State::kOpen) {
        return take_open(now);
    }
    if (line_.kind != ServerLine::Kind::kOk) {
        return give_up();
    }
    state_ = State::kOpen;
    return Event::kOpened;
}

Session::Event Session::take_challenge(Slice text) {
    // A server that took the board for one of 2016 has asked it before: `datas#`.
    for (size_t at = text.length; at > 0; --at) {
        if (text.text[at - 1] == '#') {
            text = text.after(at);
            break;
        }
    }
    line_.read(text, nullptr);
    if (line_.kind != ServerLine::Kind::kChallenge) {
        return give_up();
    }
    const Slice hello = hello_.line();
    keys_.derive(who_->configuration->key, {hello.text, hello.length - 1}, text);
    state_ = State::kAuth;
    LineBuilder auth;
    put_auth(auth, keys_);
    return send(auth) ? Event::kNothing : Event::kEnded;
}

Session::Event Session::take_open(Instant now) {
    const uint32_t* numbers = line_.numbers;
    if (line_.kind == ServerLine::Kind::kStored) {
        // One that fits no event on its way, or one of another cold start, changes nothing.
        const bool is_ours = numbers[1] == who_->boot && ring_.acknowledge(numbers[0], numbers[2]);
        return is_ours ? Event::kStored : Event::kNothing;
    }
    if (line_.kind == ServerLine::Kind::kNotStored) {
        ring_.postpone(numbers[0], numbers[1], now);
        return Event::kNotStored;
    }
    // A command that comes twice, or before its turn, is none.
    return line_.is_command() && numbers[0] == ++k_ ? Event::kCommand : give_up();
}

Session::Event Session::give_up() {
    return fail(line_.kind == ServerLine::Kind::kRefused ? SessionEnd::kRefused : SessionEnd::kForged);
}

void Session::report(const Vitals& vitals, Instant now) {
    while (state_ == State::kOpen) {
        const dispobox::Event* event = ring_.send_next(seq_ + 1, now);
        if (event == nullptr) {
            return;
        }
        LineBuilder line;
        put_report(line, keys_, *who_, ++seq_, *event, vitals, now);
        send(line);
    }
}

void Session::reply(const Reply& reply) {
    LineBuilder line;
    put_reply(line, keys_, reply);
    send(line);
}

void Session::leave() {
    socket_.finish();
    ring_.recall();
    state_ = State::kIdle;
    end_ = SessionEnd::kLeft;
}

bool Session::send(const LineBuilder& line) {
    if (state_ == State::kIdle) {
        return false;
    }
    if (!line.is_whole() || !socket_.write(line.line())) {
        fail(SessionEnd::kStalled);
        return false;
    }
    return true;
}

Session::Event Session::fail(SessionEnd end) {
    socket_.abort();
    ring_.recall();
    state_ = State::kIdle;
    end_ = end;
    return Event::kEnded;
}

}  // namespace dispobox
