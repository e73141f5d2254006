#!/usr/bin/env python3
"""Times other programs and saual on the same wave files; writes one JSON file.

    python peers.py --data DIR                          quick set: 10k rows, < 60 s
    python peers.py --data DIR --size 100000 --task T2 T3 --peer svy survey --runs 3 --json out.json
    python peers.py --data DIR --size 10000 --agree     also compares every cell of every peer

DIR holds make_wave.py's files: wave1_N.csv, wave2_N.csv (T5), wave1_N.sav (T1b), targets_N.json (T2).
Environment: PEERS_PYTHON  interpreter with the Python peers (default: the one running this file)
             PEERS_RSCRIPT Rscript (default: on PATH);  BENCH_DATA  default for --data
             SAUAL_BIN     the saual to time. The commands it is run with, one argv per task, are in saual_commands.json
                           beside this file; null = not yet possible. Placeholders: {bin} {csv} {csv2} {sav} {targets} {targets_csv} {out}
                           ({out} = an empty scratch directory). Its `--timings` on stderr give load and
                           compute; any other program may print, as its last stdout line, a JSON object with load_s, compute_s,
                           cells ({name: [est, se, lo, hi]}, names as in tasks_py.py).
Every run is its own process. wall_s, cpu_s, peak_rss_mb: the whole process, from outside (wait4). load_s, compute_s,
*_cpu_s, import_s: inside it. Runs of different peers are interleaved (A B C A B C), so ratios are paired.
T2r rakes 500 bootstrap replicates again; R survey rakes 2 and 6 of them, and the rest is extrapolated (extrapolated: true).
--cols K runs T4 on K questions and multiplies compute by 40/K (extrapolated: true in the JSON).
"""
import argparse, json, os, statistics as st, subprocess, sys, tempfile, threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
PY = os.environ.get("PEERS_PYTHON", sys.executable)
RS = os.environ.get("PEERS_RSCRIPT", "Rscript")
TASKS = {
    "T1": ["polars", "duckdb", "pandas", "svy", "fread"],
    "T1b": ["pyreadstat", "pyreadstat-polars", "svy", "haven"],
    "T2": ["polars", "survey", "survey-calibrate", "svy", "samplics", "rimpy", "weightipy", "leafblower"],
    "T2r": ["survey"],
    "T3": ["polars", "duckdb", "survey", "svy", "samplics"],
    "T4": ["polars", "duckdb", "survey", "svy", "samplics"],
    "T5": ["polars", "duckdb", "survey", "svy"],
    "T6": ["survey", "svy", "samplics"],
    "T7": ["survey", "svy", "samplics"],
    "T8": ["polars", "survey", "svy", "samplics"],
    "T9": ["polars", "survey", "svy", "samplics"],
}
# polars and duckdb on T3, T4, T5, T8, T9 (and polars on T2) only make the sums or sorts: a single-pass yardstick without SE.
YARDSTICK = {"polars": set(TASKS) - {"T1", "T1b"}, "duckdb": set(TASKS) - {"T1", "T1b"}}
QUICK = [("T1", "polars"), ("T1", "svy"), ("T1", "fread"), ("T1b", "svy"), ("T1b", "haven"), ("T2", "survey"), ("T2", "svy"), ("T2", "weightipy"),
         ("T3", "polars"), ("T3", "survey"), ("T3", "svy"), ("T4", "polars"), ("T4", "survey"), ("T4", "svy"), ("T5", "survey"), ("T5", "svy"),
         ("T6", "svy"), ("T7", "survey"), ("T7", "svy"), ("T8", "survey"), ("T8", "svy"), ("T9", "survey"), ("T9", "svy")]
R_PEERS = {"survey", "survey-calibrate", "fread", "haven"}


def argv(task, peer, f, cols):
    if peer == "saual":
        table = json.load(open(os.path.join(HERE, "saual_commands.json")))
        c = table.get(task)
        return [x.format(bin=os.environ["SAUAL_BIN"], **f) for x in c] if c else None
    if peer in R_PEERS:
        return [RS, os.path.join(HERE, "tasks_r.R"), task, peer, f["csv"], f["csv2"], f["sav"], f["targets"], str(cols)]
    return [PY, os.path.join(HERE, "tasks_py.py"), task, peer, "--csv", f["csv"], "--csv2", f["csv2"], "--sav", f["sav"], "--targets", f["targets"], "--max-cols", str(cols)]


def run(cmd, timeout, mem_gb):
    out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()
    t0 = time.perf_counter()
    p = subprocess.Popen(cmd, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
    why, done = [], threading.Event()

    def watch():
        while not done.wait(0.2):
            try:
                rss = int(next(l for l in open(f"/proc/{p.pid}/status") if l.startswith("VmRSS")).split()[1]) / 1048576
            except (OSError, StopIteration):
                rss = 0
            if rss > mem_gb or time.perf_counter() - t0 > timeout:
                why.append("memory" if rss > mem_gb else "timeout"); p.kill(); return
    w = threading.Thread(target=watch); w.start()
    _, status, ru = os.wait4(p.pid, 0)
    wall = time.perf_counter() - t0
    p.returncode = 0
    done.set(); w.join()
    r = {"wall_s": wall, "cpu_s": ru.ru_utime + ru.ru_stime, "user_s": ru.ru_utime, "peak_rss_mb": ru.ru_maxrss / 1024, "exit": os.waitstatus_to_exitcode(status)}
    out.seek(0); err.seek(0)
    errors = err.read().decode(errors="replace").strip().splitlines()
    timings = [json.loads(l) for l in errors if l.startswith('{"phases"')]
    lines = [l for l in out.read().decode(errors="replace").splitlines() if l.strip().startswith("{")]
    if r["exit"] != 0:
        r["error"] = why[0] if why else (errors or [f"exit {r['exit']}"])[-1][:200]
    elif timings:  # saual --timings: phases named read... are loading, write... leaves a file behind as no peer does, the others compute
        for name, key in (("wall_s", "_s"), ("cpu_s", "_cpu_s")):
            phase = lambda word: sum(p.get(name, 0) for p in timings[-1]["phases"] if p["name"].startswith(word))
            r["load" + key], r["write" + key] = phase("read"), phase("write")
            r["compute" + key] = phase("") - phase("read") - phase("write")
    elif lines:
        r |= json.loads(lines[-1])
    return r


def digest(cells, keep=6):
    v = [c for c in cells.values()]
    return {"n_cells": len(v), "sum_est": sum(c[0] for c in v if isinstance(c[0], (int, float))), "sum_se": sum(c[1] for c in v if isinstance(c[1], (int, float))),
            "first": {k: cells[k] for k in sorted(cells)[:keep]}}


def agree(task, by_peer):
    """Largest relative difference of estimate, SE and limits from the reference peer (R survey, else the first)."""
    peers = [p for p in by_peer if task not in YARDSTICK.get(p, ())] or list(by_peer)
    ref = "survey" if "survey" in peers else peers[0]
    rep = {}
    for p in peers:
        if p == ref:
            continue
        common = set(by_peer[ref]) & set(by_peer[p])
        worst = [0.0] * 4
        for k in common:
            for i in range(4):
                x, y = by_peer[ref][k][i], by_peer[p][k][i]
                if isinstance(x, (int, float)) and isinstance(y, (int, float)):
                    worst[i] = max(worst[i], abs(x - y) / max(abs(x), 1e-6))
        rep[f"{p} vs {ref}"] = {"cells": len(common), "of": [len(by_peer[ref]), len(by_peer[p])], "est": worst[0], "se": worst[1], "lo": worst[2], "hi": worst[3]}
    return rep


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", default=os.environ.get("BENCH_DATA"))
    a.add_argument("--task", nargs="*"); a.add_argument("--peer", nargs="*"); a.add_argument("--skip", nargs="*", default=[], help="TASK:peer")
    a.add_argument("--size", nargs="*", type=int, default=[10_000])
    a.add_argument("--runs", type=int, default=1); a.add_argument("--cols", type=int)
    a.add_argument("--timeout", type=float, default=300); a.add_argument("--mem-gb", type=float, default=10)
    a.add_argument("--json"); a.add_argument("--agree", action="store_true")
    o = a.parse_args()
    if not o.data:
        a.error("--data or BENCH_DATA")
    if o.task or o.peer:
        pairs = [(t, p) for t in (o.task or TASKS) for p in TASKS[t] + ["saual"] if not o.peer or p in o.peer]
        cols = o.cols or 40
    else:
        pairs = QUICK + [(t, "saual") for t in TASKS]; cols = o.cols or 4
    pairs = [(t, p) for t, p in pairs if f"{t}:{p}" not in o.skip and (p != "saual" or os.environ.get("SAUAL_BIN"))]
    results, agreement = [], {}
    for n in o.size:
        f = {k: os.path.join(o.data, v) for k, v in dict(csv=f"wave1_{n}.csv", csv2=f"wave2_{n}.csv", sav=f"wave1_{n}.sav", targets=f"targets_{n}.json", targets_csv=f"targets_{n}.csv").items()}
        for task in dict.fromkeys(t for t, _ in pairs):
            peers = [p for t, p in pairs if t == task]
            raw, cells = {p: [] for p in peers}, {}
            for k in range(o.runs):
                for p in peers:
                    if raw[p] and "error" in raw[p][-1]:
                        continue
                    with tempfile.TemporaryDirectory() as scratch:
                        c = argv(task, p, f | {"out": scratch}, cols)
                        if c is None:
                            continue
                        r = run(c, o.timeout, o.mem_gb)
                    cells[p] = r.pop("cells", None) or cells.get(p)
                    raw[p].append(r)
            for p in peers:
                if not raw[p]:
                    continue
                ok = [r for r in raw[p] if "error" not in r]
                e = {"task": task, "size": n, "peer": p, "yardstick": task in YARDSTICK.get(p, ()), "runs": len(ok)}
                if not ok:
                    e["error"] = raw[p][-1]["error"]
                else:
                    e["version"] = ok[0].get("version")
                    for k in ("wall_s", "cpu_s", "user_s", "peak_rss_mb", "import_s", "load_s", "load_cpu_s", "compute_s", "compute_cpu_s", "write_s", "write_cpu_s"):
                        v = [r[k] for r in ok if k in r]
                        if v:
                            e[k] = round(st.median(v), 5)
                    if task == "T4" and cols < 40 and "compute_s" in e:
                        e["extrapolated"] = True; e["cols"] = cols
                        for k in ("compute_s", "compute_cpu_s"):
                            e[k] = round(e[k] * 40 / cols, 5)
                    e["notes"] = ok[-1].get("notes") or {}
                    e["extrapolated"] = e.get("extrapolated", False) or "extrapolated" in e["notes"]
                    if cells[p]:
                        e["digest"] = digest(cells[p])
                results.append(e)
                print(f"{task:4} {n:>9} {p:18} " + (f"ERROR {e['error']}" if "error" in e else
                      f"load {e.get('load_s', float('nan')):8.3f}  compute {e.get('compute_s', float('nan')):9.3f} (cpu {e.get('compute_cpu_s', float('nan')):9.3f}){'*' if e.get('extrapolated') else ' '} process cpu {e['cpu_s']:8.3f} wall {e['wall_s']:8.3f}  peak {e['peak_rss_mb']:7.0f} MB"), flush=True)
            if o.agree:
                agreement[f"{task} {n}"] = agree(task, {p: c for p, c in cells.items() if c})
                print("     agreement", json.dumps(agreement[f"{task} {n}"]), flush=True)
            if o.json:  # after every task: an interrupted run keeps what it has
                with open(o.json, "w") as fh:
                    json.dump({"results": results, "agreement": agreement, "argv": sys.argv[1:], "date": time.strftime("%Y-%m-%d")}, fh, indent=1)


if __name__ == "__main__":
    main()
