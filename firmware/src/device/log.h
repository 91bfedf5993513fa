// The serial log: `[   12.345] what: more`, at 115,200 baud.
#pragma once

#include <Arduino.h>

namespace dispobox {

template <typename... Values>
void log_line(const char* format, Values... values) {
    const unsigned long now = millis();
    Serial.printf("[%5lu.%03lu] ", now / 1000, now % 1000);
    Serial.printf(format, values...);
    Serial.printf("\n");
}

}  // namespace dispobox
