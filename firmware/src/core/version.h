#pragma once

namespace dispobox {

#ifndef DISPOBOX_FIRMWARE_VERSION
#define DISPOBOX_FIRMWARE_VERSION "2.0.0"
#endif

/// As the server shows it: 1 to 16 characters.
constexpr char kFirmwareVersion[] = DISPOBOX_FIRMWARE_VERSION;
static_assert(sizeof kFirmwareVersion - 1 <= 16, "the server takes no more");

}  // namespace dispobox
