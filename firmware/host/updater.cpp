// Over-the-air updates of the shim: what is installed lies in the state folder; the program stays the same.

#include <Updater.h>

#include <cstdio>
#include <cstring>

#include "../src/core/hmac.h"
#include "machine.h"

UpdaterClass Update;

/// What the real chip has free.
static constexpr size_t kSpaceBytes = 1'019 * 1'024;
static constexpr dispobox::Key kSigningKey = {"host build signing key, public"};

bool UpdaterClass::begin(size_t size) {
    error_ = size > kSpaceBytes ? UPDATE_ERROR_SPACE : UPDATE_ERROR_OK;
    size_ = error_ == UPDATE_ERROR_OK ? size : 0;
    image_.clear();
    return size_ > 0;
}

size_t UpdaterClass::write(uint8_t* bytes, size_t length) {
    image_.insert(image_.end(), bytes, bytes + length);
    return length;
}

bool UpdaterClass::end() {
    const bool is_whole = size_ > 0 && image_.size() == size_;
    size_ = 0;
    if (!is_whole) {
        return false;
    }
    uint32_t length = 0;
    uint8_t digest[32];
    constexpr size_t kTailBytes = sizeof digest + sizeof length;
    const size_t program = image_.size() - kTailBytes;
    memcpy(&length, &image_[program + sizeof digest], sizeof length);
    dispobox::hmac(kSigningKey, image_.data(), program, digest);
    if (length != sizeof digest || memcmp(digest, &image_[program], sizeof digest) != 0) {
        error_ = UPDATE_ERROR_SIGN;
        return false;
    }
    FILE* file = fopen((machine.options().state_dir + "/installed.bin").c_str(), "wb");
    const bool is_written = file != nullptr && fwrite(image_.data(), 1, program, file) == program;
    return file != nullptr && fclose(file) == 0 && is_written;
}
