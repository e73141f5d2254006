#!/usr/bin/env python3
"""Upper tails of distributions to 50 digits with mpmath; prints upper-tails.json.

python3 Tests/Reference/upper-tails.py > Tests/Reference/upper-tails.json   (mpmath 1.3.0, 2026-11-21)
"""
import json
import mpmath as mp

mp.mp.dps = 50


def normal(x):
    return mp.erfc(mp.mpf(x) / mp.sqrt(2)) / 2


def chisq(x, d):
    return mp.gammainc(mp.mpf(d) / 2, mp.mpf(x) / 2, mp.inf, regularized=True)


def beta_lower(x, y, a, b):
    """I_x(a, b) with y = 1 - x, by the hypergeometric series with positive terms only, of the smaller side."""
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_lower(y, x, b, a)
    front = mp.exp(a * mp.log(x) + b * mp.log(y) - mp.loggamma(a) - mp.loggamma(b) + mp.loggamma(a + b)) / a
    term = total = mp.mpf(1)
    n = 0
    while term > total * mp.mpf(10) ** -40:
        term *= (a + b + n) / (a + 1 + n) * x
        total += term
        n += 1
    return front * total


def f(x, d1, d2):
    x, d1, d2 = mp.mpf(x), mp.mpf(d1), mp.mpf(d2)
    return beta_lower(d2 / (d2 + d1 * x), d1 * x / (d2 + d1 * x), d2 / 2, d1 / 2)


def t(x, d):
    x, d = mp.mpf(x), mp.mpf(d)
    return beta_lower(d / (d + x * x), x * x / (d + x * x), d / 2, mp.mpf(1) / 2) / 2


def ratio(x, weights, a):
    """P(w1 chi2_2 + w2 chi2_2 + ... > x chi2_a / a): each pair of equal weights is exponential, so that the sum over
    them is a mixture of exponentials, and the mean over chi2_a of e^(-t chi2_a) is (1 + 2t)^(-a/2)."""
    w, total = [mp.mpf(v) for v in weights], mp.mpf(0)
    for i, own in enumerate(w):
        share = mp.fprod(own / (own - other) for j, other in enumerate(w) if j != i)
        rate = mp.mpf(x) / (2 * own)
        total += share * ((1 + 2 * rate / mp.mpf(a)) ** (-mp.mpf(a) / 2) if a else mp.exp(-rate))
    return total


cases = []


def add(name, arguments, value):
    cases.append({"function": name, "arguments": arguments, "value": mp.nstr(value, 20)})


for x in [0.5, 1.96, 5.0, 8.5, 12.8, 20.0, 30.5, 37.0]:
    add("normal", [x], normal(x))
for d in [1, 2, 3.5, 7, 20, 199, 1500.5]:
    for factor in [0.5, 0.99, 1.5, 3, 6, 12]:
        x = d * factor if d <= 199 else d + (factor - 1) * 5 * float(mp.sqrt(2 * d))
        value = chisq(x, d)
        if value > mp.mpf(10) ** -300:
            add("chisq", [x, d], value)
for d in [1, 2, 3, 4.5, 10, 14, 34, 197, 812, 9990]:
    for x in [0.01, 0.7, 1.9599, 4.2, 9.25, 15.5, 24.0, 36.5]:
        value = t(x, d)
        if value > mp.mpf(10) ** -300:
            add("t", [x, d], value)
for d1 in [1, 1.4946, 2, 7.25, 40, 999]:
    for d2 in [3, 20.925, 197, 2400.5]:
        for x in [0.2, 0.9, 1.8, 5.19, 17.2, 66.6, 301.25]:
            value = f(x, d1, d2)
            if value > mp.mpf(10) ** -300 and value < 1 - mp.mpf(10) ** -10:
                add("f", [x, d1, d2], value)
for weights in [[1.8181107207514717, 0.48114643500914467], [3.0, 1.0, 0.5, 0.01], [2.0, 1.5, 1.0, 0.75, 0.5], [0.7]]:
    for a in [0, 14.5, 360.2482863202261, 5000.25]:
        for x in [0.5, 3.0, 11.94, 26.75, 60.0, 400.0]:
            value = ratio(x, weights, a)
            if value < 1 - mp.mpf(10) ** -10:
                add("ratio", [x, a] + weights, value)

print('{"schema": "upper-tails/1", "program": "mpmath %s", "date": "2026-11-21", "call": "upper-tails.py",' % mp.__version__)
print(' "cases": [')
print(",\n".join("  " + json.dumps(case) for case in cases))
print(" ]}")
