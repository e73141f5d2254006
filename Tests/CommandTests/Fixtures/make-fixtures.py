#!/usr/bin/env python3
"""Writes the made-up files of this folder again, byte for byte: python3 Tests/CommandTests/Fixtures/make-fixtures.py

Everything here is SYNTHETIC: no person, place or institution in it exists. The seed is fixed, and only Random.random() is
used, whose stream Python promises to keep.
"""
import random
from pathlib import Path

HERE = Path(__file__).resolve().parent
SEED = 20261121
HEADER = "id,stratum,psu,weight,sex,age,q1"


def write(name, content):
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    (HERE / name).write_bytes(data)


def pick(generator, *choices):
    """One of (value, probability), by one draw."""
    draw, total = generator.random(), 0.0
    for value, probability in choices:
        total += probability
        if draw < total:
            return value
    return choices[-1][0]


# ---- Twelve good rows that the damaged files start from: two strata, two PSUs each, three people a PSU ------------------

def good_rows():
    rows = []
    for index in range(12):
        stratum = "A" if index < 6 else "B"
        psu = 1 + index // 3
        rows.append([f"p{index + 1:02}", stratum, str(psu), str(10 + index), str(1 + index % 2), str(20 + 4 * index),
                     str(1 + (index * 7) % 3)])
    return rows


def csv(rows, header=HEADER, delimiter=",", end="\n"):
    return end.join([header.replace(",", delimiter)] + [delimiter.join(row) for row in rows]) + end


def damaged():
    good = good_rows()
    write("good.csv", csv(good))
    write("empty.csv", b"")
    write("header-only.csv", HEADER + "\n")
    write("duplicate-header.csv", csv(good, header="id,stratum,psu,weight,sex,sex,q1"))

    ragged = [row[:] for row in good]
    ragged[3] = ragged[3][:-1]
    ragged[8] = ragged[8] + ["extra"]
    write("ragged.csv", csv(ragged))

    answers = {"1": "Да", "2": "Нет", "3": "Затрудняюсь ответить"}
    russian = [row[:-1] + [answers[row[-1]]] for row in good]
    header = "id,stratum,psu,weight,пол,возраст,ответ"
    write("cp1251.csv", csv(russian, header=header).encode("cp1251"))
    kazakh = [row[:-1] + [{"1": "Иә", "2": "Жоқ", "3": "Жауап беру қиын"}[row[-1]]] for row in good]
    write("utf16.csv", b"\xff\xfe" + csv(kazakh, header="id,stratum,psu,weight,жынысы,жасы,жауап").encode("utf-16-le"))

    decimal = [row[:3] + [row[3] + ",5"] + row[4:] for row in good]
    write("bom-crlf.csv", b"\xef\xbb\xbf" + csv(decimal, delimiter=";", end="\r\n").encode("utf-8"))

    unterminated = csv(good[:6]) + 'p07,B,3,16,1,44,"an answer whose quote is never closed\n' + csv(good[7:], header="").lstrip("\n")
    write("unterminated.csv", unterminated)
    nul = csv(good).encode("utf-8").replace(b"p05,A,2,14", b"p05,A,2,1\x004")
    assert b"\x00" in nul
    write("nul.csv", nul)

    lonely = [row[:] for row in good]
    for row in lonely[6:9]:
        row[1] = "A"  # leaves stratum B with PSU 4 alone
    write("lonely.csv", csv(lonely))

    weights = [row[:] for row in good]
    weights[1][3], weights[4][3], weights[7][3], weights[9][3], weights[10][3] = "0", "-1.2", "", "abc", "1e400"
    write("bad-weights.csv", csv(weights))

    keys = [row[:] for row in good]
    keys[5][0] = keys[2][0]
    write("duplicate-key.csv", csv(keys))

    texts = ['=HYPERLINK("http://example.invalid";"click")', "+1+1", "@SUM(A1:A9)", "<script>alert('x')</script>",
             "'; DROP TABLE chunk; --", "${HOME} `ls` $(ls)", "a \"quoted\" answer, with a comma", "two\nlines", "{{ 7 * 7 }}",
             "& < > \" '", "\\u003cb\\u003e", "-2"]
    quoted = [row[:-1] + ['"' + text.replace('"', '""') + '"'] for row, text in zip(good, texts)]
    write("formula.csv", csv(quoted, header="id,stratum,psu,weight,sex,age,answer"))

    write("ragged.tsv", csv(ragged, delimiter="\t"))


# ---- A file with few people in some groups: 64 rows, groups of 50, 9, 4 and 1 --------------------------------------------

def few():
    generator = random.Random(SEED)
    groups = ["north"] * 50 + ["south"] * 9 + ["east"] * 4 + ["west"]
    rows = []
    for index, group in enumerate(groups):
        psu = 1 + index % 8
        rows.append([f"s{index + 1:03}", "A" if psu <= 4 else "B", str(psu), f"{1 + generator.random() * 3:.3f}", group,
                     pick(generator, ("1", 0.3), ("2", 0.7))])
    write("small.csv", csv(rows, header="id,stratum,psu,weight,group,q1"))


# ---- The small study ------------------------------------------------------------------------------------------------------

COLUMNS = ["id", "interview_date", "region", "psu", "weight", "sex", "age", "members", "income", "contact", "gave", "amount",
           "chan_1", "chan_2", "chan_3", "chan_4", "trust", "why", "phone"]


def small_study():
    generator = random.Random(SEED + 1)
    rows = []
    plan = [("01", psu) for psu in range(101, 107)] + [("02", psu) for psu in range(201, 205)] + [("03", psu) for psu in (301, 302)]
    for region, psu in plan:
        for _ in range(10):
            number = len(rows) + 1
            contact = pick(generator, ("1", 0.6), ("2", 0.4))
            gave = pick(generator, ("1", 0.25), ("2", 0.65), ("98", 0.04), ("99", 0.06)) if contact == "1" else ""
            amount = f"{1000 + 500 * int(generator.random() * 90)}.50" if gave == "1" else ""
            channels = [pick(generator, ("1", p), ("0", 1 - p)) for p in (0.6, 0.4, 0.2, 0.1)]
            if generator.random() < 0.05:
                channels = ["", "", "", ""]
            trust = pick(generator, ("1", 0.2), ("2", 0.3), ("3", 0.2), ("4", 0.1), ("97", 0.12), ("98", 0.08))
            rows.append([
                f"syn-{number:03}", f"2026-05-{1 + int(generator.random() * 28):02}", region, str(psu),
                f"{50 + 100 * generator.random():.2f}", pick(generator, ("1", 0.46), ("2", 0.54)),
                str(18 + int(generator.random() * 70)), str(1 + int(generator.random() * 6)),
                pick(generator, ("998", 0.05), ("999", 0.07), (f"{60000 + 1000 * int(generator.random() * 400)}.00", 0.88)),
                contact, gave, amount, *channels, trust,
                "made-up reason" if gave == "1" else "", f"+0 000 000 {number:04}",
            ])
    write("small-study/wave.csv", csv(rows, header=",".join(COLUMNS)))

    # The first twenty rows again, with one flaw in each of nine rows; README.md says which.
    dirty = [row[:] for row in rows[:20]]
    at = {name: index for index, name in enumerate(COLUMNS)}
    dirty[1][at["sex"]] = "7"
    dirty[3][at["contact"]], dirty[3][at["gave"]], dirty[3][at["amount"]] = "2", "1", ""
    dirty[5][at["id"]] = dirty[4][at["id"]]
    dirty[7][at["weight"]] = "0"
    dirty[9][at["age"]] = "200"
    dirty[11][at["interview_date"]] = "2026-02-30"
    dirty[13][at["chan_2"]] = "5"
    dirty[15][at["region"]] = "1"
    dirty[17] = dirty[17][:-1]
    write("small-study/wave-dirty.csv", csv(dirty, header=",".join(COLUMNS)))


damaged()
few()
small_study()
