"""What one of a table's numbers counts: a test on counts needs persons or firms, not thousands of them."""

import re

THOUSAND, MILLION = 1_000.0, 1_000_000.0
UNIT_NOT_COUNTED = "UNIT_NOT_COUNTED"
# Codes of Eurostat, which mean what their parts alone would not: PER is persons, "per" is a rate.
CODES = {
    "NR": 1.0,
    "PER": 1.0,
    "THS": THOUSAND,
    "THS_PER": THOUSAND,
    "THS_NR": THOUSAND,
    "THS_JOB": THOUSAND,
    "MIO": MILLION,
    "MIO_PER": MILLION,
}
SCALES = {
    **dict.fromkeys(("thousand", "thousands", "ths", "1000", "000s"), THOUSAND),
    **dict.fromkeys(("million", "millions", "mio", "1000000"), MILLION),
}
COUNTED = frozenset(
    [
        "person",
        "persons",
        "people",
        "job",
        "jobs",
        "post",
        "posts",
        "worker",
        "workers",
        "employee",
        "employees",
        "employed",
        "employment",
        "inhabitant",
        "inhabitants",
        "population",
        "head",
        "heads",
        "headcount",
        "firm",
        "firms",
        "enterprise",
        "enterprises",
        "company",
        "companies",
        "business",
        "businesses",
        "establishment",
        "establishments",
        "number",
        "count",
        "counts",
        "patents",
        "publications",
        "students",
        "graduates",
        "researchers",
    ]
)
NO_COUNT = frozenset(
    [
        "eur",
        "euro",
        "euros",
        "keur",
        "meur",
        "usd",
        "dollar",
        "dollars",
        "gbp",
        "pps",
        "pc",
        "pct",
        "percent",
        "percentage",
        "percentages",
        "share",
        "shares",
        "ratio",
        "rate",
        "rates",
        "index",
        "per",
        "average",
        "mean",
        "hour",
        "hours",
        "hw",
        "day",
        "days",
        "fte",
        "tonne",
        "tonnes",
        "ton",
        "tons",
        "kg",
        "km",
        "km2",
        "ha",
        "hectare",
        "hectares",
        "mwh",
        "gwh",
        "value",
        "turnover",
        "gva",
        "gdp",
        "wage",
        "wages",
    ]
)
MARKS = frozenset("%‰€$£/")


def counted_by(unit: str) -> float | None:
    """How many things one of a table's numbers stands for: 1 of persons, 1,000 of thousand persons.

    None (`UNIT_NOT_COUNTED`) for money, shares and rates, and for a unit without a word that is known.
    """
    text = unit.strip()
    if text in CODES:
        return CODES[text]
    if MARKS & set(text):
        return None
    joined = re.sub(r"(?<=\d)[ ,.'’\u00a0\u202f](?=\d{3})", "", text.lower())
    parts = re.findall(r"[^\W\d_]+\d?|\d+s?", joined)
    if NO_COUNT & set(parts):
        return None
    scales = {SCALES[part] for part in parts if part in SCALES}
    if scales:
        return scales.pop() if len(scales) == 1 else None
    return 1.0 if COUNTED & set(parts) else None
