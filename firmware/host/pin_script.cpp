#include "pin_script.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>

static bool read_time(const std::string& text, int64_t& ms) {
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    const std::string unit = end;
    const double unit_ms = unit == "ms" ? 1 : unit == "s" ? 1'000 : unit == "m" ? 60'000 : 0;
    ms = static_cast<int64_t>(number * unit_ms);
    return unit_ms > 0 && end != text.c_str() && number >= 0 && number * unit_ms <= 86'400'000;
}

bool PinScript::read(const std::string& text, std::string& problem) {
    std::string steps = text;
    for (size_t at = steps.find('#'); at != std::string::npos; at = steps.find('#')) {
        steps.erase(at, steps.find('\n', at) - at);
    }
    std::replace(steps.begin(), steps.end(), '\n', ';');
    std::istringstream parts(steps);
    for (std::string part; std::getline(parts, part, ';');) {
        std::istringstream words(part);
        std::string time, channel, level, more;
        if (!(words >> time)) {
            continue;
        }
        words >> channel >> level;
        Step step = {};
        const bool is_channel = channel.size() == 1 && channel[0] >= '0' && channel[0] <= '3';
        if (!read_time(time, step.at_ms) || !is_channel || (level != "high" && level != "low") || words >> more) {
            problem = "a step is <time> <channel 0-3> high|low, not \"" + part + "\"";
            return false;
        }
        step.channel = static_cast<uint8_t>(channel[0] - '0');
        step.high = level == "high";
        steps_.push_back(step);
    }
    std::stable_sort(steps_.begin(), steps_.end(), [](const Step& a, const Step& b) { return a.at_ms < b.at_ms; });
    return true;
}

uint8_t PinScript::levels(uint8_t levels, int64_t elapsed_ms) const {
    for (const Step& step : steps_) {
        if (step.at_ms <= elapsed_ms) {
            const auto bit = static_cast<uint8_t>(1 << step.channel);
            levels = static_cast<uint8_t>(step.high ? levels | bit : levels & ~bit);
        }
    }
    return levels;
}
