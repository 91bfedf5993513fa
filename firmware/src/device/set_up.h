// The configuration in use, and how it is changed.
#pragma once

#include "../core/configuration.h"

namespace dispobox {

class SetUp {
  public:
    explicit SetUp(Memory& memory) : store_(memory) {}

    /// Loads it, or makes a first one.
    void load(Random& random);
    bool save() { return store_.save(configuration); }
    /// Counts a cold start; returns how many there have been.
    uint32_t count_boot();
    uint32_t boots() const { return store_.boots(); }

    Configuration configuration;

  private:
    ConfigurationStore store_;
};

}  // namespace dispobox
