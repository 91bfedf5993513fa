// HMAC-SHA256 (RFC 2104), with keys of 32 bytes: the protocol has no others.
#pragma once

#include "bytes.h"
#include "sha256.h"

namespace dispobox {

struct Key {
    uint8_t bytes[32];
};

/// What a line carries: the first half of an HMAC.
struct Mac {
    uint8_t bytes[16];
};

void hmac(const Key& key, const void* text, size_t length, uint8_t (&digest)[32]);

/// `text` may not be where `mac` goes to.
void make_mac(const Key& key, Slice text, Mac& mac);

}  // namespace dispobox
