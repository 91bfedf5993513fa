#!/usr/bin/env bash
# Makes sure that a Rust compiler able to build for wasm32-unknown-unknown is at hand, and tells how to use it.
# `cargo xtask` calls it before every build; by hand:
#
#   eval "$(scripts/wasm-toolchain.sh)"        # then: cargo build --target wasm32-unknown-unknown
#   scripts/wasm-toolchain.sh --run cargo ...  # the same, for one command
#   scripts/wasm-toolchain.sh --small          # prints the folder of a second std, for releases (below); nothing
#                                              # where step 1 or 2 was enough
#
# Order of preference:
#   1. the active rustc already has the target          -> nothing to set
#   2. `rustup target add wasm32-unknown-unknown` works -> nothing to set
#   3. Debian's rustc-web (+ its std source) is unpacked below $WASM_TOOLCHAIN_DIR (never installed: the packages would
#      get in the way of rustup), std is compiled once for wasm32 and laid into that private sysroot; the folder is a
#      whole toolchain (rustc, rustdoc, clippy; cargo and rustfmt are links to the machine's own)
#      -> RUSTUP_TOOLCHAIN=<folder> is set, or PATH where there is no rustup
# stdout carries only `export` lines, or the one path; everything else goes to stderr.
#
# The second std is compiled for size, and a panic in it ends the program at once, without a message: with the texts and the
# formatting for it gone from everything that is linked with it, the wasm is a tenth smaller. `--sysroot` chooses it.
#
# Environment: WASM_TOOLCHAIN_DIR    where step 3 keeps its files (default: target/wasm-toolchain in the workspace)
#              WASM_TOOLCHAIN_FORCE  "debian" skips steps 1 and 2
#              WASM_TOOLCHAIN_RUSTUP "no" skips step 2, which changes the machine's own toolchain; "no" is the default
#                                    where CI is set, so that the third way is proven at every change; "yes" elsewhere
set -euo pipefail

TARGET=wasm32-unknown-unknown
say() { printf 'wasm-toolchain: %s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }

workspace=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# The oldest compiler that the workspace takes.
oldest=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$workspace/Cargo.toml")
new_enough() { [ -n "$1" ] && printf '%s\n%s\n' "$oldest" "$1" | sort --version-sort --check=quiet; }
DIR=${WASM_TOOLCHAIN_DIR:-$workspace/target/wasm-toolchain}
run=()
if [ "${1:-}" = --run ]; then shift; run=("$@"); fi
small=$([ "${1:-}" = --small ] && echo yes || echo no)

finish() { # finish [NAME=VALUE...]: print the exports, or run the command with them
  if [ $small = yes ]; then exit 0; fi
  if [ ${#run[@]} -gt 0 ]; then exec env "$@" "${run[@]}"; fi
  local kv
  for kv in "$@"; do printf 'export %s=%q\n' "${kv%%=*}" "${kv#*=}"; done
  exit 0
}

has_target() { # has_target RUSTC: does it have libcore for wasm32?
  local d
  d=$("$1" --print target-libdir --target $TARGET 2>/dev/null) || return 1
  compgen -G "$d/libcore-*.rlib" >/dev/null
}

if [ "${WASM_TOOLCHAIN_FORCE:-}" != debian ]; then
  if has_target "${RUSTC:-rustc}"; then
    say "the active rustc has $TARGET"
    finish
  fi
  # A compiler built earlier is preferred to asking the network again.
  ask_rustup=${WASM_TOOLCHAIN_RUSTUP:-$([ -n "${CI:-}" ] && echo no || echo yes)}
  if [ "$ask_rustup" = yes ] && ! compgen -G "$DIR/*/.complete" >/dev/null && command -v rustup >/dev/null; then
    if timeout 120 rustup target add $TARGET >&2 && has_target rustc; then
      say "rustup installed $TARGET"
      finish
    fi
    say "rustup could not add $TARGET"
  fi
fi

fetch_std_source() { # fetch_std_source VERSION DIR: only the std of a source package of 40,000 files; into DIR/root
  mkdir -p "$2/root"
  ( cd "$2" && apt-get -q download "rust-web-src=$1" >&2 )
  dpkg-deb --fsys-tarfile "$2"/rust-web-src_*.deb | tar -x -C "$2/root" --wildcards './usr/src/rustc-*/library'
  rm "$2"/rust-web-src_*.deb
}

compile_std() { # compile_std RUSTC LIBRARY BUILD-FOLDER OPT-LEVEL RUSTFLAGS FEATURES: std for wasm32, as rustc's own build
  # makes it (crate `sysroot`); RUSTC_BOOTSTRAP only for this one build. The paths are mapped away so that every build of one
  # version is the same to the bit: cargo does not notice a new std, and refuses crates that were built with another one
  # (E0460). It also keeps this machine's paths out of the wasm.
  local commit
  commit=$("$1" -vV | awk '/^commit-hash:/ {print $2}')
  env -u RUSTC_WRAPPER -u CARGO_ENCODED_RUSTFLAGS -u CARGO_BUILD_TARGET \
    RUSTC="$1" RUSTDOC="$(dirname "$1")/rustdoc" RUSTC_BOOTSTRAP=1 __CARGO_DEFAULT_LIB_METADATA=stablestd \
    CARGO_TARGET_DIR="$3" CARGO_INCREMENTAL=0 CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_PROFILE_RELEASE_OPT_LEVEL="$4" \
    RUSTFLAGS="-Cembed-bitcode=yes -Zforce-unstable-if-unmarked --remap-path-prefix=$2=/rustc/$commit/library --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo $5" \
    cargo build -q --manifest-path "$2/sysroot/Cargo.toml" --release --locked --target $TARGET \
      --no-default-features --features "$6" >&2
}

make_small() { # make_small TOOLCHAIN: puts the second std beside the first
  local work lib
  work=$1/.small.$$
  # shellcheck disable=SC2064 # The name is local: it has to be filled in now.
  trap "rm -rf '$work'" EXIT
  say "compiling std for size (about a minute)"
  fetch_std_source "$(basename "$1")" "$work"
  lib=$(ls -d "$work"/root/usr/src/rustc-*/library)
  compile_std "$1/bin/rustc" "$lib" "$work/std" z "-Awarnings -Zunstable-options -Cpanic=immediate-abort" optimize_for_size
  mkdir -p "$work/sysroot/lib/rustlib/$TARGET/lib"
  cp "$work"/std/$TARGET/release/deps/*.rlib "$work/sysroot/lib/rustlib/$TARGET/lib/"
  # The linker is looked for in the sysroot, too.
  for d in "$1"/root/usr/lib/rustlib/*-linux-gnu*/; do ln -s "../../../root/usr/lib/rustlib/$(basename "$d")" "$work/sysroot/lib/rustlib/"; done
  mv "$work/sysroot" "$1/small"
}

use_debian() { # use_debian DIR
  if [ $small = yes ]; then
    [ -d "$1/small" ] || make_small "$1"
    echo "$1/small"
    exit 0
  fi
  if command -v rustup >/dev/null; then finish "RUSTUP_TOOLCHAIN=$1"; fi
  finish "PATH=$1/bin:$PATH" "RUSTC=$1/bin/rustc" "RUSTDOC=$1/bin/rustdoc"
}

# --- 3. Debian ------------------------------------------------------------------------------------------------
for done in "$DIR"/*/.complete; do
  d=$(cd "$(dirname "$done")" 2>/dev/null && pwd) || continue
  lld=$(echo "$d"/root/usr/lib/rustlib/*-linux-gnu*/bin/rust-lld)
  if [ -f "$done" ] && new_enough "$(basename "$d")" && [ -x "$lld" ] && has_target "$d/bin/rustc"; then say "using $d"; use_debian "$d"; fi
done

command -v apt-get >/dev/null || die "no $TARGET: 'rustup target add $TARGET' failed, and this is no Debian system"
command -v cargo >/dev/null || die "cargo is missing"
candidate() { apt-cache policy "$1" 2>/dev/null | awk '/Candidate:/ && $2 != "(none)" {print $2}'; }
version=$(candidate rustc-web)
# Lists that are missing, or as old as the machine's image, know no compiler or one that is too old.
if ! new_enough "$version"; then
  say "apt-get update"; apt-get update >&2; version=$(candidate rustc-web)
fi
new_enough "$version" || die "no package rustc-web from $oldest on; Debian bookworm-security and later have it"

ver_dir=${version//[^A-Za-z0-9.+~-]/_}
final=$DIR/$ver_dir
work=$DIR/.work.$$
mkdir -p "$work/debs"
work=$(cd "$work" && pwd); final=$(cd "$DIR" && pwd)/$ver_dir
trap 'rm -rf "$work"' EXIT
trap 'say "failed at line $LINENO"' ERR

# (no early exit in awk: with pipefail, apt-cache's SIGPIPE would end the script without a word)
libstd=$(apt-cache depends --no-recommends --no-suggests "libstd-rust-web-dev=$version" | awk '/Depends: libstd-rust-web-[0-9]/ && !n++ {print $2}')
libllvm=$(apt-cache depends "$libstd=$version" | awk '/Depends: libllvm[0-9]/ && !n++ {print $2}')
[ -n "$libstd" ] && [ -n "$libllvm" ] || die "could not read the dependencies of rustc-web $version"
fetch() { ( cd "$work/debs" && apt-get -q download "$@" >&2 ); }
unpack() { local f; for f in "$work"/debs/*.deb; do dpkg-deb -x "$f" "$work/root"; rm "$f"; done; }
say "taking Debian's compiler: downloading rustc-web $version ($libstd, $libllvm; about 140 MB)"
fetch_all() {
  fetch "rustc-web=$version" "libstd-rust-web-dev=$version" "$libstd=$version" "rust-web-clippy=$version" "$libllvm"
}
# A list older than the mirror names files that are gone: refresh it once.
fetch_all || { say "apt-get update"; apt-get update >&2; fetch_all; }
mkdir -p "$work/root"
unpack
fetch_std_source "$version" "$work"

usr=$work/root/usr
host=x86_64-unknown-linux-gnu
for d in "$usr"/lib/rustlib/*/; do case $(basename "$d") in *-linux-gnu*) host=$(basename "$d");; esac; done
for d in "$usr"/lib/*-linux-gnu*/; do multi=$(basename "$d"); done

# Shared libraries of libLLVM that this machine lacks.
missing=$(LD_LIBRARY_PATH=$usr/lib/$multi ldd "$usr"/lib/"$multi"/librustc_driver-*.so | awk '/not found/ {print $1}')
if [ -n "$missing" ]; then
  pkgs=()
  for so in $missing; do
    case $so in
      libz3.so.4) pkgs+=(libz3-4);; libedit.so.2) pkgs+=(libedit2 libbsd0 libmd0);; libffi.so.8) pkgs+=(libffi8);;
      libxml2.so.2) pkgs+=(libxml2 libicu72);; libbsd.so.0) pkgs+=(libbsd0);; libmd.so.0) pkgs+=(libmd0);;
      libicu*.so.72) pkgs+=(libicu72);; *) die "rustc-web needs $so";;
    esac
  done
  say "also downloading ${pkgs[*]}"; fetch "${pkgs[@]}"; unpack
fi

# The wrappers, so that no caller needs LD_LIBRARY_PATH. They find their own folder: the whole can be moved.
mkdir -p "$work/bin"
for tool in rustc rustdoc cargo-clippy clippy-driver; do
  cat >"$work/bin/$tool" <<WRAP
#!/bin/sh
here=\$(dirname "\$(readlink -f "\$0")")/../root/usr
LD_LIBRARY_PATH=\$here/lib/$multi\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH} exec "\$here/bin/$tool" "\$@"
WRAP
  chmod +x "$work/bin/$tool"
done
own_cargo=$(rustup which cargo 2>/dev/null || command -v cargo)
for tool in cargo rustfmt cargo-fmt; do
  if [ -x "$(dirname "$own_cargo")/$tool" ]; then ln -sf "$(dirname "$own_cargo")/$tool" "$work/bin/$tool"; fi
done
"$work/bin/rustc" -vV >&2 || die "rustc-web does not run here"

# The linker: the active toolchain's rust-lld, else Debian's lld of the same LLVM.
mkdir -p "$usr/lib/rustlib/$host/bin"
lld=$(rustc --print sysroot 2>/dev/null || true)/lib/rustlib/$host/bin/rust-lld
if [ -x "$lld" ]; then
  ln -sf "$lld" "$usr/lib/rustlib/$host/bin/rust-lld"
else
  n=${libllvm#libllvm}
  fetch "lld-$n"; unpack
  cat >"$usr/lib/rustlib/$host/bin/rust-lld" <<WRAP
#!/bin/sh
usr=\$(dirname "\$(readlink -f "\$0")")/../../../..
LD_LIBRARY_PATH=\$usr/lib/$multi exec "\$usr/lib/llvm-$n/bin/lld" "\$@"
WRAP
  chmod +x "$usr/lib/rustlib/$host/bin/rust-lld"
fi

say "compiling std for $TARGET (about a minute)"
lib=$(ls -d "$usr"/src/rustc-*/library)
compile_std "$work/bin/rustc" "$lib" "$work/std" "${WASM_STD_OPT_LEVEL:-3}" "" \
  "panic-unwind${WASM_STD_FEATURES:+ $WASM_STD_FEATURES}"
mkdir -p "$usr/lib/rustlib/$TARGET/lib"
cp "$work"/std/$TARGET/release/deps/*.rlib "$usr/lib/rustlib/$TARGET/lib/"

rm -rf "$work/std" "$work/debs" "$usr/src" "$usr/share" "$usr/lib/rustlib/src"
touch "$work/.complete"
rm -rf "$final"; mv "$work" "$final"; trap - EXIT ERR
say "ready: $final ($("$final/bin/rustc" -V), $(du -sh "$final" | cut -f1))"
use_debian "$final"
