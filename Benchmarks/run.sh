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

# Seconds of all phases in a line of --timings that are not reading.
computation() {
    grep -h '^{"phases"' "$1" | tail -n 1 | tr '{' '\n' | grep '"name"' | grep -v '"name":"read' \
        | sed -n 's/.*"wall_s":\([0-9.eE+-]*\).*/\1/p' | awk '{s += $1} END {printf "%.9f\n", s}'
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
            computation "$work/err" >>"$work/loop-saual.log"
        done
        row "T1 import" "$n" "$(median 1 "$work/import-c.log")" "$(median 1 "$work/import-saual.log")" "≤ 1.5" \
            "$(median 3 "$work/import-c.log")" "$(median 3 "$work/import-saual.log")"
        row "T3 shares by region, computation" "$n" "$(median 1 "$work/loop-c.log")" "$(median 1 "$work/loop-saual.log")" \
            "≤ 3" "$(median 3 "$work/shares-c.log")" "$(median 3 "$work/shares-saual.log")"
        echo "saual estimate at $n interviews, start to end: $(median 1 "$work/shares-saual.log") s;" \
            "study file $(($(stat -c %s "$work/s.saual") / 1000000)) MB, C's $(($(stat -c %s "$work/c.db") / 1000000)) MB" >&2
    done
done
