#!/bin/sh
# Fuzzes the readers of SPSS and Stata files, from the files in Tests/Reference/files. FUZZ_SECONDS (default 60) is how long;
# the corpus and the build are thrown away unless FUZZ_FOLDER names a folder to keep them in. What makes it fail is left in
# the present folder.
set -eu
here=$PWD
root=$(cd "$(dirname "$0")/../.." && pwd)
work=${FUZZ_FOLDER:-$(mktemp -d)}
[ -n "${FUZZ_FOLDER:-}" ] || trap 'rm -rf "$work"' EXIT
mkdir -p "$work/corpus"
cd "$work"
# A crash under the address sanitizer can otherwise leave a backtrace process that hangs.
export SWIFT_BACKTRACE=enable=no

maps=
for wall in CByteScan CYAML CZlib CZip CXML CXLSXWriter; do
    maps="$maps -Xcc -fmodule-map-file=$root/Sources/$wall/module.modulemap"
done
flags="-parse-as-library -swift-version 6 -O -sanitize=fuzzer,address -package-name saual -I $work
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault
    -enable-upcoming-feature MemberImportVisibility $maps -Xcc -I/usr/include/libxml2"
for room in SurveyProblems SurveyYAML SurveySchema SurveyFormats; do
    # shellcheck disable=SC2086,SC2046
    swiftc $flags -static -emit-library -emit-module -module-name "$room" -o "lib$room.a" \
        $(find "$root/Sources/$room" -name '*.swift')
done
# shellcheck disable=SC2086
swiftc $flags -module-name FuzzFiles "$root/Tests/Fuzzing/FuzzFiles.swift" -L "$work" -lSurveyFormats \
    -lSurveySchema -lSurveyYAML -lSurveyProblems -lyaml -lz -lzip -lxml2 -lxlsxwriter -o fuzz

for ending in sav zsav por dta; do cp "$root"/Tests/Reference/files/*."$ending" corpus/; done
seconds=${FUZZ_SECONDS:-60}
timeout $((seconds + 60)) ./fuzz corpus -max_total_time="$seconds" -max_len=16384 -rss_limit_mb=1024 \
    -artifact_prefix="$here/" -timeout=20 -print_final_stats=1
rm -f /dev/shm/fuzz-files-*
