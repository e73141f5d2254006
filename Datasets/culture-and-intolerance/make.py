#!/usr/bin/env python3
"""Makes the two synthetic waves of this folder: nobody was interviewed.

Answers are drawn first, from a seeded generator; then a few are changed until the *weighted* results, under the
study's own recipe (base weight, non-response, trimming, raking), meet the national figures that were published.
Everything else (levels by region, by age, other answers) is invented. Only Python's standard library is needed:

    python3 make.py

writes data/wave-2022.csv (semicolons, windows-1251), data/wave-2023.csv (commas, UTF-8) and targets.csv.
"""
import csv, math, random, sys

SEED = 20231121
HERE = __file__.rsplit("/", 1)[0] if "/" in __file__ else "."
OFFICIALS = ["%02d" % i for i in range(1, 21)] + ["90"]
ADULTS = {"1": [3640063, 1511832, 870738, 160313], "2": [3580840, 1679940, 1221748, 363316]}
BANDS = ["18-44", "45-59", "60-74", "75+"]  # lower limits 18, 45, 60, 75
POPULATION = "../../Questionnaires/geography/population.csv"
CITIES = ("71", "75", "79")

# What was published; shares of the weighted sample in their stated bases (see PROVENANCE.md).
PUBLISHED = {
    "2023": {"bribery": 28.2, "ready_part": 78.1, "position_1": 42.0, "ready_yes": 36.7, "ready_rather": 42.0,
             "places": {1: 31.3, 2: 25.3, 3: 23.70, 4: 22.8}, "causes": {1: 53.2, 2: 52.5, 3: 41.9, 4: 21.3, 5: 18.6},
             "chan_known": {1: 60.0, 2: 44.0, 3: 39.0}},
    # Only 30.0 and the composite 64.9 are published for 2022; its three parts are invented so that their mean is 64.9.
    "2022": {"bribery": 30.0, "ready_part": 77.2, "position_1": 40.9, "ready_yes": 35.4, "ready_rather": 41.2,
             "places": {}, "causes": {}, "chan_known": {}},
}
CONTACT = dict(zip(OFFICIALS, [.15, .10, .03, .04, .015, .08, .02, .06, .04, .14, .42, .09, .46, .11, .24, .10, .17, .04,
                               .03, .03, .03]))
PAYING = dict(zip(OFFICIALS, [.34, .17, .12, .14, .12, .10, .28, .24, .26, .15, .05, .08, .21, .17, .09, .24, .13, .22,
                              .22, .24, .08]))


def population():
    """All-age population of 2023-01-01 by region and settlement: the adults are taken as distributed alike."""
    cells = {}
    with open(f"{HERE}/{POPULATION}", encoding="utf-8") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            if row["ref"] == "2023-01-01" and row["source"] == "S1" and row["kato"] != "KZ" and row["age"] == "all" \
                    and row["sex"] in ("male", "female") and row["locality"] in ("urban", "rural"):
                if row["population"] == "missing":
                    continue
                key = (row["kato"], "1" if row["locality"] == "urban" else "2")
                cells[key] = cells.get(key, 0) + float(row["population"])
    return {key: value for key, value in cells.items() if value > 0}


def targets(cells):
    adults = sum(map(sum, ADULTS.values()))
    total = sum(cells.values())
    rows = [("region*settlement", f"{r}*{s}", value * adults / total) for (r, s), value in sorted(cells.items())]
    rows += [("sex*age_band", f"{sex}*{band}", float(count)) for sex in "12" for band, count in zip(BANDS, ADULTS[sex])]
    return rows


def band(age):
    return BANDS[sum(age >= limit for limit in (45, 60, 75))]


class Wave:
    def __init__(self, year, cells, shared):
        self.year = year
        self.random = random.Random(f"{SEED}-{year}")
        self.cells = cells
        self.rows = []
        self.issue(shared)
        self.answer()
        self.weigh()
        self.calibrate()
        self.follow_up()

    # ---- Sample --------------------------------------------------------------------------------------------------
    def issue(self, shared):
        """37 strata (region by settlement); about half of the PSUs of 2023 are those of 2022."""
        rnd = self.random
        total = sum(self.cells.values())
        self.psus = {}
        number = 0
        for (region, settlement), people in sorted(self.cells.items()):
            psus = max(6, round(104 * (people / total) ** .5))
            stratum = f"{region}-{settlement}"
            for place in range(psus):
                label = f"{stratum}-{place + 1:03d}" if place % 2 == 0 or not shared else f"{stratum}-{place + 501:03d}"
                self.psus[label] = rnd.gauss(0, .35)
                size = math.exp(rnd.gauss(0, .25))
                for _ in range(20):
                    number += 1
                    row = {"resp_id": f"{self.year}{number:06d}", "kato2": region, "locality": settlement,
                           "stratum": stratum, "psu": label, "address": people * 13028790 / total / (psus * 20) * size}
                    row["disp"] = self.outcome(settlement)
                    self.rows.append(row)
        names = {}
        for row in self.rows:
            crew = names.setdefault(row["stratum"], [f"{row['stratum']}-i{k}" for k in range(1, 4)])
            row["int_id"] = crew[hash_of(row["psu"]) % 3]
        self.fabricators = {"31-2-i2", "75-1-i1"}

    def outcome(self, settlement):
        point = self.random.random()
        shift = .07 if settlement == "1" else 0
        for code, limit in (("410", .03), ("311", .05), ("231", .07), ("221", .17 + shift), ("211", .36 + shift), ("120", .37 + shift)):
            if point < limit:
                return code
        return "110"

    # ---- Answers -------------------------------------------------------------------------------------------------
    def answer(self):
        rnd = self.random
        level = {region: rnd.gauss(0, .3) for region in sorted({r for r, _ in self.cells})}
        templates = {}
        clock = {}
        for row in self.rows:
            if row["disp"] not in ("110", "120"):
                row["w_base"] = row["address"]
                continue
            adults = min(8, 1 + int(rnd.expovariate(.75)))
            row["n_adult"] = adults
            row["w_base"] = row["address"] * min(adults, 4) / 2.2
            row["sex"] = "1" if rnd.random() < .44 else "2"
            row["age"] = int(min(92, max(18, rnd.triangular(18, 88, 33))))
            row["edu"] = self.of("12345", [4, 22, 32, 8, 34])
            row["work"] = self.of("123456789", [7, 6, 11, 26, 14, 5, 18, 9, 4])
            if row["age"] < 30 and row["work"] == "7":
                row["work"] = "6"
            if row["age"] >= 66 and rnd.random() < .9:
                row["work"] = "7"
            row["income"] = self.of("12345", [6, 28, 38, 20, 8])
            row["lang"] = "1" if rnd.random() < (.75 if row["locality"] == "2" else .5) else "2"
            day, minute = clock.get(row["int_id"], (1, 9 * 60))
            length = max(18, rnd.gauss(41, 8))
            if row["int_id"] in self.fabricators:
                length = rnd.uniform(4, 7)
            if minute + length > 20 * 60:
                day, minute = day + 1, 9 * 60
            row["t_start"], row["t_end"] = self.time(day, minute), self.time(day, minute + length)
            clock[row["int_id"]] = (day, minute + length + (3 if row["int_id"] in self.fabricators else rnd.uniform(15, 60)))
            lean = level[row["kato2"]] + self.psus[row["psu"]] + rnd.gauss(0, .8) + (.15 if row["sex"] == "1" else 0) \
                - .01 * (row["age"] - 40)
            self.experience(row, lean)
            self.opinions(row, lean)
            if row["int_id"] in self.fabricators:
                # Invented interviews: one of three sheets, copied with a few cells changed, by an interviewer who avoids
                # the long branch of the questionnaire.
                sheets = templates.setdefault(row["int_id"], [])
                if len(sheets) < 3:
                    for t in OFFICIALS:
                        row["con_" + t], row["gave_" + t], row["asked_" + t] = "2", "", ""
                    row["con_11"], row["gave_11"], row["asked_11"] = "1", "2", "2"
                    sheets.append({k: v for k, v in row.items() if k.startswith(COPIED)})
                else:
                    for key, value in sheets[rnd.randrange(3)].items():
                        row[key] = value
                    for key in rnd.sample(["attitude", "trend12", "level_here", "without", "accept_3", "trust_6"], 2):
                        row[key] = self.of("12", [1, 1])

    def of(self, codes, odds):
        return self.random.choices(list(codes), odds)[0]

    def maybe(self, value, hard=.02, refused=.01):
        point = self.random.random()
        return "98" if point < hard else "99" if point < hard + refused else value

    @staticmethod
    def logit(p, shift):
        return 1 / (1 + math.exp(-(math.log(p / (1 - p)) + shift)))

    def experience(self, row, lean):
        rnd = self.random
        for t in OFFICIALS:
            con = "1" if rnd.random() < CONTACT[t] else "2"
            row["con_" + t] = self.maybe(con, .003, .002)
            row["gave_" + t] = row["asked_" + t] = ""
            if row["con_" + t] == "1":
                gave = "1" if rnd.random() < self.logit(PAYING[t], lean - .25) else "2"
                asked = "1" if rnd.random() < self.logit(PAYING[t] * .3, lean - .25) else "2"
                row["gave_" + t] = self.maybe(gave, .006, .01)
                row["asked_" + t] = self.maybe(asked, .006, .006)

    def several(self, row, name, odds, most):
        chosen = {code for code, p in odds.items() if self.random.random() < p}
        while len(chosen) > most:
            chosen.discard(self.random.choice(sorted(chosen)))
        mark = self.maybe("", .03, .01)
        for code in odds:
            row[f"{name}_{code}"] = mark or ("1" if code in chosen else "0")

    def opinions(self, row, lean):
        rnd, year = self.random, self.year
        row["ready_part"] = self.maybe(self.of("1234", [40, 40, 12, 8]), .03, .01)
        row["ready_report"] = self.maybe(self.of("1234", [37, 43, 12, 8]), .03, .01)
        self.several(row, "position", {1: .44, 2: .3, 3: .25, 4: .35, 5: .12}, 5)
        nothing = all(row[f"position_{k}"] == "0" for k in range(1, 6)) and rnd.random() < .7
        row["position_8"] = row["position_1"] if row["position_1"] in ("98", "99") else "1" if nothing else "0"
        row["attitude"] = self.maybe(self.of("12345", [55, 33, 9, 2, 1]))
        for k in range(1, 7):
            row[f"accept_{k}"] = self.maybe(self.of("1234", [60, 22, 14, 4]), .01, .005)
        row["level_country"] = self.maybe(self.of("12345", [4, 14, 42, 28, 12]), .06, .01)
        row["level_here"] = self.maybe(self.of("12345", [8, 22, 42, 20, 8]), .06, .01)
        row["trend12"] = self.maybe(self.of("123", [40, 40, 20]), .08, .01)
        self.several(row, "causes", dict(zip(range(1, 10), [.55, .54, .43, .22, .19, .2, .22, .24, .05])), 5)
        self.several(row, "places", dict(zip((1, 2, 3, 4, 5, 6, 7, 9), [.34, .27, .25, .24, .15, .12, .14, .05])), 3)
        if year == "2023":
            self.several(row, "forms", dict(zip(range(1, 7), [.6, .48, .38, .3, .22, .05])), 3)
        self.several(row, "chan_known", dict(zip(range(1, 9), [.62, .45, .40, .5, .22, .4, .12, .04])), 8)
        for b in range(1, 8):
            never = rnd.random() < (.37, .15, .2, .43, .33, .12, .3)[b - 1]
            row[f"trust_{b}"] = "96" if never else self.maybe(self.of("1234", [44, 44, 8, 4]), .02, .005)
        row["protect"] = self.maybe(self.of("1234", [24, 38, 22, 16]), .08, .01)
        row["without"] = self.maybe(self.of("12", [70, 30]), .06, .01)
        row["list_arm"] = self.of("12", [1, 1])
        gave = any(row["gave_" + t] == "1" for t in OFFICIALS)
        count = sum(rnd.random() < p for p in (.55, .6, .62, .25))
        row["list_n"] = self.maybe(str(count + (1 if row["list_arm"] == "2" and (gave or rnd.random() < .05) else 0)), 0, 0)
        true = gave or rnd.random() < .05
        row["cw_same"] = "1" if (rnd.random() < .25) == true else "2"

    def time(self, day, minute):
        return f"{self.year}-{9 + (day - 1) // 28:02d}-{(day - 1) % 28 + 1:02d}T{int(minute) // 60:02d}:{int(minute) % 60:02d}"

    # ---- Weights: the recipe of study.yaml, written a second time --------------------------------------------------
    def weigh(self):
        rows = self.rows
        weight = [float("%.3f" % row["w_base"]) for row in rows]
        for row, value in zip(rows, weight):
            row["w_base"] = "%.3f" % value
        sums = {}
        for row, w in zip(rows, weight):
            s = sums.setdefault(row["stratum"], {"all": 0, "known": 0, "eligible": 0, "respondents": 0})
            unknown, out, yes = row["disp"] == "311", row["disp"] == "410", row["disp"] in ("110", "120")
            s["all"] += w
            s["known"] += 0 if unknown else w
            s["eligible"] += 0 if unknown or out else w
            s["respondents"] += w if yes else 0
        for k, row in enumerate(rows):
            s = sums[row["stratum"]]
            weight[k] = weight[k] * (s["all"] / s["known"]) * (s["eligible"] / s["respondents"]) \
                if row["disp"] in ("110", "120") else 0.0
        people = [k for k in range(len(rows)) if weight[k] > 0]
        middle = median([weight[k] for k in people])
        self.trim(weight, people, 4 * middle)
        cells = [[], []]
        for k in people:
            cells[0].append(rows[k]["kato2"] + "*" + rows[k]["locality"])
            cells[1].append(rows[k]["sex"] + "*" + band(rows[k]["age"]))
        wanted = [{}, {}]
        for name, category, total in targets(self.cells):
            wanted[0 if name == "region*settlement" else 1][category] = float("%.0f" % total)
        scale = sum(wanted[0].values()) / sum(wanted[1].values())
        wanted[1] = {c: t * scale for c, t in wanted[1].items()}
        for _ in range(200):
            worst = 0
            for margin in (0, 1):
                found = {}
                for k, c in zip(people, cells[margin]):
                    found[c] = found.get(c, 0) + weight[k]
                worst = max([worst] + [abs(found[c] / t - 1) for c, t in wanted[margin].items()])
                for k, c in zip(people, cells[margin]):
                    weight[k] *= wanted[margin][c] / found[c]
            if worst < 1e-13:
                break
        self.weights = {k: weight[k] for k in people}

    @staticmethod
    def trim(weight, people, most):
        """Cuts at `most`, spreads the excess over the others in proportion, until none is above."""
        while True:
            over = [k for k in people if weight[k] > most * (1 + 1e-12)]
            if not over:
                return
            excess = sum(weight[k] - most for k in over)
            for k in over:
                weight[k] = most
            under = [k for k in people if weight[k] < most]
            room = sum(weight[k] for k in under)
            for k in under:
                weight[k] *= 1 + excess / room

    # ---- Meeting the published figures -----------------------------------------------------------------------------
    def calibrate(self):
        goals = PUBLISHED[self.year]
        honest = [k for k in self.weights if self.rows[k]["int_id"] not in self.fabricators]
        everyone = list(self.weights)

        def meet(share, base, goal, is_yes, set_yes, set_no, pool):
            """Turns answers of people in `pool` until the weighted share of `base` is the goal."""
            total = sum(self.weights[k] for k in base)
            want = goal / 100 * total
            have = sum(self.weights[k] for k in base if is_yes(k))
            self.random.shuffle(pool)
            for k in pool:
                if abs(have - want) < 2 * total / len(base):
                    break
                if is_yes(k) and have > want and set_no(k):
                    have -= self.weights[k]
                elif not is_yes(k) and have < want and set_yes(k):
                    have += self.weights[k]
            for _ in range(60):
                if abs(have - want) < 1e-7 * total:
                    break
                best = None
                sample = self.random.sample(pool, min(400, len(pool)))
                yes = [k for k in sample if is_yes(k)]
                no = [k for k in sample if not is_yes(k)]
                for a in yes:
                    for b in no:
                        gap = abs(have - self.weights[a] + self.weights[b] - want)
                        if best is None or gap < best[0]:
                            best = (gap, a, b)
                if best is None or best[0] >= abs(have - want):
                    continue
                _, a, b = best
                if set_no(a):
                    have -= self.weights[a]
                    if set_yes(b):
                        have += self.weights[b]
            return have / total

        rows = self.rows

        def code(name, yes, others):
            return dict(is_yes=lambda k: rows[k][name] in yes, set_yes=lambda k: put(k, name, yes[0]),
                        set_no=lambda k: put(k, name, self.random.choice(others)))

        def put(k, name, value):
            rows[k][name] = value
            return True

        pool = [k for k in honest if rows[k]["ready_part"] not in ("98", "99")]
        meet("ready_part", everyone, goals["ready_part"], pool=pool, **code("ready_part", "12", "34"))
        pool = [k for k in honest if rows[k]["ready_report"] not in ("98", "99")]
        meet("ready_report 1", everyone, goals["ready_yes"], pool=pool, **code("ready_report", "1", "34"))
        pool = [k for k in pool if rows[k]["ready_report"] != "1"]
        meet("ready_report 2", everyone, goals["ready_rather"], pool=pool, **code("ready_report", "2", "34"))

        def item(name, number, most):
            others = [c for c in rows[honest[0]] if c.startswith(name + "_")]

            def add(k):
                if sum(rows[k][c] == "1" for c in others) >= most or rows[k].get("position_8") == "1" and name == "position":
                    return False
                return put(k, f"{name}_{number}", "1")
            return dict(is_yes=lambda k: rows[k][f"{name}_{number}"] == "1", set_yes=add,
                        set_no=lambda k: put(k, f"{name}_{number}", "0"),
                        pool=[k for k in honest if rows[k][f"{name}_{number}"] in "01"])
        meet("position", everyone, goals["position_1"], **item("position", 1, 5))
        for name, most in (("places", 3), ("causes", 5), ("chan_known", 8)):
            for number, goal in goals[name].items():
                meet(name, everyone, goal, **item(name, number, most))

        def experience(k):
            row = rows[k]
            return "1" if any(row["gave_" + t] == "1" or row["asked_" + t] == "1" for t in OFFICIALS) else \
                "" if any(row["con_" + t] == "1" and not {row["gave_" + t], row["asked_" + t]} <= {"1", "2"} for t in OFFICIALS) else "2"

        def contact(k):
            return any(rows[k]["con_" + t] == "1" for t in OFFICIALS)

        base = [k for k in everyone if contact(k) and experience(k)]

        def give(k):
            t = self.random.choice([t for t in OFFICIALS if rows[k]["con_" + t] == "1"])
            rows[k][("gave_" if self.random.random() < .75 else "asked_") + t] = "1"
            return True

        def withdraw(k):
            for t in OFFICIALS:
                if rows[k]["con_" + t] == "1":
                    rows[k]["gave_" + t] = rows[k]["asked_" + t] = "2"
            return True
        share = meet("bribery", base, goals["bribery"], is_yes=lambda k: experience(k) == "1", set_yes=give, set_no=withdraw,
                     pool=[k for k in base if k in set(honest)])
        self.bribery = share

    # ---- What hangs on the answers ---------------------------------------------------------------------------------
    def follow_up(self):
        rnd = self.random
        for k in self.weights:
            row = self.rows[k]
            paid = [t for t in OFFICIALS if row["gave_" + t] == "1"]
            asked = [t for t in OFFICIALS if row["asked_" + t] == "1"]
            for t in OFFICIALS:
                row["con_n_" + t] = str(1 + int(rnd.expovariate(.5))) if row["con_" + t] == "1" else ""
                row["gave_n_" + t] = str(1 + int(rnd.expovariate(1.2))) if t in paid else ""
            if any(row["con_" + t] == "1" for t in OFFICIALS):
                row["informal"] = self.maybe("1" if paid and rnd.random() < .7 or rnd.random() < .03 else "2")
            if paid:
                row["last_t"] = rnd.choice(paid)
                row["last_purpose"] = self.maybe(self.of("1234569", [30, 14, 20, 16, 5, 12, 3]))
                row["last_init"] = self.maybe(self.of("1234", [18, 38, 12, 32]))
                kinds = {rnd.choice("1112349")}
                for code in "12349":
                    row["last_form_" + code] = "1" if code in kinds else "0"
                row["last_value"] = str(int(round(math.exp(rnd.gauss(9.9, 1.1)), -3)) or 1000) if rnd.random() > .08 else "-98"
                row["last_when"] = self.maybe(self.of("123", [50, 25, 25]))
            if paid or asked:
                row["reported"] = self.maybe(self.of("12", [6, 94]), .01, .01)
                if row["reported"] == "1":
                    chosen = rnd.choice("12345678")
                    for code in "12345678":
                        row["reported_to_" + code] = "1" if code == chosen else "0"
                    row["report_result"] = self.maybe(self.of("12345", [30, 15, 20, 10, 25]))
                elif row["reported"] == "2":
                    chosen = set(rnd.sample("12345678", rnd.choice((1, 1, 2))))
                    for code in "12345678":
                        row["silent_why_" + code] = "1" if code in chosen else "0"
            known = [code for code in "12345678" if row["chan_known_" + code] == "1"]
            if known:
                used = {rnd.choice(known)} if rnd.random() < .06 else set()
                for code in "12345678":
                    row["chan_used_" + code] = "1" if code in used else "0"
            row["comment"] = rnd.choice(COMMENTS[self.year]) if rnd.random() < .06 else ""
            row["phone"] = f"+7 700 000 {rnd.randrange(10000):04d}" if rnd.random() < .1 else ""


COPIED = ("con_", "gave_", "asked_", "ready_", "position_", "attitude", "accept_", "level_", "trend12", "causes_", "places_",
          "forms_", "chan_known_", "trust_", "protect", "without")
COMMENTS = {
    "2022": ["Очереди длинные; отвечают вежливо", "Нужно больше услуг через портал", "=1+1", "Спасибо за опрос", "Без комментариев"],
    "2023": ["Кезек ұзақ, бірақ сыпайы", "Нужно больше услуг через портал", "Қызмет көрсету жақсарды", "Спасибо за опрос",
             "Сауалнама түсінікті болды"],
}


def hash_of(text):
    value = 7
    for letter in text:
        value = (value * 131 + ord(letter)) % 1000003
    return value


def median(values):
    values = sorted(values)
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def columns(year):
    names = ["resp_id", "disp", "int_id", "t_start", "t_end", "lang", "kato2", "locality", "stratum", "psu", "n_adult",
             "w_base", "sex", "age", "edu", "work", "income"]
    for stem in ("con_", "con_n_", "gave_", "gave_n_", "asked_"):
        names += [stem + t for t in OFFICIALS]
    names += ["informal", "last_t", "last_purpose", "last_init"] + [f"last_form_{c}" for c in "12349"]
    names += ["last_value", "last_when", "reported"] + [f"reported_to_{c}" for c in "12345678"] + ["report_result"]
    names += [f"silent_why_{c}" for c in "12345678"] + ["ready_part"] + [f"position_{c}" for c in "123458"]
    names += ["ready_report", "attitude"] + [f"accept_{c}" for c in "123456"] + ["level_country", "level_here", "trend12"]
    names += [f"causes_{c}" for c in "123456789"] + [f"places_{c}" for c in "12345679"] + [f"forms_{c}" for c in "123456"]
    names += [f"chan_known_{c}" for c in "12345678"] + [f"chan_used_{c}" for c in "12345678"]
    names += [f"trust_{c}" for c in "1234567"] + ["protect", "without", "list_arm", "list_n", "cw_same", "comment", "phone"]
    if year == "2022":
        names = [n for n in names if not n.startswith("forms_") and n != "protect"]
    return names


def cells_of(row, names, year):
    cells = []
    for name in names:
        value = row.get(name, "")
        if year == "2022" and name == "edu":  # six classes in 2022
            value = {"1": "1" if hash_of(row["resp_id"]) % 3 == 0 else "2", "2": "3", "3": "4", "4": "5", "5": "6"}.get(value, value)
        if isinstance(value, str) and value in ("98", "99") and name.startswith(("list_n",)):
            value = "-" + value
        cells.append(str(value))
    return cells


def broken(names, rows, rnd):
    """A few dozen rows that an importer must set aside or mark: what they are is counted in study.yaml."""
    made = []
    full = [r for r in rows if r[names.index("disp")] == "110"]

    def of(kind, count, change):
        for row in rnd.sample(full, count):
            copy = list(row)
            copy[0] = f"{row[0]}-{kind}{len(made)}"
            made.append(change(copy))

    def cell(name, value):
        def change(row):
            row[names.index(name)] = value
            return row
        return change
    of("w", 5, cell("w_base", ""))
    of("n", 3, cell("w_base", "-12"))
    of("p", 4, cell("psu", ""))
    of("s", 3, cell("stratum", ""))
    of("c", 6, lambda row: row[:-3])
    for row in rnd.sample(full, 8):
        made.append(list(row))  # the same interview twice
    return made


def write(wave, path, delimiter, encoding):
    year = wave.year
    names = columns(year)
    header = ["would_report" if year == "2022" and n == "ready_report" else n for n in names]
    rows = [cells_of(row, names, year) for row in wave.rows]
    rnd = random.Random(f"{SEED}-{year}-broken")
    # Cells that break a rule: the row stays, and the finding counts them.
    for name, value, count in (("edu", "7", 9), ("income", "55", 6), ("gave_n_13", "3", 7), ("attitude", "x", 5)):
        usable = [r for r in rows if r[names.index("disp")] == "110" and r[names.index("gave_13")] == "2"]
        for row in rnd.sample(usable, count):
            row[names.index(name)] = value
    extra = broken(names, rows, rnd)
    with open(path, "w", encoding=encoding, newline="") as file:
        out = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)
        out.writerows(extra)
    return len(rows), len(extra)


def main():
    cells = population()
    with open(f"{HERE}/targets.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["variable", "category", "total"])
        for name, category, total in targets(cells):
            out.writerow([name, category, "%.0f" % total])
    for year, delimiter, encoding in (("2022", ";", "cp1251"), ("2023", ",", "utf-8")):
        wave = Wave(year, cells, shared=year == "2023")
        count, extra = write(wave, f"{HERE}/data/wave-{year}.csv", delimiter, encoding)
        people = len(wave.weights)
        print(f"{year}: {count} addresses, {people} interviews, {extra} broken rows; 16.5.1 {100 * wave.bribery:.4f} %")


main()
