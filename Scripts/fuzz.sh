#!/usr/bin/env bash
# Feeds random input to the readers for SECONDS each (60): Scripts/fuzz.sh [SECONDS [NAME...]]
#
# Each file of Tests/Fuzz is one reader. The rooms are compiled with libFuzzer and the address sanitizer into .build-fuzz,
# where what was found interesting stays from run to run; input that breaks a reader is left there as crash-….
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
shift || true
build=.build-fuzz
rooms=(SurveyProblems SurveyMath SurveyYAML SurveySchema SurveyData SurveyStore SurveyFormats SurveyForms
    SurveyWeighting)
mkdir -p "$build/corpus"

# As in Package.swift, with what the C walls need.
flags=(-parse-as-library -O -g -sanitize=fuzzer,address -swift-version 6 -package-name saual -I "$build" -L "$build"
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault
    -enable-upcoming-feature MemberImportVisibility -Xcc -I/usr/include/libxml2)
for wall in Sources/C*/; do flags+=(-I "$wall"); done

libraries=()
for room in "${rooms[@]}"; do
    mapfile -t sources < <(find "Sources/$room" -name '*.swift')
    swiftc "${flags[@]}" -static -emit-library -emit-module -wmo -module-name "$room" \
        -emit-module-path "$build/$room.swiftmodule" -o "$build/lib$room.a" "${sources[@]}"
    libraries=("-l$room" "${libraries[@]}")
done

# Input to start from, beside what the corpus holds already: seed NAME FOLDER.
seed() {
    local folder=$2
    case $1 in
    CSVFuzz)
        printf 'a,b\n1,2\n' >"$folder/plain"
        printf '"a","b"\r\n"1","x ""y"" z"\r\n' >"$folder/quotes"
        printf 'sep=;\na;b\n1;\n\n2;3;4\n' >"$folder/excel"
        printf '\377\376a\000,\000b\000\n\0001\000,\0002\000\n\000' >"$folder/utf16"
        printf '\357\273\277\321\201,b\n\323\231,2' >"$folder/utf8"
        ;;
    WorkbookFuzz)
        printf '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row>' >"$folder/plain"
        printf '<row><c t="s"><v>0</v></c></row><row><c s="1"><v>40000.5</v></c><c t="e"><v>#N/A</v></c></row>' >"$folder/styles"
        printf '<row r="1"><c t="str"><f>A1</f><v>x</v></c></row><!-- <row> --><row/><row r="9"><c t="b"><v>1</v></c></row>' >"$folder/odd"
        ;;
    FormFuzz)
        # The first byte says which reader: t triple-S, d DDI, x the sheets of an XLSForm.
        {
            printf 't<sss version="3.0" xml:lang="en" languages="en kk"><survey><name>N</name><title>T<b>b</b></title><record ident="A">'
            printf '<variable ident="1" type="single"><?saual region private?><name>q</name><label>L<text xml:lang="kk">K</text>'
            printf '<text mode="interview">I</text></label><position start="1"/><values><range from="1" to="3"/>'
            printf '<value code="1" score="1">a</value><value code="9">b<?saual refused?></value></values></variable>'
            printf '<variable ident="2" type="multiple"><name>m</name><label/><position start="2" finish="5"/><spread subfields="2"/>'
            printf '<values><value code="12">a</value></values></variable><variable ident="3" type="logical"><name>l</name><label/>'
            printf '<position start="6"/></variable><variable ident="4" type="quantity" use="serial"><name>n</name><label/>'
            printf '<position start="7"/><filter>l</filter><values><range from="-1.5" to="9"/><value code="99">x</value></values>'
            printf '</variable></record></survey></sss>'
        } >"$folder/triple-s"
        {
            printf 'd<codeBook xml:lang="en"><stdyDscr><citation><titlStmt><titl>T</titl><IDNo>i</IDNo></titlStmt></citation></stdyDscr>'
            printf '<dataDscr><varGrp ID="G" type="multipleResp" var="V2 V3" name="m"><labl xml:lang="kk">M</labl></varGrp>'
            printf '<var ID="V1" name="q"><labl>L</labl><valrng><range min="0" max="9"/></valrng><catgry missing="Y" missType="refused">'
            printf '<catValu>9</catValu></catgry><catgry><catValu>1</catValu></catgry><universe>all</universe></var>'
            printf '<var ID="V2" name="m_1"/><var ID="V3" name="m_2"/></dataDscr></codeBook>'
        } >"$folder/ddi"
        {
            printf 'xtype\tname\tlabel\trelevant\tconstraint\tcalculation\tchoice_filter\trepeat_count\tsaual\n'
            printf 'integer\ta\tA\t\t. >= 0 and . <= 9\t\t\t\t\nselect_multiple l or_other\tm\tM\t${a} > 1\n'
            printf 'begin repeat\tr\t\t\t\t\t\t2\ndate\td\tD\nend repeat\n'
            printf "calculate\\tc\\tC\\t\\t\\tif(\${a} > 3, 'x', 'y')\\t\\t\\t{no text: true}\\n"
            printf '\flist_name\tname\tlabel\nl\t1\tx\nl\t2\ty\n\fform_title\tform_id\nT\tf\n\fkey\tcontent\nlanguages\t[en]\n'
        } >"$folder/xlsform"
        ;;
    FileFuzz)
        for ending in sav zsav por dta; do cp Tests/Reference/files/*."$ending" "$folder"; done
        local variable='<variable ident="%s" type="%s"><name>v%s</name><label>L</label><position start="%s" finish="%s"/>%s</variable>'
        for format in fixed csv; do
            {
                printf '<sss version="2.0"><survey><title>T</title><record ident="A" format="%s">' "$format"
                # shellcheck disable=SC2059
                printf "$variable" 1 quantity 1 1 4 '<values><range from="0" to="9"/></values>' \
                    2 multiple 2 5 8 '<values><value code="1">a</value><value code="4">b</value></values>' \
                    3 multiple 3 9 12 '<spread subfields="2" width="2"/><values><value code="12">a</value></values>' \
                    4 date 4 13 20 '' 5 character 5 21 24 '<size>4</size>'
                printf '</record></survey></sss>\0%s\n' '  12100101 220230504abc ' '1,"0100",12,20230504,"a""b"'
            } >"$folder/triple-s-$format"
        done
        ;;
    esac
}

# A crash under the sanitizer must not wait for Swift's own backtrace.
export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0
for entry in Tests/Fuzz/*.swift; do
    name=$(basename "$entry" .swift)
    [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
    sources=("$entry")
    length=4096
    case $name in
    CSVFuzz) length=600 ;;
    WorkbookFuzz) length=600 sources+=(Tests/SurveyFormatsTests/ZipBytes.swift) ;;
    FileFuzz | FormFuzz) length=16384 ;;
    esac
    swiftc "${flags[@]}" -use-ld=lld -module-name "$name" -o "$build/$name" "${sources[@]}" \
        "${libraries[@]}" -lswiftGlibc -lgsl -lgslcblas -lm -lyaml -lsqlite3 -lcrypto -lxxhash -lz -lzip -lxml2 -lxlsxwriter
    mkdir -p "$build/corpus/$name"
    seed "$name" "$build/corpus/$name"
    echo "fuzz: $name, $seconds seconds" >&2
    timeout $((seconds + 60)) "$build/$name" -max_total_time="$seconds" -max_len="$length" -timeout=20 -rss_limit_mb=1024 \
        -print_final_stats=1 -verbosity=0 -print_funcs=0 -artifact_prefix="$build/crash-$name-" "$build/corpus/$name"
done
rm -f /dev/shm/fuzz-*
