#!/usr/bin/env bash
# Feeds random input to the readers for SECONDS each (60): Scripts/fuzz.sh [SECONDS [NAME...]]
#
# Each file of Tests/Fuzz is one reader. The rooms are compiled with libFuzzer and the address sanitizer into .build-fuzz;
# input that breaks a reader is left there as crash-….
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
shift || true
build=.build-fuzz
rooms=(SurveyProblems SurveyMath SurveyYAML SurveySchema SurveyData SurveyStore SurveyFormats SurveyWeighting)
mkdir -p "$build/corpus"

# As in Package.swift, with what the C walls need.
flags=(-parse-as-library -O -g -sanitize=fuzzer,address -swift-version 6 -package-name saual -I "$build" -L "$build"
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault
    -enable-upcoming-feature MemberImportVisibility)
for wall in Sources/C*/; do flags+=(-I "$wall"); done

libraries=()
for room in "${rooms[@]}"; do
    mapfile -t sources < <(find "Sources/$room" -name '*.swift')
    swiftc "${flags[@]}" -static -emit-library -emit-module -wmo -module-name "$room" \
        -emit-module-path "$build/$room.swiftmodule" -o "$build/lib$room.a" "${sources[@]}"
    libraries=("-l$room" "${libraries[@]}")
done

# A crash under the sanitizer must not wait for Swift's own backtrace.
export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0
for entry in Tests/Fuzz/*.swift; do
    name=$(basename "$entry" .swift)
    [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
    swiftc "${flags[@]}" -use-ld=lld -module-name "$name" -o "$build/$name" "$entry" \
        "${libraries[@]}" -lswiftGlibc -lgsl -lgslcblas -lm -lyaml -lsqlite3 -lcrypto -lxxhash
    mkdir -p "$build/corpus/$name"
    echo "fuzz: $name, $seconds seconds" >&2
    timeout $((seconds + 60)) "$build/$name" -max_total_time="$seconds" -max_len=4096 -print_final_stats=1 -verbosity=0 -print_funcs=0 \
        -artifact_prefix="$build/crash-$name-" "$build/corpus/$name"
done
