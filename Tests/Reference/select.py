#!/usr/bin/env python3
"""Copies the reference cases that the estimation engine answers today.

    python3 select.py FOLDER

FOLDER holds the full collection (JSON files of cases, data/, dictionary.json). Selected cases are written unchanged to
the JSON files beside this script, the data they use to data/, and what was left out is counted in selection.json.
"""
import collections
import json
import pathlib
import shutil
import sys

FILES = ["means_totals", "domains", "ciprop", "deff", "kish", "ratios", "lonely_psu", "tables", "designs", "contrasts",
         "waves", "sensitive", "pps", "weighting", "calibrated"]
WEIGHTING = {"subset", "post_stratify", "rake", "trim"}
LATER = ["steps", "replicates", "pps", "two_phase", "ultimate_cluster"]


def reason(case):
    """Why a case is left out; None if it is taken."""
    design, statistic = case.get("design"), case["statistic"]
    if design is None:
        return "two designs"
    steps = {step["op"] for step in design.get("steps") or []}
    for key in LATER:
        if key == "steps" and steps and steps <= WEIGHTING:
            continue
        if design.get(key):
            return key + (" " + " ".join(sorted(steps - WEIGHTING)) if key == "steps" else "")
    if len(design.get("fpc") or []) > 1:
        return "fpc at two stages"
    kind = statistic["kind"]
    if kind == "ratio" and statistic.get("separate"):
        return "separate ratio"
    if kind == "by" and statistic["inner"] not in ("mean", "total", "ratio"):
        return "by " + statistic["inner"]
    if kind == "ciprop" and statistic["method"] not in ("logit", "xlogit", "mean", "beta"):
        return "ciprop " + statistic["method"]
    if kind == "wave_difference":
        return "two designs: wave_difference.json"
    if kind == "contrast" and ("linear" not in statistic or statistic["base"]["kind"] == "glm"):
        return "non-linear contrast, or contrast of a model"
    if kind in ("mean", "total", "ratio", "by", "ciprop", "kish", "table", "ftable", "contrast", "difference_in_means",
                "weights", "nonresponse_adjust"):
        return None
    return kind


def wave_differences(source, here):
    """Cases of two designs, in a file of their own; returns the data they use."""
    document = json.loads((source / "waves.json").read_text())
    cases = [case for case in document["cases"] if case["statistic"]["kind"] == "wave_difference"]
    document["cases"], document["count"], document["category"] = cases, len(cases), "wave_difference"
    (here / "wave_difference.json").write_text(json.dumps(document, indent=1) + "\n")
    return {file for case in cases for file in case["dataset_file"]}


def main():
    source, here = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent
    selection, data = {}, wave_differences(source, here)
    for name in FILES:
        document = json.loads((source / f"{name}.json").read_text())
        taken = [case for case in document["cases"] if reason(case) is None]
        left = collections.Counter(reason(case) for case in document["cases"] if reason(case) is not None)
        selection[name] = {"run": len(taken), "left": dict(sorted(left.items()))}
        if not taken:
            continue
        document["cases"], document["count"] = taken, len(taken)
        (here / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n")
        data.update(case["dataset_file"] for case in taken)
    for file in sorted(data):
        shutil.copyfile(source / file, here / file)
    names = {pathlib.Path(file).stem for file in data}
    dictionary = json.loads((source / "dictionary.json").read_text())
    dictionary["datasets"] = {name: entry for name, entry in dictionary["datasets"].items() if name in names}
    (here / "dictionary.json").write_text(json.dumps(dictionary, indent=1) + "\n")
    (here / "selection.json").write_text(json.dumps(selection, indent=1) + "\n")


main()
