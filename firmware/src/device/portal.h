// Setting the board up from a phone: a network of its own with one page. Only while somebody holds the button at a start.
#pragma once

#include "set_up.h"
#include "status_light.h"

namespace dispobox {

/// Runs until something was saved, or for five minutes. The network is WPA2; `show` on the serial line says its password.
void run_portal(SetUp& set_up, StatusLight& light);

}  // namespace dispobox
