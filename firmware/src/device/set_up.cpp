#include "set_up.h"

#include "log.h"

namespace dispobox {

void SetUp::load(Random& random) {
    if (store_.load(configuration)) {
        return;
    }
    configuration = Configuration();
    // Without what is easily mistaken for something else. 32 of them, so that each is as likely as any other.
    constexpr char kLetters[] = "abcdefghijkmnpqrstuvwxyz23456789";
    static_assert(sizeof kLetters - 1 == 32, "five bits each");
    uint8_t chances[sizeof configuration.portal_password - 1];
    random.fill(chances, sizeof chances);
    for (size_t at = 0; at < sizeof chances; ++at) {
        configuration.portal_password[at] = kLetters[chances[at] % 32];
    }
    if (!save()) {
        log_line("flash: the first configuration cannot be written");
    }
}

uint32_t SetUp::count_boot() {
    if (!store_.count_boot(configuration)) {
        log_line("flash: this start cannot be counted");
    }
    return store_.boots();
}

}  // namespace dispobox
