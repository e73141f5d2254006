#!/bin/sh
# Fuzzes the reader of workbooks. FUZZ_SECONDS (default 60) is how long; the corpus and the build are thrown away
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
swiftc $flags -module-name FuzzXLSX "$root/Tests/Fuzzing/FuzzXLSX.swift" "$root/Tests/SurveyFormatsTests/ZipBytes.swift" -L "$work" -lSurveyFormats -lSurveySchema -lSurveyYAML -lSurveyProblems -lyaml -lz -lzip -lxml2 -lxlsxwriter -o fuzz

# Sheets are fuzzed as XML, which the entry packs into a workbook: random bytes would never be a zip archive.
printf '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row>' >corpus/plain
printf '<row><c t="s"><v>0</v></c></row><row><c s="1"><v>40000.5</v></c><c t="e"><v>#N/A</v></c></row>' >corpus/styles
printf '<row r="1"><c t="str"><f>A1</f><v>x</v></c></row><!-- <row> --><row/><row r="9"><c t="b"><v>1</v></c></row>' >corpus/odd
seconds=${FUZZ_SECONDS:-60}
timeout $((seconds + 60)) ./fuzz corpus -max_total_time="$seconds" -max_len=600 -artifact_prefix="$here/" -timeout=20 -print_final_stats=1
rm -f /dev/shm/fuzz-xlsx-*.xlsx
