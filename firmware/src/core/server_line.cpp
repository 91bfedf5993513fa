#include "server_line.h"

namespace dispobox {

namespace {

using Kind = ServerLine::Kind;

/// In a pattern: `#` a number, `@` a time that is not kept, `$` a word, `%` 32 bytes and `&` 16 bytes in hexadecimal. After it
/// stands the end of the line, or a space and fields of a later version.
struct Form {
    Kind kind;
    const char* pattern;
};

constexpr Form kForms[] = {
    {Kind::kChallenge, "DB2 CHAL sn=&"},
    {Kind::kRefused, "DB2 E #"},
    // From here on with a MAC.
    {Kind::kStored, "DB2 A # ev=#.#"},
    {Kind::kNotStored, "DB2 N # retry=#"},
    {Kind::kOk, "DB2 OK now=@ hb=# win=# last=#.#"},
    {Kind::kSleep, "DB2 C # sleep=#"},
    {Kind::kConfigure, "DB2 C # conf hb=# win=#"},
    {Kind::kIdentify, "DB2 C # id"},
    {Kind::kReboot, "DB2 C # reboot"},
    {Kind::kUpdate, "DB2 C # ota url=$ sha256=%"},
    {Kind::kUnknownCommand, "DB2 C # $"},
};

constexpr size_t kUnsignedCount = 2;
constexpr size_t kFormCount = sizeof kForms / sizeof *kForms;

bool take_word(Slice& text, Slice& word) {
    word = text;
    while (text.length > 0 && *text.text != ' ') {
        text = text.after(1);
    }
    word.length -= text.length;
    return word.length > 0;
}

bool take_time(Slice& text) {
    // Milliseconds of today have more digits than 32 bits; the board has no use for them but to see that they are some.
    Slice word;
    bool is_time = take_word(text, word);
    for (size_t at = 0; at < word.length; ++at) {
        is_time = is_time && static_cast<uint8_t>(word.text[at] - '0') <= 9;
    }
    return is_time;
}

bool matches(Slice text, const char* pattern, ServerLine& line) {
    uint32_t* number = line.numbers;
    for (; *pattern != 0; ++pattern) {
        bool fits = false;
        switch (*pattern) {
            case '#':
                fits = take_number(text, *number++);
                break;
            case '@':
                fits = take_time(text);
                break;
            case '$':
                fits = take_word(text, line.url);
                break;
            case '%':
                fits = take_hex(text, line.image, 32);
                break;
            case '&':
                fits = take_hex(text, line.image, 16);
                break;
            default:
                fits = text.length > 0 && *text.text == *pattern;
                text = text.after(1);
        }
        if (!fits) {
            return false;
        }
    }
    return text.length == 0 || *text.text == ' ';
}

/// Cuts off the MAC, if it is right.
bool verify(Slice& line, const Key& key) {
    constexpr size_t kMacBytes = 5 + 32;  // " mac=" and the digits
    if (line.length < kMacBytes) {
        return false;
    }
    Slice tail = line.after(line.length - kMacBytes);
    line.length -= kMacBytes;
    Mac claimed;
    if (!tail.starts_with({" mac=", 5})) {
        return false;
    }
    tail = tail.after(5);
    Mac mac;
    make_mac(key, line, mac);
    return take_hex(tail, claimed.bytes, sizeof claimed.bytes) &&
           is_same_secret(mac.bytes, claimed.bytes, sizeof mac.bytes);
}

}  // namespace

void ServerLine::read(Slice text, const SessionKeys* keys) {
    const Form* form = kForms;
    // Behind the unsigned ones, nothing is read without a right MAC.
    while (form != kForms + kFormCount &&
           (form != kForms + kUnsignedCount || (keys != nullptr && verify(text, keys->to_board)))) {
        if (matches(text, form->pattern, *this)) {
            kind = form->kind;
            return;
        }
        ++form;
    }
    kind = Kind::kBad;
}

}  // namespace dispobox
