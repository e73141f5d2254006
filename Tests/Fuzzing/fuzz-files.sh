#!/bin/sh
# Fuzzes the readers of SPSS, Stata and triple-S files, from the files in Tests/Reference/files. FUZZ_SECONDS (default 60) is how long;
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
variable() { printf '<variable ident="%s" type="%s"><name>v%s</name><label>L</label><position start="%s" finish="%s"/>%s</variable>' "$@"; }
for format in fixed csv; do
    {
        printf '<sss version="2.0"><survey><title>T</title><record ident="A" format="%s">' "$format"
        variable 1 quantity 1 1 4 '<values><range from="0" to="9"/></values>'
        variable 2 multiple 2 5 8 '<values><value code="1">a</value><value code="4">b</value></values>'
        variable 3 multiple 3 9 12 '<spread subfields="2" width="2"/><values><value code="12">a</value></values>'
        variable 4 date 4 13 20 ''
        variable 5 character 5 21 24 '<size>4</size>'
        printf '</record></survey></sss>\0%s\n' '  12100101 220230504abc ' '1,"0100",12,20230504,"a""b"'
    } >corpus/triple-s-$format
done
seconds=${FUZZ_SECONDS:-60}
timeout $((seconds + 60)) ./fuzz corpus -max_total_time="$seconds" -max_len=16384 -rss_limit_mb=1024 \
    -artifact_prefix="$here/" -timeout=20 -print_final_stats=1
rm -f /dev/shm/fuzz-files-*
