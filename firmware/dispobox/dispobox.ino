// The sketch of every board: which one it is comes from its set-up. See firmware/README.md.

#include <DispoBox.h>

void setup() {
    dispobox::set_up_device();
}

void loop() {
    dispobox::run_device();
}
