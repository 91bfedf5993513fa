#include "bytes.h"

namespace dispobox {

bool is_same_secret(const uint8_t* one, const uint8_t* other, size_t length) {
    uint8_t difference = 0;
    for (size_t at = 0; at < length; ++at) {
        difference = static_cast<uint8_t>(difference | (one[at] ^ other[at]));
    }
    return difference == 0;
}

bool Slice::operator==(Slice other) const {
    return length == other.length && starts_with(other);
}

bool Slice::starts_with(Slice prefix) const {
    return length >= prefix.length && __builtin_memcmp(text, prefix.text, prefix.length) == 0;
}

Slice Slice::take_until(char separator) {
    size_t end = 0;
    while (end < length && text[end] != separator) {
        ++end;
    }
    const Slice taken(text, end);
    *this = after(end < length ? end + 1 : end);
    return taken;
}

bool take_number(Slice& text, uint32_t& number) {
    const char* const begin = text.text;
    number = 0;
    while (text.length > 0) {
        const uint32_t digit = static_cast<uint8_t>(*text.text - '0');
        if (digit > 9) {
            break;
        }
        if (number > (UINT32_MAX - digit) / 10 || (number == 0 && text.text != begin)) {
            return false;
        }
        number = number * 10 + digit;
        text = text.after(1);
    }
    return text.text != begin;
}

bool take_hex(Slice& text, uint8_t* bytes, size_t length) {
    for (size_t at = 0; at < 2 * length; ++at) {
        if (text.length == 0) {
            return false;
        }
        const char character = *text.text;
        const bool is_letter = character >= 'a';
        const uint32_t digit = static_cast<uint8_t>(character - (is_letter ? 'a' : '0'));
        if (digit > (is_letter ? 5u : 9u)) {
            return false;
        }
        bytes[at / 2] = static_cast<uint8_t>(bytes[at / 2] << 4 | (is_letter ? digit + 10 : digit));
        text = text.after(1);
    }
    return true;
}

}  // namespace dispobox
