"""Statistics from a file: read whole, checked, mapped to NUTS 2021, and saved all together or not at all."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mapping.analysis.vintages import VINTAGES, Change, Territory, likely_vintage, territories
from mapping.models import Exercise, IndicatorTable, IndicatorValue
from mapping.selectors.reference import reference_list
from mapping.services.indicator_files import FileRefused, Observation, read_observations

LONGEST_CODE, LONGEST_UNIT = 12, 80
NUTS_LENGTH = {0: 2, 1: 3, 2: 4, 3: 5}
AGGREGATES = ("EU", "EA")  # EU27, EA19: as long as a code of NUTS 2, and no region


@dataclass(frozen=True, kw_only=True)
class ImportChoices:
    """What a person says about a file. year 0: the newest; vintage "": the one that fits most codes."""

    key: str
    title: str
    origin: str  # who publishes it, as it must be quoted
    licence: str
    unit: str = ""
    year: int = 0
    vintage: str = ""
    level: int = 2
    zero_is_missing: bool = False
    provenance: str = "sourced"
    only: tuple[tuple[str, str], ...] = ()


@dataclass(kw_only=True)
class ImportReport:
    """What was read and what was left out, and why; nothing goes without being counted here."""

    year: int = 0
    unit: str = ""
    vintage: str = ""
    regions: int = 0
    domains: int = 0
    values: int = 0
    missing: int = 0
    recoded: list[str] = field(default_factory=list)
    split: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    without_figures: list[str] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return dict(self.__dict__)


def recorded_changes() -> tuple[list[Change], set[str]]:
    """All changes that ship with the product, and the codes of 2021."""
    earlier = reference_list("nuts-changes-earlier")["codes"]
    changes = [Change(since=row["since"], old=row["from"], new=tuple(row["to"])) for row in earlier]
    changes += [
        Change(since="2024", old=row["from"], new=tuple(row["to"]))
        for row in reference_list("nuts-changes")["codes"]
        if row["from"]
    ]
    return changes, {row["code"] for row in reference_list("nuts-2021")["codes"]}


def prepare_import(
    *, content: bytes, source: str, choices: ImportChoices
) -> tuple[list[IndicatorValue], ImportReport]:
    """The values a file would write, and the report. Writes nothing. Raises FileRefused."""
    if choices.vintage and choices.vintage not in VINTAGES:
        told = {"given": choices.vintage, "known": ", ".join(VINTAGES)}
        raise FileRefused(_("There is no NUTS version %(given)s here. Known: %(known)s.") % told)
    report = ImportReport()
    kept = _of_one_table(read_observations(content, source=source), choices, report)
    changes, known = recorded_changes()
    _refuse_long_codes(kept)
    codes = {one.region for one in kept}
    report.vintage = choices.vintage or likely_vintage(codes, changes=changes, known=known)
    found, unmatched = territories(codes, vintage=report.vintage, changes=changes, known=known)
    told = {one.region for one in kept if one.value is not None}
    # A code of an earlier version that has no figure this year: nothing is lost without it.
    report.unmatched = [code for code in unmatched if code in told]
    report.without_figures = [code for code in unmatched if code not in told]
    if not found:
        raise FileRefused(
            _("No region of the file is a region of NUTS %(version)s.") % {"version": report.vintage}
        )
    for name in ("recoded", "split", "merged"):
        setattr(report, name, [one.code for one in found if one.how == name])
    return _values_of(kept, found, report, zero_is_missing=choices.zero_is_missing), report


def _of_one_table(
    rows: Sequence[Observation], choices: ImportChoices, report: ImportReport
) -> list[Observation]:
    """The rows of one year, one unit and one level; the others are counted, not lost."""
    left: Counter[str] = Counter()
    years = {one.year for one in rows if one.value is not None} or {one.year for one in rows}
    report.year = choices.year or max(years)
    if report.year == 0:
        raise FileRefused(_("The file names no year. Say which year the values are of."))
    if years != {0} and report.year not in years:
        told = {"year": report.year, "known": ", ".join(map(str, sorted(years)))}
        raise FileRefused(_("The file has no values of %(year)d; it has %(known)s.") % told)
    kept = []
    for one in rows:
        length = len(one.region)
        if one.year not in (0, report.year):
            left["other years"] += 1
        elif length != NUTS_LENGTH[choices.level] or one.region.startswith(AGGREGATES):
            left["other levels of NUTS, or aggregates"] += 1
        elif one.region.endswith("ZZ") or one.region.endswith("XX"):
            left["outside regions (ZZ)"] += 1
        elif one.domain in ("TOTAL", ""):
            left["totals"] += 1
        elif any(dict(one.place).get(name) != value for name, value in choices.only):
            left["not chosen"] += 1
        else:
            kept.append(one)
    report.left_out = dict(left)
    if not kept:
        raise FileRefused(
            _("No value is left at level %(level)d of NUTS. Left out: %(left)s.")
            % {"level": choices.level, "left": ", ".join(f"{n} {why}" for why, n in left.items()) or "0"}
        )
    _refuse_several(kept)
    report.unit = (choices.unit or dict(kept[0].place).get("unit", ""))[:LONGEST_UNIT]
    if not report.unit:
        raise FileRefused(_("The file names no unit. Say what is counted."))
    return kept


def _refuse_long_codes(kept: Sequence[Observation]) -> None:
    """What the table of values could not hold."""
    long = next((one for one in kept if len(one.domain) > LONGEST_CODE), None)
    if long is not None:
        told = {"row": long.row, "code": long.domain[:40], "most": LONGEST_CODE}
        raise FileRefused(_("Row %(row)d: the code “%(code)s” is longer than %(most)d characters.") % told)


def _refuse_several(kept: Sequence[Observation]) -> None:
    """A table is of one unit, one sex, one age: what the rows differ in must be chosen."""
    ways: dict[str, set[str]] = {}
    for one in kept:
        for name, value in one.place:
            ways.setdefault(name, set()).add(value)
    open_names = {name: sorted(values) for name, values in ways.items() if len(values) > 1}
    if open_names:
        name, values = next(iter(open_names.items()))
        told = {"name": name, "values": ", ".join(values[:20])}
        raise FileRefused(_("The file holds several values of “%(name)s”: %(values)s. Choose one.") % told)


def _values_of(
    kept: Sequence[Observation], found: Sequence[Territory], report: ImportReport, *, zero_is_missing: bool
) -> list[IndicatorValue]:
    covers = {one.code: " ".join(one.covers) for one in found}
    made = []
    for one in kept:
        if one.region not in covers:
            continue
        value = None if zero_is_missing and one.value == 0 else one.value
        made.append(
            IndicatorValue(
                region=one.region,
                covers=covers[one.region],
                domain=one.domain,
                value=value,
                flag=one.flag[:8],
            )
        )
    report.flags = dict(Counter(row.flag for row in made if row.flag))
    report.regions = len({row.region for row in made})
    report.domains = len({row.domain for row in made})
    report.missing = sum(row.value is None for row in made)
    report.values = len(made) - report.missing
    return made


@transaction.atomic
def import_indicators(
    *, exercise: Exercise, content: bytes, source: str, choices: ImportChoices
) -> IndicatorTable:
    """Save a table; one of the same key and year is replaced. All or nothing. Raises FileRefused."""
    values, report = prepare_import(content=content, source=source, choices=choices)
    IndicatorTable.objects.filter(exercise=exercise, key=choices.key, year=report.year).delete()
    table = IndicatorTable.objects.create(
        exercise=exercise,
        key=choices.key,
        title=choices.title,
        source=choices.origin,
        licence=choices.licence,
        unit=report.unit,
        year=report.year,
        nuts_version=report.vintage,
        provenance=choices.provenance,
        report=report.to_dict(),
        fingerprint=hashlib.sha256(content).hexdigest(),
    )
    for value in values:
        value.table = table
    IndicatorValue.objects.bulk_create(values, batch_size=2000)
    return table
