#!/bin/sh
# Counts the lines with Kazakh words in each source file, and puts the table into Questionnaires/REVIEW-kk.md.
#
#     Scripts/review-kk.sh
#
# A line counts if it has a letter that Russian lacks. Files that a native speaker has read whole stand, one path a line, in
# Questionnaires/reviewed-kk.txt; they are left out.
set -eu
cd "$(dirname "$0")/.."
page=Questionnaires/REVIEW-kk.md
read_whole=Questionnaires/reviewed-kk.txt
table=$(mktemp)
trap 'rm -f "$table" "$table.page"' EXIT
{
    echo "| file | lines |"
    echo "| --- | --- |"
    find Sources -name '*.swift' | LC_ALL=C sort | while read -r file; do
        if [ -f "$read_whole" ] && grep -qxF "$file" "$read_whole"; then continue; fi
        lines=$(LC_ALL=C.UTF-8 grep -c '[әғқңөұүһіӘҒҚҢӨҰҮҺІ]' "$file" || true)
        [ "$lines" -eq 0 ] || echo "| $file | $lines |"
    done
} > "$table"
awk -v table="$table" '
    /<!-- table of source files/ { print; while ((getline line < table) > 0) print line; skipping = 1; next }
    /<!-- end of the table/ { skipping = 0 }
    !skipping { print }
' "$page" > "$table.page"
cat "$table.page" > "$page"
