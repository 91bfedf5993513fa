#!/usr/bin/env bash
# Makes sure that a Rust compiler able to build for wasm32-unknown-unknown is at hand, and tells how to use it.
# `cargo xtask` calls it before every build; by hand:
#
#   eval "$(scripts/wasm-toolchain.sh)"        # then: cargo build --target wasm32-unknown-unknown
#   scripts/wasm-toolchain.sh --run cargo ...  # the same, for one command
#
# Order of preference:
#   1. the active rustc already has the target          -> nothing to set
#   2. `rustup target add wasm32-unknown-unknown` works -> nothing to set
#   3. Debian's rustc-web (+ its std source) is unpacked below $WASM_TOOLCHAIN_DIR (never installed: the packages would
#      get in the way of rustup), std is compiled once for wasm32 and laid into that private sysroot; the folder is a
#      whole toolchain (rustc, rustdoc, clippy; cargo and rustfmt are links to the machine's own)
#      -> RUSTUP_TOOLCHAIN=<folder> is set, or PATH where there is no rustup
# stdout carries only `export` lines; everything else goes to stderr.
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

finish() { # finish [NAME=VALUE...]: print the exports, or run the command with them
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

use_debian() { # use_debian DIR
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
  fetch "rustc-web=$version" "libstd-rust-web-dev=$version" "$libstd=$version" "rust-web-src=$version" \
    "rust-web-clippy=$version" "$libllvm"
}
# A list older than the mirror names files that are gone: refresh it once.
fetch_all || { say "apt-get update"; apt-get update >&2; fetch_all; }
# Only the std sources of the 45 MB source package are needed: skip its 40,000 other files.
mkdir -p "$work/root"
src_deb=$(ls "$work"/debs/rust-web-src_*.deb)
dpkg-deb --fsys-tarfile "$src_deb" | tar -x -C "$work/root" --wildcards './usr/src/rustc-*/library'
rm "$src_deb"
unpack

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

# std for wasm32, as rustc's own build makes it (crate `sysroot`); RUSTC_BOOTSTRAP only for this one build.
say "compiling std for $TARGET (about a minute)"
# The paths are mapped away so that every build of one version is the same to the bit: cargo does not notice a new std, and
# refuses crates that were built with another one (E0460). It also keeps this machine's paths out of the wasm.
lib=$(ls -d "$usr"/src/rustc-*/library)
commit=$("$work/bin/rustc" -vV | awk '/^commit-hash:/ {print $2}')
env -u RUSTC_WRAPPER -u CARGO_ENCODED_RUSTFLAGS -u CARGO_BUILD_TARGET \
  RUSTC="$work/bin/rustc" RUSTDOC="$work/bin/rustdoc" RUSTC_BOOTSTRAP=1 __CARGO_DEFAULT_LIB_METADATA=stablestd \
  CARGO_TARGET_DIR="$work/std" CARGO_INCREMENTAL=0 CARGO_PROFILE_RELEASE_DEBUG=0 \
  CARGO_PROFILE_RELEASE_OPT_LEVEL="${WASM_STD_OPT_LEVEL:-3}" \
  RUSTFLAGS="-Cembed-bitcode=yes -Zforce-unstable-if-unmarked --remap-path-prefix=$lib=/rustc/$commit/library --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo" \
  cargo build -q --manifest-path "$lib/sysroot/Cargo.toml" --release --locked --target $TARGET \
    --no-default-features --features "panic-unwind${WASM_STD_FEATURES:+ $WASM_STD_FEATURES}" >&2
mkdir -p "$usr/lib/rustlib/$TARGET/lib"
cp "$work"/std/$TARGET/release/deps/*.rlib "$usr/lib/rustlib/$TARGET/lib/"

rm -rf "$work/std" "$work/debs" "$usr/src" "$usr/share" "$usr/lib/rustlib/src"
touch "$work/.complete"
rm -rf "$final"; mv "$work" "$final"; trap - EXIT ERR
say "ready: $final ($("$final/bin/rustc" -V), $(du -sh "$final" | cut -f1))"
use_debian "$final"
