"""The findings of a run: how many of each kind a region has, and the first of them with their pages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from governance.models import Analysis, Finding, MapEdition
from governance.selectors.run_words import FINDINGS, finding_name, finding_subject
from mapping.models import Capability, RegionalPriority

Data = dict[str, Any]
Names = dict[str, dict[int, str]]
PAIRS = ("common_strength", "complementarity", "one_sided_need")


@dataclass(frozen=True, kw_only=True)
class FindingLine:
    """A finding as the list of a run names it.

    number: its main number, said what it is; explained: region, measure and key of how it was computed.
    """

    name: str
    region: str
    other_region: str
    subject: str
    number: str
    explained: tuple[str, str, str] | None


@dataclass(frozen=True, kw_only=True)
class FindingCounts:
    """Each kind with how many there are and in how many regions; in all."""

    rows: list[tuple[str, int, int]]
    total: int


def count_findings(found: QuerySet[Finding]) -> FindingCounts:
    """One query, and as many rows as kinds, however many regions there are."""
    counted = found.order_by().values("code").annotate(n=Count("pk"), regions=Count("region", distinct=True))
    kinds = {row["code"]: (row["n"], row["regions"]) for row in counted}
    return FindingCounts(
        rows=[(str(name), *kinds[code]) for code, name in FINDINGS.items() if code in kinds],
        total=sum(n for n, _regions in kinds.values()),
    )


def finding_lines(found: Iterable[Finding]) -> list[FindingLine]:
    """Three queries: names of what findings are about, and which regions are public."""
    rows = list(found)
    names, public = _names(rows), _public_regions(rows)
    return [
        FindingLine(
            name=finding_name(row),
            region=row.region.name if row.region else "",
            other_region=row.other_region.name if row.other_region else "",
            subject=finding_subject(row) or _subject(row, names),
            number=_number(row),
            explained=_explained(row, public),
        )
        for row in rows
    ]


def _names(rows: list[Finding]) -> Names:
    capabilities = {row.data[name] for row in rows if row.code in PAIRS for name in ("a", "b")}
    capabilities |= {row.data["capability_id"] for row in rows if row.code == "niche"}
    priorities = {row.data["priority_id"] for row in rows if row.code == "uncovered_priority"}
    priorities |= {row.data["topic"] for row in rows if row.data.get("topic") is not None}
    return {
        "capability": dict(Capability.objects.filter(pk__in=capabilities).values_list("pk", "name")),
        "priority": dict(RegionalPriority.objects.filter(pk__in=priorities).values_list("pk", "name")),
    }


def _subject(row: Finding, names: Names) -> str:
    """Of what the map names: capabilities and priorities; a field of statistics by its code."""
    data = row.data
    if row.code in PAIRS:
        return " – ".join(names["capability"].get(data[name], "") for name in ("a", "b"))
    if row.code == "niche":
        return names["capability"].get(data["capability_id"], "")
    if row.code == "uncovered_priority":
        return names["priority"].get(data["priority_id"], "")
    if "topic" in data:
        return _("all topics") if data["topic"] is None else names["priority"].get(data["topic"], "")
    return str(data.get("domain", ""))


NUMBERS: dict[str, tuple[str, Callable[[str], str]]] = {
    "dimension_gap": ("score", lambda number: _("level %(number)s") % {"number": number}),
    "perception_gap": ("gap", lambda number: _("difference %(number)s") % {"number": number}),
    "region_pair": ("complementarity", lambda number: _("complementarity %(number)s") % {"number": number}),
    "specialisation": ("lq", lambda number: _("quotient %(number)s") % {"number": number}),
    "priority_evidence": ("density", lambda number: _("density %(number)s") % {"number": number}),
    **dict.fromkeys(PAIRS, ("overlap", lambda number: _("overlap %(number)s") % {"number": number})),
}


def _number(row: Finding) -> str:
    """A missing one is none, never zero."""
    name, say = NUMBERS.get(row.code, ("", str))
    value = row.data.get(name)
    return "" if value is None else say(number_format(value, 1))


PLACES: dict[str, Callable[[Data], tuple[str, str]]] = {
    "dimension_gap": lambda data: ("theme", data["code"]),
    "perception_gap": lambda data: ("statement", data["code"].replace(".", "-")),
    "gap_order": lambda _data: ("gap-order", "all"),
    "niche": lambda _data: ("priorities", "all"),
    "uncovered_priority": lambda _data: ("priorities", "all"),
    **dict.fromkeys(PAIRS, lambda data: ("pair", f"{data['a']}-{data['b']}")),
    **dict.fromkeys(
        ("missing_seat_helix", "missing_seat_unit", "no_space", "unclear_mandate"),
        lambda _data: ("spaces", "coverage"),
    ),
    "specialisation": lambda data: ("field", data["domain"]),
    # Of a field without figures for the region there is nothing to explain but the table itself.
    "priority_evidence": lambda data: ("field", data["domain"]) if data["type"] else ("fields", "all"),
}


def _public_regions(rows: list[Finding]) -> set[str]:
    """Regions with a public edition: only they are named as partners of others."""
    runs = Analysis.objects.filter(pk__in={row.analysis_id for row in rows})
    editions = MapEdition.objects.filter(withdrawn_at=None, region_map__exercise__in=runs.values("exercise"))
    return set(editions.values_list("region_map__region__slug", flat=True))


def _explained(row: Finding, public: set[str]) -> tuple[str, str, str] | None:
    """What one region can add to another is explained on the page of the one that gains."""
    if row.code == "region_pair" and row.region and row.other_region:
        is_named = row.region.slug in public
        return (row.other_region.slug, "partner", row.region.slug) if is_named else None
    place = PLACES.get(row.code)
    return (row.region.slug, *place(row.data)) if place and row.region else None
