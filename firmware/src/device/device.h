// The sketch's two functions.
#pragma once

namespace dispobox {

void set_up_device();
void run_device();

}  // namespace dispobox
