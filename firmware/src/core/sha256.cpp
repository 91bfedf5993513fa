#include "sha256.h"

namespace dispobox {

namespace {

constexpr uint32_t kRoundConstants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

constexpr uint32_t kStart[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

/// A function rather than a macro or an inlined one: the core has to stay small.
__attribute__((noinline)) uint32_t rotations(uint32_t word, int first, int second, int third) {
    const auto rotate = [word](int bits) { return word >> bits | word << (32 - bits); };
    return rotate(first) ^ rotate(second) ^ rotate(third);
}

}  // namespace

Sha256::Sha256() {
    for (int at = 0; at < 8; ++at) {
        state_[at] = kStart[at];
    }
}

void Sha256::add(const void* bytes, size_t length) {
    const auto* next = static_cast<const uint8_t*>(bytes);
    while (length-- > 0) {
        take(*next++);
    }
}

void Sha256::take(uint8_t byte) {
    block_[length_++ % 64] = byte;
    if (length_ % 64 == 0) {
        mix_block();
    }
}

void Sha256::finish(uint8_t (&digest)[32]) {
    const uint32_t bits = length_ * 8;
    take(0x80);
    while (length_ % 64 != 56) {
        take(0);
    }
    // The upper half of the length.
    add("\0\0\0", 4);
    for (int shift = 24; shift >= 0; shift -= 8) {
        take(static_cast<uint8_t>(bits >> shift));
    }
    for (int at = 0; at < 32; ++at) {
        digest[at] = static_cast<uint8_t>(state_[at / 4] >> (24 - 8 * (at % 4)));
    }
}

void Sha256::mix_block() {
    // The message schedule as a window of 16 words that moves along.
    uint32_t window[16];
    for (int at = 0; at < 16; ++at) {
        const uint8_t* word = &block_[4 * at];
        window[at] = static_cast<uint32_t>(word[0]) << 24 | static_cast<uint32_t>(word[1]) << 16 |
                     static_cast<uint32_t>(word[2]) << 8 | word[3];
    }
    uint32_t mixed[8];
    for (int at = 0; at < 8; ++at) {
        mixed[at] = state_[at];
    }
    for (int round = 0; round < 64; ++round) {
        uint32_t& word = window[round % 16];
        const uint32_t choice = (mixed[4] & mixed[5]) ^ (~mixed[4] & mixed[6]);
        const uint32_t majority = (mixed[0] & mixed[1]) ^ (mixed[0] & mixed[2]) ^ (mixed[1] & mixed[2]);
        const uint32_t first = mixed[7] + rotations(mixed[4], 6, 11, 25) + choice + kRoundConstants[round] + word;
        const uint32_t second = rotations(mixed[0], 2, 13, 22) + majority;
        // What this place is needed for 16 rounds later.
        const uint32_t early = window[(round + 1) % 16];
        const uint32_t late = window[(round + 14) % 16];
        word += (rotations(early, 7, 18, 3) ^ (early << 29)) + window[(round + 9) % 16] +
                (rotations(late, 17, 19, 10) ^ (late << 22));
        for (int at = 7; at > 0; --at) {
            mixed[at] = mixed[at - 1];
        }
        mixed[4] += first;
        mixed[0] = first + second;
    }
    for (int at = 0; at < 8; ++at) {
        state_[at] += mixed[at];
    }
}

}  // namespace dispobox
