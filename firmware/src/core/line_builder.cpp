#include "line_builder.h"

namespace dispobox {

void LineBuilder::put(char character) {
    if (length_ == sizeof text_) {
        whole_ = false;
        return;
    }
    text_[length_++] = character;
}

void LineBuilder::text(const char* zero_ended) {
    fill(zero_ended, nullptr);
}

void LineBuilder::fill(const char* pattern, const uint32_t* numbers) {
    for (; *pattern != 0; ++pattern) {
        if (*pattern == '#' && numbers != nullptr) {
            number(*numbers++);
        } else {
            put(*pattern);
        }
    }
}

void LineBuilder::number(uint32_t number) {
    char digits[10];
    size_t count = 0;
    do {
        digits[count++] = static_cast<char>('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (count > 0) {
        put(digits[--count]);
    }
}

void LineBuilder::hex(const uint8_t* bytes, size_t length) {
    for (size_t at = 0; at < 2 * length; ++at) {
        const int half = bytes[at / 2] >> (at % 2 == 0 ? 4 : 0) & 15;
        put(static_cast<char>(half < 10 ? '0' + half : 'a' + half - 10));
    }
}

void LineBuilder::sign(const Key& key) {
    Mac mac;
    make_mac(key, line(), mac);
    text(" mac=");
    hex(mac.bytes, sizeof mac.bytes);
    end();
}

}  // namespace dispobox
