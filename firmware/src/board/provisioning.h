// Setting a board up, by text: what the serial console and the portal have in common.
#pragma once

#include "../core/configuration.h"

namespace dispobox {

/// Sets what `name` stands for; null, or what is wrong with the value.
///
/// | name | value |
/// |---|---|
/// | `id` | 1 to 24 of a-z, 0-9 and - |
/// | `kv` | version of the key, 0 to 255 |
/// | `key` | 64 hexadecimal digits, as `dispobox keys issue` prints them |
/// | `ssid`, `pass` | the network; no password, or 8 to 64 characters |
/// | `server` | name or address, and a port unless it is 50000: `10.0.0.1:50000` |
/// | `n` | channels, 1 to 4 |
/// | `led` | `on` or `off` |
/// | `full` | millivolts of the battery at the converter's full scale, 4500 to 7500 |
/// | `ota` | millivolts below which new firmware is refused |
const char* set_value(Configuration& configuration, Slice name, Slice value);

/// Applies `name=value name="value with spaces"`: all of them, or none. Null, or what is wrong with `name`.
const char* set_values(Configuration& configuration, Slice line, Slice& name);

/// The full scale of a board that reads `raw` where a meter shows `measured_mv`; 0 when that cannot be.
uint16_t calibrated_full_scale_mv(uint32_t raw, uint32_t measured_mv);

}  // namespace dispobox
