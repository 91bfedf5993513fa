#pragma once

#include <stddef.h>
#include <stdint.h>

namespace dispobox {

/// CRC-32 (IEEE 802.3) of `bytes`, going on from the CRC of what stands before them; 0 at first.
uint32_t crc32(const void* bytes, size_t length, uint32_t before = 0);

}  // namespace dispobox
