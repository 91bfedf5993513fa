// Just enough of a test framework.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>

struct Test {
    Test(const char* name, void (*run)());

    const char* name;
    void (*run)();
    Test* next;
};

/// Of the command line: where the shared vectors are.
extern std::string vectors_file;

template <typename A, typename B>
void check_same(const A& is, const B& expect, const std::string& of, const char* file, int line) {
    if (!(is == expect)) {
        std::ostringstream text;
        text << file << ":" << line << ": " << of << " is\n  " << is << ", not\n  " << expect << "\n";
        std::fputs(text.str().c_str(), stderr);
        std::exit(1);
    }
}

#define TEST(name)                              \
    static void name();                         \
    static Test test_of_##name(#name, name);    \
    static void name()
#define CHECK(is) check_same(static_cast<bool>(is), true, #is, __FILE__, __LINE__)
#define CHECK_EQ(is, expect) check_same(is, expect, #is, __FILE__, __LINE__)
/// With what it is about, for tables.
#define CHECK_CASE(is, expect, about) check_same(is, expect, std::string(#is " for ") + (about), __FILE__, __LINE__)
