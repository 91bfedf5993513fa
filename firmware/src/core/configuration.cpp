#include "configuration.h"

#include "crc32.h"

namespace dispobox {

namespace {

constexpr size_t kRecordWords = sizeof(Configuration) / sizeof(uint32_t);
constexpr size_t kTallyAt = 512 / sizeof(uint32_t);
constexpr size_t kSectorWords = 1'024;
constexpr uint32_t kTallyBits = (kSectorWords - kTallyAt) * 32;

uint32_t crc_of(const Configuration& configuration) {
    return crc32(&configuration, sizeof configuration - sizeof configuration.crc);
}

}  // namespace

bool ConfigurationStore::load(Configuration& configuration) {
    if (!memory_.read_flash(0, &configuration, kRecordWords) || configuration.layout != Configuration::kLayout ||
        configuration.crc != crc_of(configuration)) {
        return false;
    }
    uint32_t word = 0;
    // All bits before the first that is set.
    for (bits_ = 0; bits_ < kTallyBits; ++bits_, word >>= 1) {
        if (bits_ % 32 == 0 && !memory_.read_flash(kTallyAt + bits_ / 32, &word, 1)) {
            return false;
        }
        if ((word & 1) != 0) {
            break;
        }
    }
    boots_ = configuration.boots_before + bits_;
    return true;
}

bool ConfigurationStore::save(Configuration& configuration) {
    configuration.boots_before = boots_;
    configuration.crc = crc_of(configuration);
    bits_ = 0;
    return memory_.erase_flash() && memory_.write_flash(0, &configuration, kRecordWords);
}

bool ConfigurationStore::count_boot(Configuration& configuration) {
    ++boots_;
    if (bits_ == kTallyBits) {
        return save(configuration);
    }
    const uint32_t word = ~1u << bits_ % 32;
    return memory_.write_flash(kTallyAt + bits_++ / 32, &word, 1);
}

}  // namespace dispobox
