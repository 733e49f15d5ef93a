"""What the statistics say about a region: figure, priorities and neighbours, each with year and source."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.selectors import words
from journeys.selectors.sources import DiagnosisSource
from mapping.charts.bars import Bar, BarWords, bar_figure
from mapping.charts.figure import Figure, Heading
from mapping.selectors.reference import reference_list

Json = dict[str, Any]
KINDS = {
    "consolidate": gettext_lazy("supported: the region is specialised here and in related fields"),
    "isolated_strength": gettext_lazy("supported: the region is specialised here, but not in related fields"),
    "related_diversification": gettext_lazy("near: not specialised here, but in related fields"),
    "unsupported": gettext_lazy("not visible in the statistics"),
}


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """priorities: field and what the table says; peers: nearest regions, with and without the own country."""

    title: str
    source: str
    licence: str
    unit: str
    year: int
    is_invented: bool
    is_covered: bool
    priorities: list[tuple[str, str]]
    peers: list[str]
    peers_abroad: list[str]
    territories: int


@lru_cache(maxsize=1)
def _fields() -> dict[str, str]:
    return {row["code"]: row["label"] for row in reference_list("nace-2.1")["codes"] if len(row["code"]) == 3}


def field_name(code: str) -> str:
    """A division by its name, with its code; what has no division of Rev. 2.1 keeps its code."""
    return f"{_fields()[code]} ({code})" if code in _fields() else code


def statistics_of(source: DiagnosisSource) -> Statistics | None:
    """None while no table was imported, analysed and published."""
    if source.evidence is None or not source.evidence["card"]["year"]:
        return None
    card, region = source.evidence["card"], source.evidence["region"]
    return Statistics(
        title=card["title"],
        source=card["source"],
        licence=card["licence"],
        unit=card["unit"],
        year=card["year"],
        is_invented=card["provenance"] == "invented",
        is_covered=not region["reason"],
        priorities=[
            (field_name(row["domain"]), str(KINDS.get(row["type"], _("no data"))))
            for row in region.get("evidence", [])
        ],
        peers=[row["name"] for row in region.get("peers", [])],
        peers_abroad=[row["name"] for row in region.get("peers_abroad", [])],
        territories=source.evidence["territories"],
    )


def statistics_figure(source: DiagnosisSource, *, heading: Callable[..., Heading]) -> Figure | None:
    """The fields in which the region is specialised beyond noise, by location quotient."""
    told = statistics_of(source)
    if told is None or source.evidence is None or not told.is_covered:
        return None
    rows = [row for row in source.evidence["region"]["specialisations"] if row["confirmed"]]
    names = [field_name(row["domain"]) for row in rows[:3]]
    title = _("The statistics show specialisation in %(fields)s") % {"fields": words.and_list(names)}
    head = heading(
        source,
        key="statistics",
        number=6,
        title=title if rows else _("The statistics show no specialisation beyond noise"),
        subtitle=_(
            "Location quotient: 1 is the same share of %(unit)s as in all %(n)d regions of the table. Only "
            "fields with five or more, and less than one chance in a hundred of being noise."
        )
        % {"unit": told.unit, "n": told.territories},
        n=0,
    )
    origin = _("Source: %(source)s, %(title)s, %(year)d (%(licence)s)") % {
        "source": told.source,
        "title": told.title,
        "year": told.year,
        "licence": told.licence,
    }
    changes = {
        "source": origin,
        "date": "",
        "provenance": _("Figures invented for the demonstration") if told.is_invented else "",
    }
    return bar_figure(
        [Bar(label=field_name(row["domain"]), value=row["lq"], own=True) for row in rows],
        heading=Heading(**{**head.__dict__, **changes}),
        words=BarWords(row=_("Field"), value=_("Location quotient"), decimals=1),
    )
