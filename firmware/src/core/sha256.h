// SHA-256 (FIPS 180-4).
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace dispobox {

/// Takes bytes one by one. One hash each.
class Sha256 {
  public:
    Sha256();
    void take(uint8_t byte);
    void add(const void* bytes, size_t length);
    void finish(uint8_t (&digest)[32]);

  private:
    void mix_block();

    uint32_t state_[8];
    /// Of the message so far; 512 MB at most, which no line and no image comes near to.
    uint32_t length_ = 0;
    uint8_t block_[64];
};

}  // namespace dispobox
