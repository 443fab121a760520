#!/usr/bin/env bash
# main.c to a core module, the core module with the world's types in it, and of that a component.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
wit="$(cd ../../../shared/wit && pwd)/extension.wit"

mkdir -p dist
clang --target=wasm32 -std=c11 -O2 -Wall -Werror -ffreestanding -nostdlib \
  -Wl,--no-entry -Wl,--strip-all -o dist/core.wasm main.c
jco embed dist/core.wasm --wit "$wit" --world-name extension -o dist/embedded.wasm
jco new dist/embedded.wasm -o dist/main.wasm
