#!/usr/bin/env python3
"""model-precision.json: generalised linear models of apistrat at 50 digits, coefficients and sandwich standard errors.

mpmath 1.3.0, Python 3; 2026-11-21. Newton's method on the weighted score equations with the expected information, both
taken at the solution; strata of rows with population sizes. Nothing here comes from Saual or from R.

    python3 Tests/Reference/model-precision.py > Tests/Reference/model-precision.json
"""
import csv
import json
import os

from mpmath import mp, mpf, matrix, exp, log, sqrt, erfc, npdf, expm1, lu_solve, inverse

mp.dps = 50
FOLDER = os.path.dirname(os.path.abspath(__file__))
ROWS = list(csv.DictReader(open(os.path.join(FOLDER, "data", "apistrat.csv"), encoding="utf-8")))

LINKS = {
    "identity": lambda e: (e, mpf(1)),
    "log": lambda e: (exp(e), exp(e)),
    "logit": lambda e: (1 / (1 + exp(-e)), exp(-e) / (1 + exp(-e)) ** 2),
    "probit": lambda e: (erfc(-e / sqrt(mpf(2))) / 2, npdf(e)),
    "cloglog": lambda e: (-expm1(-exp(e)), exp(e - exp(e))),
}
VARIANCES = {
    "linear": lambda m: mpf(1), "logistic": lambda m: m * (1 - m), "poisson": lambda m: m, "gamma": lambda m: m * m,
}


def columns(names):
    """The intercept, numbers, and indicators of the second and later categories of stype."""
    found = []
    for row in ROWS:
        values = [mpf(1)]
        for name in names:
            if name == "stype":
                values += [mpf(row["stype"] == level) for level in ("H", "M")]
            else:
                values.append(mpf(row[name]))
        found.append(values)
    return found


def fit(kind, link, response, names, offset=None):
    x, width = columns(names), len(columns(names)[0])
    y = [mpf(row[response]) for row in ROWS]
    w = [mpf(row["pw"]) for row in ROWS]
    shift = [log(mpf(row[offset])) if offset else mpf(0) for row in ROWS]
    mean, variance = LINKS[link], VARIANCES[kind]
    beta = [mpf(0)] * width
    if link == "log":
        beta[0] = log(sum(a * b for a, b in zip(w, y)) / sum(a * exp(b) for a, b in zip(w, shift)))

    def sums():
        score, information, rows = matrix(width, 1), matrix(width, width), []
        for own, value, weight, start in zip(x, y, w, shift):
            mu, slope = mean(start + sum(a * b for a, b in zip(own, beta)))
            residual = weight * slope * (value - mu) / variance(mu)
            working = weight * slope * slope / variance(mu)
            rows.append(residual)
            for i in range(width):
                score[i] += own[i] * residual
                for j in range(width):
                    information[i, j] += working * own[i] * own[j]
        return score, information, rows

    for _ in range(400):
        score, information, rows = sums()
        step = lu_solve(information, score)
        beta = [a + b for a, b in zip(beta, step)]
        if max(abs(a) for a in step) < mpf(10) ** -42:
            break
    else:
        raise SystemExit("no solution of " + kind)
    score, information, rows = sums()
    bread = inverse(information)
    strata = {}
    for row, own, residual in zip(ROWS, x, rows):
        strata.setdefault((row["stype"], row["fpc"]), []).append([a * residual for a in own])
    meat = matrix(width, width)
    for (_, size), scores in strata.items():
        n = len(scores)
        centre = [sum(score[i] for score in scores) / n for i in range(width)]
        factor = (1 - mpf(n) / mpf(size)) * n / (n - 1)
        for score in scores:
            for i in range(width):
                for j in range(width):
                    meat[i, j] += factor * (score[i] - centre[i]) * (score[j] - centre[j])
    covariance = bread * meat * bread
    return beta, [sqrt(covariance[i, i]) for i in range(width)]


CASES = [
    ("linear", "identity", "api00", ["ell", "meals", "mobility"], None),
    ("logistic", "logit", "hi700", ["ell", "meals", "stype"], None),
    ("logistic", "probit", "hi700", ["ell", "meals"], None),
    ("logistic", "cloglog", "hi700", ["ell", "meals"], None),
    ("poisson", "log", "api.stu", ["meals", "stype"], None),
    ("poisson", "log", "api.stu", ["meals", "stype"], "enroll"),
    ("gamma", "log", "api00", ["ell", "meals", "stype"], None),
]
results = []
for kind, link, response, names, offset in CASES:
    beta, errors = fit(kind, link, response, names, offset)
    results.append({
        "kind": kind, "link": link, "response": response, "terms": names, "log_offset": offset,
        "estimate": [float(mp.nstr(value, 20)) for value in beta],
        "se": [float(mp.nstr(value, 20)) for value in errors],
    })
print(json.dumps({"program": "mpmath 1.3.0, 50 digits", "date": "2026-11-21", "cases": results}, indent=1))
