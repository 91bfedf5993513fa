// What makes a board this board: its name, its key, its network. From provisioning, never from source.
#pragma once

#include "battery.h"
#include "hmac.h"

namespace dispobox {

/// As it lies in flash. Texts are ended by a zero.
struct Configuration {
    /// Of this layout; another one is no configuration.
    static constexpr uint32_t kLayout = 0xdb200001;

    uint32_t layout = kLayout;
    /// Cold starts before this record was written.
    uint32_t boots_before = 0;
    Key key = {};
    /// 1 to 24 of a-z, 0-9 and -; empty while the board is not set up.
    char id[25] = {};
    char ssid[33] = {};
    char password[65] = {};
    /// Name or address of the server.
    char host[64] = {};
    uint8_t key_version = 1;
    /// The portal's password; made at the first start.
    char portal_password[13] = {};
    uint8_t channels = 4;
    /// 0 or 1: a flag that is read before it is known to be whole must not be a boolean.
    uint8_t led = 1;
    uint8_t has_key = 0;
    uint16_t port = 50'000;
    uint16_t full_scale_mv = kFullScaleMv;
    /// Below this, new firmware is refused.
    uint16_t update_min_mv = 3'700;
    uint8_t reserved[2] = {};
    /// Of all before it.
    uint32_t crc = 0;

    /// Whether it has all that a session needs.
    bool is_complete() const { return id[0] != 0 && ssid[0] != 0 && host[0] != 0 && has_key == 1; }
};

static_assert(sizeof(Configuration) % sizeof(uint32_t) == 0, "flash is written in words");
static_assert(sizeof(Configuration) <= 512, "the starts are counted behind it");

/// Keeps the configuration and counts cold starts, in one sector of flash.
///
/// A start clears one bit behind the record. So counting neither wears the flash out nor risks the key: the sector is
/// only erased when somebody changes the configuration, and after 28,672 starts.
class ConfigurationStore {
  public:
    explicit ConfigurationStore(Memory& memory) : memory_(memory) {}

    /// False when there is none that is whole; then what `configuration` holds means nothing.
    bool load(Configuration& configuration);
    /// Also carries on the count.
    bool save(Configuration& configuration);
    /// Cold starts so far, of what was loaded.
    uint32_t boots() const { return boots_; }
    /// One more.
    bool count_boot(Configuration& configuration);

  private:
    Memory& memory_;
    uint32_t boots_ = 0;
    /// How many of them are counted behind the record.
    uint32_t bits_ = 0;
};

}  // namespace dispobox
