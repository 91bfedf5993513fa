#include "crc32.h"

namespace dispobox {

uint32_t crc32(const void* bytes, size_t length, uint32_t before) {
    const auto* next = static_cast<const uint8_t*>(bytes);
    uint32_t crc = ~before;
    for (; length > 0; --length) {
        crc ^= *next++;
        for (int bit = 0; bit < 8; ++bit) {
            crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
        }
    }
    return ~crc;
}

}  // namespace dispobox
