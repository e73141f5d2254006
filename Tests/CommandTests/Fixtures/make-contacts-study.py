#!/usr/bin/env python3
"""Writes the two made-up waves of contacts-study again, byte for byte: python3 Tests/CommandTests/Fixtures/make-contacts-study.py

Everything here is SYNTHETIC: no person, place or institution in it exists. The seed is fixed, and only Random.random() is
used, whose stream Python promises to keep.
"""
import random
from pathlib import Path

HERE = Path(__file__).resolve().parent / "contacts-study"
OFFICES = ["01", "02", "03"]
HEADER = (["id", "stratum", "psu", "weight", "sex"] + [f"{q}_{o}" for q in ("con", "gave", "asked") for o in OFFICES]
          + ["cause_1", "cause_2", "cause_3", "ready_part", "ready_report", "spent"])


def wave(year, level):
    generator = random.Random(20261121 + year)

    def yes(probability):
        return "1" if generator.random() < probability else "2"

    def choice(probability):
        draw = generator.random()
        if draw < 0.06:
            return "98"
        if draw < 0.09:
            return "99"
        return str((1 if draw < 0.3 else 2) if generator.random() < probability else (3 if draw < 0.6 else 4))

    lines = [",".join(HEADER)]
    number = 0
    for stratum in range(1, 5):
        for unit in range(1, 7):
            tilt = 0.1 * ((unit * 7 + stratum * 3) % 5 - 2)
            for _ in range(10):
                number += 1
                con = {o: yes(0.55 - 0.12 * k + tilt) for k, o in enumerate(OFFICES)}

                def reply(office, probability):
                    if con[office] != "1":
                        return ""
                    draw = generator.random()
                    return "98" if draw < 0.05 else "99" if draw < 0.08 else yes(probability)

                gave = {o: reply(o, level + tilt / 2) for o in OFFICES}
                asked = {o: reply(o, level + 0.1 + tilt / 2) for o in OFFICES}
                sex = yes(0.5)
                causes = ["1" if generator.random() < p else "0" for p in (0.5, 0.45, 0.4)]
                part = choice(0.7 + tilt)
                report = choice(0.6 + tilt) if sex == "1" or con["01"] == "1" else ""
                spent = "" if generator.random() < 0.1 else f"{100 * generator.random() * (5 + stratum):.2f}"
                weight = f"{50 + 40 * generator.random() + 20 * stratum:.2f}"
                lines.append(",".join(
                    [f"syn-{year}-{number:03}", f"s{stratum}", f"{stratum}{unit:02}", weight, sex]
                    + [con[o] for o in OFFICES] + [gave[o] for o in OFFICES] + [asked[o] for o in OFFICES]
                    + causes + [part, report, spent]))
    (HERE / f"wave-{year}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


wave(2022, 0.3)
wave(2023, 0.15)
