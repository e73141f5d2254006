#!/usr/bin/env python3
"""Writes targets/ from population.csv: people of all ages by region, sex and settlement on 2023-01-01 (source S1).

    python3 Questionnaires/geography/make-targets.py

Codes: region the two digits of KATO (or both joined, in old borders), sex 1 male and 2 female, settlement 1 urban and 2 rural.
"""
import csv
import pathlib

here = pathlib.Path(__file__).parent
folder = here / "targets"
folder.mkdir(exist_ok=True)
people = {}
with open(here / "population.csv", encoding="utf-8") as file:
    for row in csv.DictReader(line for line in file if not line.startswith("#")):
        if row["ref"] != "2023-01-01" or row["source"] != "S1" or row["age"] != "all":
            continue
        if row["sex"] not in ("male", "female") or row["locality"] not in ("urban", "rural"):
            continue
        key = (row["kato"], "1" if row["sex"] == "male" else "2", "1" if row["locality"] == "urban" else "2")
        people[key] = int(row["population"])
country = {key[1:]: count for key, count in people.items() if key[0] == "KZ"}
regions = {key: count for key, count in people.items() if key[0] != "KZ"}
for key, count in country.items():
    assert count == sum(own for other, own in regions.items() if other[1:] == key), key
borders = {
    "2022": {},
    "2018": {"63": "63+10", "10": "63+10", "19": "19+33", "33": "19+33", "35": "35+62", "62": "35+62"},
}
for year, joined in borders.items():
    sums = {}
    for (region, sex, settlement), count in regions.items():
        key = (joined.get(region, region), sex, settlement)
        sums[key] = sums.get(key, 0) + count
    assert sum(sums.values()) == 19765004

    def margin(places):
        found = {}
        for key, count in sums.items():
            own = "*".join(key[place] for place in places)
            found[own] = found.get(own, 0) + count
        return [(code, count) for code, count in found.items() if count > 0]

    def write(name, margins):
        with open(folder / f"{name}-2023-borders-{year}.csv", "w", encoding="utf-8") as file:
            file.write("variable,category,total\n")
            for variables, places in margins:
                for code, count in margin(places):
                    file.write(f"{variables},{code},{count}\n")

    write("region-sex-settlement", [("region*sex*settlement", (0, 1, 2))])
    write("margins", [("region*settlement", (0, 2)), ("region*sex", (0, 1))])
