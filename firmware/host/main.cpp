// The same sketch as a program: a real board to the server.

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>

#include "machine.h"

void setup();
void loop();

namespace {

constexpr char kHelp[] =
    "dispobox-board --state DIR [--set \"id=... key=... ssid=... server=HOST:PORT n=4\"] [--pins SCRIPT|@FILE]\n"
    "               [--sleep-speed N] [--millis N] [--portal-port N]\n"
    "  --state DIR      flash and RTC memory; RTC memory is lost with the process, as by a loss of power\n"
    "  --set TEXT       typed on the serial line at the first start; may be repeated. With a key: @FILE\n"
    "  --pins SCRIPT    what the detectors see: 2s 0 high; 9s 0 low\n"
    "  --sleep-speed N  how many times faster deep sleep passes\n"
    "  --millis N       where millis() begins at each start\n"
    "Standard output is the serial log. Lines of standard input are typed on the serial line, but for:\n"
    "  pin 0 high|low   adc 0..1023   wifi on|off|hangs   button held|free   own-button held|free\n";

[[noreturn]] void refuse(const std::string& why) {
    std::fprintf(stderr, "dispobox-board: %s\n%s", why.c_str(), kHelp);
    std::exit(2);
}

double number(const std::string& flag, const std::string& text, double min, double max) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != 0 || value < min || value > max) {
        refuse(flag + " is a number, not \"" + text + "\"");
    }
    return value;
}

/// What was given, or what is in the file after `@`.
std::string text_or_file(const std::string& value) {
    if (value.empty() || value[0] != '@') {
        return value;
    }
    std::ifstream file(value.substr(1));
    if (!file) {
        refuse("there is no file " + value.substr(1));
    }
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

PinScript script(const std::string& value) {
    PinScript script;
    std::string problem;
    if (!script.read(text_or_file(value), problem)) {
        refuse(problem);
    }
    return script;
}

Options read_options(int count, char** arguments) {
    Options options;
    for (int at = 1; at < count; ++at) {
        const std::string flag = arguments[at];
        if (flag == "--help") {
            std::fputs(kHelp, stdout);
            std::exit(0);
        }
        if (at + 1 == count) {
            refuse(flag + " needs a value, or is unknown");
        }
        const std::string value = arguments[++at];
        if (flag == "--state") {
            options.state_dir = value;
        } else if (flag == "--set") {
            options.typed.push_back("set " + text_or_file(value));
        } else if (flag == "--pins") {
            options.script = script(value);
        } else if (flag == "--sleep-speed") {
            options.sleep_speed = number(flag, value, 1, 1e6);
        } else if (flag == "--millis") {
            options.first_millis = static_cast<uint32_t>(number(flag, value, 0, UINT32_MAX));
        } else if (flag == "--portal-port") {
            options.portal_port = static_cast<uint16_t>(number(flag, value, 0, UINT16_MAX));
        } else {
            refuse("there is no flag " + flag);
        }
    }
    if (options.state_dir.empty()) {
        refuse("--state is needed");
    }
    return options;
}

}  // namespace

int main(int count, char** arguments) {
    machine.start(read_options(count, arguments), arguments);
    setup();
    while (true) {
        loop();
        machine.turn();
    }
}
