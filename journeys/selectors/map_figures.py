"""Who is strong in what, and how deep the governance spaces go."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.enums import Depth
from journeys.selectors import words
from journeys.selectors.sources import DiagnosisSource
from journeys.selectors.statistics import fields_of, statistics_of
from mapping.charts.bars import Bar, BarWords, bar_figure
from mapping.charts.figure import Figure, Heading, rounded
from mapping.charts.matrix import (
    MatrixColumn,
    MatrixMark,
    MatrixParts,
    MatrixRow,
    MatrixWords,
    matrix_figure,
)
from mapping.enums import ChainRole, Strength

Json = dict[str, Any]
Head = Callable[..., Heading]
ROLE_LETTERS = dict(zip(ChainRole.values, "RKMPSD", strict=True))
NO_CODE = "none"
AGREES, DIFFERS = "=", "≠"
PRESENT = 3


def _column_of(capability: Json) -> str:
    """The field a capability stands under: its first economic division, else its first code."""
    economic = [code for code in capability["codes"] if code.startswith("nace:")]
    chosen = (economic or capability["codes"] or [NO_CODE])[0]
    return chosen.split(".")[0]


def _nested(units: list[Json]) -> list[tuple[Json, int]]:
    """Units in the order of the map, each with how deep it lies below another; circles end."""
    by_id = {unit["id"]: unit for unit in units}

    def depth(unit: Json, seen: frozenset[int]) -> int:
        above = [by_id[parent] for parent in unit["parents"] if parent in by_id and parent not in seen]
        return 1 + min(depth(parent, seen | {parent["id"]}) for parent in above) if above else 0

    return [(unit, min(3, depth(unit, frozenset({unit["id"]})))) for unit in units]


def _matrix_title(capabilities: list[Json], units: dict[int, str]) -> str:
    known = [row for row in capabilities if row["strength"] is not None]
    strong = [row for row in known if row["strength"] >= PRESENT]
    if not known:
        return _("No strength is known yet")
    told = {"strong": len(strong), "known": len(known)}
    if not strong:
        return _("None of %(known)d rated capabilities reaches critical mass") % told
    counts: dict[int, int] = {}
    for row in strong:
        counts[row["unit"]] = counts.get(row["unit"], 0) + 1
    most = max(counts.values())
    leaders = [units[unit] for unit, count in counts.items() if count == most and unit in units]
    if len(leaders) > 2:
        return (
            _("%(strong)d of %(known)d rated capabilities reach critical mass, spread over the units") % told
        )
    told |= {"unit": words.and_list(leaders), "most": most}
    text = ngettext(
        "%(strong)d of %(known)d rated capabilities reach critical mass; %(unit)s has most, %(most)d",
        "%(strong)d of %(known)d rated capabilities reach critical mass; %(unit)s have most, %(most)d each",
        len(leaders),
    )
    return text % told


def _missing_reason(capability: Json) -> str:
    if capability["strength"] is not None:
        return ""
    kinds = {"no_information": _("no information"), "does_not_apply": _("does not apply")}
    return kinds.get(capability["strength_answer"], _("not answered yet"))


def matrix_figure_of(source: DiagnosisSource, *, heading: Head) -> Figure | None:
    capabilities = source.content["capabilities"]
    if not capabilities:
        return None
    used = {row["unit"] for row in capabilities}
    rows = [(unit, depth) for unit, depth in _nested(source.content["units"]) if unit["id"] in used]
    row_of = {unit["id"]: index for index, (unit, _depth) in enumerate(rows)}
    columns = sorted({_column_of(row) for row in capabilities}, key=lambda code: (code == NO_CODE, code))
    column = {code: index for index, code in enumerate(columns)}
    parts = MatrixParts(
        rows=tuple(MatrixRow(label=unit["name"], depth=depth) for unit, depth in rows),
        columns=tuple(_column(source, code, capabilities) for code in columns),
        marks=tuple(
            MatrixMark(
                row=row_of[row["unit"]],
                column=column[_column_of(row)],
                name=row["name"],
                strength=row["strength"],
                role=ROLE_LETTERS.get(row["role"], ""),
                linked=row["priority"] is not None,
                reason=_missing_reason(row),
            )
            for row in capabilities
        ),
        words=MatrixWords(
            row=_("Territorial unit"),
            column=_("Field"),
            name=_("Capability"),
            strength=_("Strength"),
            role=_("Role"),
            strengths=_strength_names(),
            roles=tuple((ROLE_LETTERS[role.value], str(role.label)) for role in ChainRole),
            linked=_("Linked to a regional priority"),
            yes=_("yes"),
            missing=_("Strength not known"),
            notes=_("Statistics: location quotient") if fields_of(source) else "",
            signs=((AGREES, _("statistics in line with the map")), (DIFFERS, _("statistics differ"))),
        ),
    )
    title = _matrix_title(capabilities, source.unit_names)
    subtitle = _("Capabilities of the territorial units by field. Strength 1 (first actors) to 5 (leading).")
    head = heading(source, key="matrix", number=5, title=title, subtitle=subtitle, n=0)
    told = statistics_of(source)
    if told is not None and told.is_covered:
        head = replace(head, source=f"{head.source}; {told.origin}")
    return matrix_figure(parts, heading=head)


def _column(source: DiagnosisSource, code: str, capabilities: list[Json]) -> MatrixColumn:
    """A field, with what the statistics say of it beside what the map says."""
    if code == NO_CODE:
        return MatrixColumn(label=_("No code yet"))
    label = words.code_text(code, labels=source.content.get("codes", {}))
    found = fields_of(source).get(code.removeprefix("nace:"), {})
    if found.get("lq") is None:
        return MatrixColumn(label=label, said=_("no figures") if fields_of(source) else "")
    known = [row["strength"] for row in capabilities if _column_of(row) == code and row["strength"]]
    number = words.number(found["lq"])
    # What reads 1.0 is called neither more nor less.
    is_high = found["confirmed"] and rounded(found["lq"]) > 1
    is_low = rounded(found["lq"]) < 1
    if not known or not (is_high or is_low):
        return MatrixColumn(label=label, note=number, said=number)
    agrees = (max(known) >= PRESENT) == is_high
    said = _("%(number)s, in line with the map") if agrees else _("%(number)s, differs from the map")
    return MatrixColumn(
        label=label, note=f"{number} {AGREES if agrees else DIFFERS}", said=said % {"number": number}
    )


def _strength_names() -> tuple[str, str, str, str, str]:
    one, two, three, four, five = (str(step.label) for step in Strength)
    return one, two, three, four, five


def _spaces_title(spaces: list[Json]) -> str:
    known = [row for row in spaces if row["depth"] is not None]
    deep = [row for row in known if row["depth"] >= Depth.COORDINATION]
    if not known:
        return _("The depth of no governance space is known yet")
    told = {"deep": len(deep), "known": len(known)}
    return _("%(deep)d of %(known)d governance spaces reach coordination or more") % told


def spaces_figure(source: DiagnosisSource, *, heading: Head) -> Figure | None:
    spaces = source.content["spaces"]
    if not spaces:
        return None
    ranked = sorted(spaces, key=lambda row: -(row["depth"] or 0))
    return bar_figure(
        [
            Bar(
                label=row["name"],
                value=row["depth"],
                reason="" if row["depth"] is not None else _("depth not known"),
            )
            for row in ranked
        ],
        heading=heading(
            source,
            key="spaces",
            number=4,
            title=_spaces_title(spaces),
            subtitle=_(
                "Depth 1 information, 2 consultation, 3 coordination, 4 co-decision, 5 joint delivery. "
                "Units and helices taking part stand in the region's data."
            ),
            n=0,
        ),
        words=BarWords(
            row=_("Governance space"),
            value=_("Depth"),
            levels=tuple(str(step.label) for step in Depth),
            decimals=0,
        ),
    )
