"""Writes the files of this folder with pyreadstat 1.3.7, pandas and PSPP 1.6.2 (2026-11-21). Needs pyreadstat, pandas, pspp."""
import datetime as dt
import os
import subprocess

import numpy as np
import pandas as pd
import pyreadstat

os.chdir(os.path.dirname(os.path.abspath(__file__)))
answers = pd.DataFrame({
    "ID": [1, 2, 3, 4],
    "Жасы_long_variable_name": [18, 35.5, np.nan, 99],
    "q1": [1, 2, 8, 9],
    "name": ["Әсел", "Иван 😀", "", "x" * 300],
    "born": [dt.date(1950, 2, 28), dt.date(2000, 1, 1), None, dt.date(1969, 12, 31)],
    "at": [dt.datetime(2023, 5, 1, 12, 30, 15), dt.datetime(1899, 1, 1), None, dt.datetime(2024, 2, 29, 23, 59, 59)],
    "small": ["a", "bc", "", "é"],
    "neg": [-1.5, 1e-7, 123456789012.25, 0.1],
})
spss = dict(
    file_label="Сынақ файлы", column_labels={"q1": "Сенім", "name": "Аты", "neg": "Numbers"},
    variable_value_labels={"q1": {1: "Иә", 2: "Жоқ", 8: "Hard to say", 9: "Refused"}},
    missing_ranges={"q1": [{"lo": 8, "hi": 9}], "Жасы_long_variable_name": [99]},
    variable_measure={"q1": "nominal", "neg": "scale", "ID": "ordinal"}, note="one\ntwo")
pyreadstat.write_sav(answers, "plain.sav", **spss)
pyreadstat.write_sav(answers, "rows.sav", row_compress=True, **spss)
pyreadstat.write_sav(answers, "blocks.zsav", compress=True, **spss)

short = answers.rename(columns={"Жасы_long_variable_name": "age"})
latin = dict(name=["Asel", "Ivan", "", "x" * 240], small=["a", "bc", "", "e"])
stata = dict(file_label="Test", column_labels={"q1": "Trust"}, variable_value_labels={"q1": {1: "Yes", 2: "No"}})
pyreadstat.write_dta(short.assign(**latin), "stata8.dta", version=8, **stata)
pyreadstat.write_dta(short, "stata15.dta", version=15, **stata)
plain = short.drop(columns=["born", "at"])
plain.assign(name=["Asel", "Ivan", "", "x" * 200], small=["a", "b", "", "c"]).to_stata(
    "long-117.dta", version=117, write_index=False, convert_strl=["name"])
plain.to_stata("long-118-big.dta", version=118, write_index=False, convert_strl=["name"], byteorder=">")

syntax = """
DATA LIST LIST /id (F4) m1 m2 m3 c1 c2 (F1) w (F8.2) s (A300) d (DATE11) t (TIME8).
BEGIN DATA
1 1 0 1 1 2 0.5 "hello" 01-JAN-2020 10:20:30
2 0 0 1 2 9 1.5 "bye" 05-FEB-1960 26:00:00
3 . 1 0 3 1 2 "" . .
END DATA.
VARIABLE LABELS m1 'Radio' m2 'TV' m3 'Web' c1 'First' c2 'Second'.
VALUE LABELS m1 m2 m3 0 'no' 1 'yes' / c1 c2 1 'A' 2 'B' 3 'C' 9 'None'.
MISSING VALUES c2 (9) / w (LO THRU -1, 99).
VARIABLE LEVEL c1 c2 (ORDINAL).
VARIABLE ATTRIBUTE VARIABLES=m1 ATTRIBUTE=Source('x y').
MRSETS /MDGROUP NAME=$media LABEL='Media used' VARIABLES=m1 m2 m3 VALUE=1
 /MCGROUP NAME=$ch LABEL='Chosen' VARIABLES=c1 c2
 /MDGROUP NAME=$ext CATEGORYLABELS=COUNTEDVALUES VARIABLES=m1 m2 VALUE=1.
FILE LABEL 'A title'.
WEIGHT BY w.
SAVE OUTFILE='sets.sav' /COMPRESSED.
SAVE OUTFILE='sets.zsav' /ZCOMPRESSED.
SAVE OUTFILE='sets-plain.sav' /UNCOMPRESSED.
"""
subprocess.run(["pspp", "-"], input=syntax, text=True, check=True)

# Portable files: short names, texts of up to 255 bytes, no letters beyond ASCII in the files of pyreadstat.
portable = short.assign(**latin).rename(columns=str.upper)
pyreadstat.write_por(
    portable, "plain.por", file_label="Test", column_labels={"Q1": "Trust", "NAME": "Name"},
    variable_format={"AGE": "F8.1"})
syntax = """
DATA LIST LIST /id (F4) m1 m2 (F1) w x (F8.2) s (A200) d (DATE11) t (TIME8) g (A5) e (E12.4).
BEGIN DATA
1 1 0 0.5 1 "hello" 01-JAN-2020 10:20:30 "a" 1e-7
2 0 9 1.5 -2 "bye" 05-FEB-1960 26:00:00 "bc" 123456789012.25
3 . 1 -2.1 7 "" . . "" 0.1
END DATA.
VARIABLE LABELS m1 'Radio' m2 'TV < 2'.
VALUE LABELS m1 m2 0 'no' 1 'yes' 9 'None' / g 'a' 'Alpha' 'bc' 'Beta' / x -2 'minus' 1.5 'half'.
MISSING VALUES m2 (9) / w (LO THRU -1, 99) / x (7 THRU HI) / e (1 THRU 2) / g ('bc').
DOCUMENT one line
 two lines.
WEIGHT BY w.
EXPORT OUTFILE='sets.por'.
"""
subprocess.run(["pspp", "-"], input=syntax, text=True, check=True)
