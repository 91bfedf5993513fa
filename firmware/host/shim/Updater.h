#pragma once

#include <stddef.h>
#include <stdint.h>

#include <vector>

#define UPDATE_ERROR_OK 0
#define UPDATE_ERROR_SPACE 4
#define UPDATE_ERROR_SIGN 12

/// Takes an image of the real form: the program, its signature, and the signature's length in four bytes. For the RSA
/// signature of the real one stands an HMAC-SHA256 under a key that is no secret.
class UpdaterClass {
  public:
    bool begin(size_t size);
    size_t write(uint8_t* bytes, size_t length);
    bool end();
    uint8_t getError() const { return error_; }
    bool isRunning() const { return size_ > 0; }

  private:
    size_t size_ = 0;
    uint8_t error_ = UPDATE_ERROR_OK;
    std::vector<uint8_t> image_;
};

extern UpdaterClass Update;
