#include <chrono>
#include <cstring>

#include "check.h"

std::string vectors_file;

static Test* first = nullptr;

Test::Test(const char* test_name, void (*run_test)()) : name(test_name), run(run_test), next(first) {
    first = this;
}

/// With the file of the shared vectors, and perhaps a part of the name of the tests to run.
int main(int count, char** arguments) {
    if (count < 2) {
        std::fputs("usage: tests VECTORS [PART OF A NAME]\n", stderr);
        return 2;
    }
    vectors_file = arguments[1];
    int done = 0;
    for (const Test* test = first; test != nullptr; test = test->next) {
        if (count > 2 && std::strstr(test->name, arguments[2]) == nullptr) {
            continue;
        }
        const auto since = std::chrono::steady_clock::now();
        test->run();
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - since;
        std::printf("ok %s (%.2f s)\n", test->name, took.count());
        ++done;
    }
    std::printf("%d tests\n", done);
    return done > 0 ? 0 : 1;
}
