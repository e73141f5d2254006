#!/usr/bin/env bash
# Installs what Saual is built from, if it is missing: Debian packages. Swift itself must be there.
set -euo pipefail

say() { echo "setup: $*" >&2; }

packages=(
    libgsl-dev libyaml-dev libsqlite3-dev libssl-dev libxxhash-dev # libraries
    zlib1g-dev libzip-dev libxml2-dev libxlsxwriter-dev pkg-config # those of files, and how all are found
    gnuplot-nox fonts-dejavu-core                                  # charts
    gcc libc6-dev binutils make git                                # what Swift links with
)

if ! command -v dpkg-query >/dev/null 2>&1; then
    say "this is no Debian system; make sure that these are installed, with their headers:"
    say "GSL, libyaml, SQLite, OpenSSL (libcrypto), xxHash, zlib, libzip, libxml2, libxlsxwriter, pkg-config, gnuplot, DejaVu fonts, a C compiler, make"
else
    missing=()
    for package in "${packages[@]}"; do
        state=$(dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null || true)
        grep -qx installed <<<"$state" || missing+=("$package")
    done
    # The C++ library has the compiler's version in the name of its package; g++ brings the right one.
    dpkg-query -W -f '${Package} ${db:Status-Status}\n' 'libstdc++-*-dev' 2>/dev/null | grep -q ' installed$' \
        || missing+=(g++)

    if [ ${#missing[@]} -gt 0 ]; then
        if [ "$(id -u)" -eq 0 ]; then
            as_root=(env)
        elif command -v sudo >/dev/null 2>&1 && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
            as_root=(sudo env)
        else
            say "these packages are missing, and only root can install them:"
            say "apt-get install -y --no-install-recommends ${missing[*]}"
            exit 1
        fi
        say "installing ${missing[*]}"
        apt() { "${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@" </dev/null >&2; }
        apt update || say "the package lists could not be renewed; trying with those at hand"
        apt install -y --no-install-recommends "${missing[@]}"
    fi
fi

if ! command -v swift >/dev/null 2>&1; then
    say "swift is not on PATH; Saual needs Swift 6.2 or later: https://www.swift.org/install/linux/"
    exit 1
fi
