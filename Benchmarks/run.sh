#!/usr/bin/env bash
# Compares saual with plain C on a wave of its own making: ./run.sh [ROWS...], by default 100000 and 1000000.
# Prints a Markdown table of medians of RUNS (5) interleaved runs. Needs cc and the libraries of Scripts/setup.sh.
set -euo pipefail
cd "$(dirname "$0")"
runs=${RUNS:-5}
saual=${SAUAL:-../.build/release/saual}
work=.build
mkdir -p "$work"

if [ -z "${SAUAL:-}" ]; then
    (cd .. && swift build -c release --static-swift-stdlib -Xlinker -s --product saual >&2)
fi
for program in make_wave measure limit; do
    cc -O3 -o "$work/$program" "$program.c" -lm -lcrypto -lsqlite3 -lxxhash
done

# The median of a column of the files that measure writes.
median() { awk -v column="$1" '{print $column}' "$2" | sort -g | awk '{v[NR] = $1} END {print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'; }

# Seconds of the phases in a line of --timings that are not reading, nor writing the weights into a copy of the file.
computation() { # file, wall or cpu
    grep -h '^{"phases"' "$1" | tail -n 1 | tr '{' '\n' | grep '"name"' | grep -v '"name":"\(read\|write\)' \
        | sed -n "s/.*\"$2_s\":\([0-9.eE+-]*\).*/\1/p" | awk '{s += $1} END {printf "%.9f\n", s}'
}

# Targets of four margins for the raking of a wave: its own sums, moved by up to a tenth.
targets() {
    awk -F, '
        function margin(name, sums, codes,    code, total, left, moved) {
            for (code = 1; code <= codes; code++) { moved[code] = sums[code] * (1 + 0.1 * sin(7 * code)); total += moved[code] }
            left = 10000000
            for (code = 1; code < codes; code++) {
                moved[code] = int(moved[code] / total * 10000000)
                left -= moved[code]
                printf "%s,%d,%d\n", name, code, moved[code]
            }
            printf "%s,%d,%d\n", name, codes, left
        }
        NR > 1 { region[$2] += $12; settlement[$3] += $12; education[$9] += $12; sexage[$11] += $12 }
        END {
            print "variable,category,total"
            margin("region", region, 20); margin("sexage", sexage, 12)
            margin("education", education, 5); margin("settlement", settlement, 2)
        }' "$1"
}

# Runs a command under measure; an exit code above 1 ends the benchmark.
timed() {
    local log=$1 code=0
    shift
    "$work/measure" "$log" "$@" >"$work/out" 2>"$work/err" || code=$?
    if [ "$code" -gt 1 ]; then
        echo "run.sh: exit code $code from: $*" >&2
        cat "$work/err" >&2
        exit 1
    fi
}

row() { # job, rows, seconds of C, seconds of saual, target, MB of C, MB of saual
    awk -v OFS=' | ' -v j="$1" -v n="$2" -v c="$3" -v s="$4" -v t="$5" -v cm="$6" -v sm="$7" \
        'BEGIN {printf "| %s | %d | %.2f ms | %.2f ms | %.2f | %s | %.0f MB | %.0f MB |\n", j, n, c * 1e3, s * 1e3, s / c, t, cm, sm}'
}

echo "| job | interviews | C | saual | ratio | target | peak C | peak saual |"
echo "| --- | ---: | ---: | ---: | ---: | --- | ---: | ---: |"
for rows in "${@:-100000 1000000}"; do
    for n in $rows; do
        wave="$work/wave_$n.csv"
        [ "$wave" -nt make_wave.c ] || { "$work/make_wave" "$n" >"$wave.part" && mv "$wave.part" "$wave"; }
        [ "$work/targets_$n.csv" -nt "$wave" ] || targets "$wave" >"$work/targets_$n.csv"
        rm -f "$work"/*.log
        cat "$wave" >/dev/null
        for _ in $(seq "$runs"); do
            timed "$work/import-c.log" "$work/limit" import "$wave" "$work/c.db"
            rm -f "$work/s.saual"
            timed "$work/import-saual.log" "$saual" import "$wave" --study "$work/s.saual" --wave 1
            timed "$work/shares-c.log" "$work/limit" shares "$wave"
            cat "$work/out" >>"$work/loop-c.log"
            timed "$work/shares-saual.log" "$saual" estimate "$work/s.saual:1" --strata stratum --psu psu \
                --weight weight --share s01 --by region --format json --timings
            computation "$work/err" wall >>"$work/loop-saual.log"
            timed "$work/rake-c.log" "$work/limit" rake "$wave" "$work/targets_$n.csv"
            cat "$work/out" >>"$work/raking-c.log"
            rm -f "$work"/raked.csv*
            timed "$work/rake-saual.log" "$saual" weight "$wave" --weight weight --rake "$work/targets_$n.csv" \
                --name raked -o "$work/raked.csv" --timings
            computation "$work/err" cpu >>"$work/raking-saual.log"
            timed "$work/replicates-c.log" "$work/limit" replicates "$wave" "$work/targets_$n.csv" 500
            cat "$work/out" >>"$work/raked-replicates-c.log"
            timed "$work/replicates-saual.log" "$saual" estimate "$wave" --strata stratum --psu psu --weight weight \
                --rake "$work/targets_$n.csv" --mean s01 --by region --replicates bootstrap=500 --seed 42 --format json \
                --timings
            computation "$work/err" cpu >>"$work/raked-replicates-saual.log"
        done
        row "T1 import" "$n" "$(median 1 "$work/import-c.log")" "$(median 1 "$work/import-saual.log")" "≤ 1.5" \
            "$(median 3 "$work/import-c.log")" "$(median 3 "$work/import-saual.log")"
        row "T3 shares by region, computation" "$n" "$(median 1 "$work/loop-c.log")" "$(median 1 "$work/loop-saual.log")" \
            "≤ 3" "$(median 3 "$work/shares-c.log")" "$(median 3 "$work/shares-saual.log")"
        row "T2 rake four margins, processor" "$n" "$(median 1 "$work/raking-c.log")" \
            "$(median 1 "$work/raking-saual.log")" "–" \
            "$(median 3 "$work/rake-c.log")" "$(median 3 "$work/rake-saual.log")"
        row "T2r 500 replicates raked again, processor" "$n" "$(median 1 "$work/raked-replicates-c.log")" \
            "$(median 1 "$work/raked-replicates-saual.log")" "≤ 3" \
            "$(median 3 "$work/replicates-c.log")" "$(median 3 "$work/replicates-saual.log")"
        echo "saual estimate at $n interviews, start to end: $(median 1 "$work/shares-saual.log") s;" \
            "study file $(($(stat -c %s "$work/s.saual") / 1000000)) MB, C's $(($(stat -c %s "$work/c.db") / 1000000)) MB" >&2
    done
done
