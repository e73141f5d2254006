#!/bin/sh
# Fuzzes the reader of delimited text. FUZZ_SECONDS (default 60) is how long; the corpus and the build are thrown away
# unless FUZZ_FOLDER names a folder to keep them in. What makes it fail is left in the present folder.
set -eu
here=$PWD
root=$(cd "$(dirname "$0")/../.." && pwd)
work=${FUZZ_FOLDER:-$(mktemp -d)}
[ -n "${FUZZ_FOLDER:-}" ] || trap 'rm -rf "$work"' EXIT
mkdir -p "$work/corpus"
cd "$work"
# A crash under the address sanitizer can otherwise leave a backtrace process that hangs.
export SWIFT_BACKTRACE=enable=no

flags="-parse-as-library -swift-version 6 -O -sanitize=fuzzer,address -package-name saual -I $work
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault
    -enable-upcoming-feature MemberImportVisibility
    -Xcc -fmodule-map-file=$root/Sources/CByteScan/module.modulemap -Xcc -fmodule-map-file=$root/Sources/CYAML/module.modulemap
    -Xcc -fmodule-map-file=$root/Sources/CZlib/module.modulemap -Xcc -fmodule-map-file=$root/Sources/CXLSXWriter/module.modulemap
    -Xcc -fmodule-map-file=$root/Sources/CZip/module.modulemap -Xcc -fmodule-map-file=$root/Sources/CXML/module.modulemap
    -Xcc -I/usr/include/libxml2"
for room in SurveyProblems SurveyYAML SurveySchema SurveyFormats; do
    # shellcheck disable=SC2086,SC2046
    swiftc $flags -static -emit-library -emit-module -module-name "$room" -o "lib$room.a" \
        $(find "$root/Sources/$room" -name '*.swift')
done
# shellcheck disable=SC2086
swiftc $flags -module-name FuzzCSV "$root/Tests/Fuzzing/FuzzCSV.swift" -L "$work" -lSurveyFormats -lSurveySchema -lSurveyYAML -lSurveyProblems -lyaml -lz -lzip -lxml2 -lxlsxwriter -o fuzz

printf 'a,b\n1,2\n' >corpus/plain
printf '"a","b"\r\n"1","x ""y"" z"\r\n' >corpus/quotes
printf 'sep=;\na;b\n1;\n\n2;3;4\n' >corpus/excel
printf '\377\376a\000,\000b\000\n\0001\000,\0002\000\n\000' >corpus/utf16
printf '\357\273\277\321\201,b\n\323\231,2' >corpus/utf8
seconds=${FUZZ_SECONDS:-60}
timeout $((seconds + 60)) ./fuzz corpus -max_total_time="$seconds" -max_len=600 -artifact_prefix="$here/" -timeout=20 -print_final_stats=1
rm -f /dev/shm/fuzz-csv-*.csv
