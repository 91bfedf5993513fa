#!/bin/sh
# What the objects in a folder weigh on the chip, as rows for the README: size.sh SIZE FOLDER
# The limit is for the core, with its constants.
set -eu
LIMIT=8192
"$1" -A $(find "$2" -name '*.o' | sort) | awk -v limit="$LIMIT" '
    / *:$/ { name = $1; sub(/.*\/xtensa\//, "", name); sub(/\.o$/, "", name); part = name; sub(/\/.*/, "", part); names[++count] = name }
    /^\.text/ { code[name] += $2; codes[part] += $2 }
    /^\.literal/ { code[name] += $2; codes[part] += $2 }
    /^\.rodata/ { data[name] += $2; datas[part] += $2 }
    END {
        print "| part | code | constants |"
        print "|---|---|---|"
        for (at = 1; at <= count; ++at) printf "| `%s` | %d | %d |\n", names[at], code[names[at]], data[names[at]]
        printf "| **core** | **%d** | **%d** |\n", codes["core"], datas["core"]
        printf "| **core and board** | **%d** | **%d** |\n", codes["core"] + codes["board"], datas["core"] + datas["board"]
        core = codes["core"] + datas["core"]
        printf "figure: the core takes %d bytes of code and constants, of %d\n", core, limit
        if (core > limit || codes["core"] == 0) { print "too large" > "/dev/stderr"; exit 1 }
    }'
