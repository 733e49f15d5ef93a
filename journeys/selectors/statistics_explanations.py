"""How the numbers from imported statistics were computed."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from journeys.selectors import words
from journeys.selectors.explained import Explained, Number
from journeys.selectors.sources import DiagnosisSource
from journeys.selectors.statistics import Statistics, field_name, fields_of, statistics_of

Json = dict[str, Any]


def _number(value: float | None, decimals: int) -> str:
    return "–" if value is None else words.number(value, decimals)


def field(source: DiagnosisSource, key: str) -> Explained | None:
    """One field of the table in this region: count, equal share, quotient, chance, density, verdict."""
    told, row = statistics_of(source), fields_of(source).get(key)
    if told is None or row is None or source.evidence is None:
        return None
    return Explained(
        title=field_name(key),
        lead=_("What the table of statistics says of this field in the region."),
        numbers=_numbers(told, row, source.evidence["region"]["evidence"]),
        columns=(_("What"), _("Value")),
        rows=(
            (_("In the region (%(unit)s)") % {"unit": told.unit}, _amount(row["count"], told)),
            (_("At the share of all regions it would be"), _amount(row["expected"], told)),
            (_("Chance of at least so many, were the share the same"), _chance(row["p_upper"])),
            (
                _("Line of density: the median of the table"),
                _number(source.evidence.get("density_threshold"), 1),
            ),
        ),
        sentences=_sentences(told),
        origin=told.origin,
        back="statistics",
    )


def _numbers(told: Statistics, row: Json, priorities: list[Json]) -> tuple[Number, ...]:
    verdicts = {one["domain"]: one["type"] for one in priorities}
    why = words.reason("NO_DATA")
    numbers = [
        Number(
            label=_("Location quotient"),
            value=_number(row["lq"], 2),
            method="quotient",
            reason="" if told.is_covered else told.why_nothing,
        ),
        Number(
            label=_("More than noise"),
            value=_yes(row["confirmed"]),
            method="quotient",
            reason=_untested(told),
        ),
        Number(
            label=_("Density of related fields, 0 to 100"),
            value=_number(row["density"], 1),
            method="related-fields",
            reason="" if row["density"] is not None else why,
        ),
    ]
    if row["domain"] in verdicts:
        kind = verdicts[row["domain"]]
        numbers.append(
            Number(
                label=_("As a field of a priority"),
                value=str(words.EVIDENCE.get(kind, "–")),
                method="priority-evidence",
                reason=str(words.EVIDENCE_MEANS.get(kind, why)),
            )
        )
    return tuple(numbers)


def _amount(value: float | None, told: Statistics) -> str:
    """Persons are whole; thousands of them, or money, are not, and below ten their decimals count."""
    if told.each == 1 or value is None:
        return _number(value, 0)
    return _number(value, 1 if value >= 10 else 3)


def _yes(confirmed: bool | None) -> str:
    if confirmed is None:
        return "–"
    return _("yes") if confirmed else _("no")


def _untested(told: Statistics) -> str:
    return words.reason(told.noise_reason) if told.noise_reason else ""


def _sentences(told: Statistics) -> tuple[str, ...]:
    """What a quotient is held against, and how it is told from noise."""
    compared = _("Compared with all %(n)d regions of the table.") % {"n": told.territories}
    if told.each is None:
        untested = _(
            "“%(unit)s” is no count of persons or firms that is known here: chance is not ruled out."
        )
        return compared, untested % {"unit": told.unit}
    rule = _("From five up, and below one chance in a hundred, it is more than noise.")
    if told.each == 1:
        return compared, rule
    times = _("The unit is “%(unit)s”: for the test against noise each number is taken times %(n)s.")
    return compared, times % {"unit": told.unit, "n": words.number(told.each, 0)}, rule


def _chance(value: float | None) -> str:
    if value is None:
        return "–"
    return _("below 0.0001") if value < 0.0001 else words.number(value, 4)


def fields(source: DiagnosisSource, key: str) -> Explained | None:
    """Every field of the table in this region, the highest quotient first."""
    told, rows = statistics_of(source), fields_of(source)
    if told is None or key != "all":
        return None
    ranked = sorted(rows.values(), key=lambda row: -(row["lq"] or 0))
    confirmed = sum(bool(row["confirmed"]) for row in ranked)
    return Explained(
        title=_("Specialisation by field"),
        lead=_("The share of each field in the region beside its share in all regions of the table."),
        numbers=(
            Number(label=_("Fields with figures"), value=str(len(ranked)), method="quotient"),
            Number(
                label=_("Specialised beyond noise"),
                value="–" if told.each is None else str(confirmed),
                method="quotient",
                reason=_untested(told),
            ),
        ),
        columns=(_("Field"), _("In the region"), _("At an equal share"), _("Quotient"), _("Chance")),
        rows=tuple(
            (
                field_name(row["domain"]),
                _amount(row["count"], told),
                _amount(row["expected"], told),
                _number(row["lq"], 2),
                _chance(row["p_upper"]),
            )
            for row in ranked
        ),
        sentences=_sentences(told),
        origin=told.origin,
        back="figure-statistics",
    )


def peers(source: DiagnosisSource, key: str) -> Explained | None:
    """The nearest regions by structure, and the fields in which each differs most."""
    told = statistics_of(source)
    if told is None or source.evidence is None or not told.is_covered or key not in ("all", "abroad"):
        return None
    rows = source.evidence["region"]["peers" if key == "all" else "peers_abroad"]
    if not rows:
        return None
    return Explained(
        title=_("Regions with the most similar structure"),
        lead=_(
            "By shares of the fields of this table, nearest first; size, age, education and place are not in "
            "it. Similar is not the same as complementary."
        ),
        numbers=tuple(
            Number(label=row["name"], value=words.number(row["distance"], 4), method="peers")
            for row in rows[:3]
        ),
        columns=(_("Region"), _("Distance"), _("Fields known of both")),
        rows=tuple(
            (
                row["name"],
                words.number(row["distance"], 4),
                f"{round(100 * row.get('joint_weight', 1))} %",
            )
            for row in rows
        ),
        sentences=tuple(_differences(row) for row in rows[:3] if row.get("apart")),
        origin=told.origin,
        back="peers",
    )


def _differences(row: Json) -> str:
    told = {"region": row["name"], "fields": "; ".join(_apart(one) for one in row["apart"])}
    return _("%(region)s differs most in: %(fields)s.") % told


def _apart(row: Json) -> str:
    here, there = (f"{words.number(100 * row[side])} %" for side in ("here", "there"))
    return _("%(field)s, here %(here)s, there %(there)s") % {
        "field": field_name(row["domain"]),
        "here": here,
        "there": there,
    }


MEASURES: dict[str, Callable[[DiagnosisSource, str], Explained | None]] = {
    "field": field,
    "fields": fields,
    "peers": peers,
}
