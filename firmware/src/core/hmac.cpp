#include "hmac.h"

namespace dispobox {

static void hash_behind(const Key& key, uint8_t pad, const void* text, size_t length, uint8_t (&digest)[32]) {
    Sha256 hash;
    for (size_t at = 0; at < 64; ++at) {
        hash.take(static_cast<uint8_t>((at < sizeof key.bytes ? key.bytes[at] : 0) ^ pad));
    }
    hash.add(text, length);
    hash.finish(digest);
}

void hmac(const Key& key, const void* text, size_t length, uint8_t (&digest)[32]) {
    hash_behind(key, 0x36, text, length, digest);
    hash_behind(key, 0x5c, digest, sizeof digest, digest);
}

void make_mac(const Key& key, Slice text, Mac& mac) {
    uint8_t digest[32];
    hmac(key, text.text, text.length, digest);
    copy_bytes(mac.bytes, digest, sizeof mac.bytes);
}

}  // namespace dispobox
