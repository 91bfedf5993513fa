// Bytes and texts, without a C library: the core is freestanding.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace dispobox {

inline void copy_bytes(void* to, const void* from, size_t length) {
    __builtin_memcpy(to, from, length);
}

/// In the same time wherever the first difference is: what a MAC needs.
bool is_same_secret(const uint8_t* one, const uint8_t* other, size_t length);

/// A piece of a text that somebody else owns; not ended by a zero.
struct Slice {
    const char* text = nullptr;
    size_t length = 0;

    Slice() = default;
    Slice(const char* begin, size_t bytes) : text(begin), length(bytes) {}
    /// Of a text that is ended by a zero.
    Slice(const char* zero_ended) : text(zero_ended), length(__builtin_strlen(zero_ended)) {}

    bool operator==(Slice other) const;
    bool starts_with(Slice prefix) const;
    /// What comes after the first `count` bytes.
    Slice after(size_t count) const { return {text + count, length - count}; }
    /// Cuts off what stands before `separator`, which goes too; all of it when there is none.
    Slice take_until(char separator);
};

/// Takes a number off the front of a text, as the protocol writes it: decimal digits, no sign, no leading zero, below 2^32.
bool take_number(Slice& text, uint32_t& number);

/// Takes exactly `length` bytes of lower-case hexadecimal off the front of a text.
bool take_hex(Slice& text, uint8_t* bytes, size_t length);

}  // namespace dispobox
