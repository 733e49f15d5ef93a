"""What the statistics say about a region: figure, priorities and neighbours, each with year and source."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.selectors import words
from journeys.selectors.sources import DiagnosisSource
from mapping.charts.bars import Bar, BarWords, bar_figure
from mapping.charts.figure import Figure, Heading
from mapping.selectors.reference import reference_list

Json = dict[str, Any]
BESIDE = 5
TONES = {"consolidate": "ok", "isolated_strength": "ok", "related_diversification": "", "unsupported": "grey"}


@dataclass(frozen=True, kw_only=True)
class FieldOfPriority:
    """A field of a priority: its quotient, and what the table says of it."""

    code: str
    name: str
    lq: float | None
    verdict: str
    means: str
    tone: str


@dataclass(frozen=True, kw_only=True)
class FieldBeside:
    """A field that no priority names: its quotient where the region is strong, its density where near."""

    code: str
    name: str
    value: float


@dataclass(frozen=True, kw_only=True)
class Peer:
    """A region of similar structure, with its country; slug: a published one of the partnership."""

    name: str
    slug: str
    country: str
    distance: float


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """priorities: fields and what the table says; peers: nearest regions, also without the own country.

    each: how many things one number of the table stands for; None: no counts, so no test against noise.
    unnamed: strong with related fields, and in no priority. near: not there, but close to what is strong.
    """

    title: str
    source: str
    licence: str
    unit: str
    year: int
    is_invented: bool
    is_covered: bool
    priorities: list[FieldOfPriority]
    peers: list[Peer]
    peers_abroad: list[Peer]
    territories: int
    unnamed: list[FieldBeside]
    near: list[FieldBeside]
    each: float | None = 1.0
    noise_reason: str = ""
    reason: str = ""

    @property
    def why_nothing(self) -> str:
        """Why the region has no quotient at all."""
        if self.reason == "COVERAGE_TOO_LOW":
            return _(
                "The table has figures for less than two thirds of the fields here, so nothing is computed."
            )
        if self.reason == "ZERO_TOTAL":
            return _("The table holds only zeros for this territory, so nothing is computed.")
        return _("The table has no figures for exactly this territory, so nothing is computed.")

    @property
    def origin(self) -> str:
        return _("Source: %(source)s, %(title)s, %(year)d (%(licence)s)") % {
            "source": self.source,
            "title": self.title,
            "year": self.year,
            "licence": self.licence,
        }

    @property
    def why_none_unnamed(self) -> str:
        """Why no strong field is named: none is, or none can be told from chance."""
        if self.noise_reason:
            return _(
                "Not said: “%(unit)s” is no count of persons or firms that is known here, so none can be "
                "told from chance."
            ) % {"unit": self.unit}
        return _("None that is more than noise.")

    @property
    def supported(self) -> int:
        return sum(row.tone == "ok" for row in self.priorities)


@lru_cache(maxsize=1)
def _fields() -> dict[str, str]:
    return {row["code"]: row["label"] for row in reference_list("nace-2.1")["codes"] if len(row["code"]) == 3}


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    return {
        row["code"]: row["label"] for row in reference_list("nuts-2021")["codes"] if len(row["code"]) == 2
    }


def field_name(code: str) -> str:
    """A division by its name, with its code; what has no division of Rev. 2.1 keeps its code."""
    if code == "45":
        return _("Trade and repair of motor vehicles (45 of Rev. 2)")
    return f"{_fields()[code]} ({code})" if code in _fields() else code


def fields_of(source: DiagnosisSource) -> dict[str, Json]:
    """Every field of the table for this region, by code."""
    if source.evidence is None:
        return {}
    return {row["domain"]: row for row in source.evidence["region"].get("fields", [])}


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
        priorities=_priorities(region, fields_of(source)),
        peers=[_peer(row, source) for row in region.get("peers", [])],
        peers_abroad=[_peer(row, source) for row in region.get("peers_abroad", [])],
        territories=source.evidence["territories"],
        each=region.get("each", 1.0),
        noise_reason=region.get("noise_reason", ""),
        reason=region["reason"],
        unnamed=_unnamed(region, fields_of(source)),
        near=[
            FieldBeside(code=row["domain"], name=field_name(row["domain"]), value=row["points"])
            for row in region.get("related", [])
            if row["domain"] not in {one["domain"] for one in region.get("evidence", [])}
        ][:BESIDE],
    )


def _unnamed(region: Json, fields: dict[str, Json]) -> list[FieldBeside]:
    """Beyond noise only, the highest quotient first."""
    rows = [fields[code] for code in region.get("missed", []) if fields.get(code, {}).get("confirmed")]
    return [
        FieldBeside(code=row["domain"], name=field_name(row["domain"]), value=row["lq"])
        for row in sorted(rows, key=lambda row: -row["lq"])[:BESIDE]
    ]


def _priorities(region: Json, fields: dict[str, Json]) -> list[FieldOfPriority]:
    return [
        FieldOfPriority(
            code=row["domain"],
            name=field_name(row["domain"]),
            lq=fields.get(row["domain"], {}).get("lq"),
            verdict=str(words.EVIDENCE.get(row["type"], _("no figures"))),
            means=str(words.EVIDENCE_MEANS.get(row["type"], "")),
            tone=TONES.get(row["type"], "grey"),
        )
        for row in region.get("evidence", [])
    ]


def _peer(row: Json, source: DiagnosisSource) -> Peer:
    country = row.get("country", "")
    return Peer(
        name=row["name"],
        slug=row["id"] if row["id"] in source.published else "",
        country=_countries().get(country, country),
        distance=row["distance"],
    )


def _title(rows: list[Json], told: Statistics) -> str:
    """The finding; one name only, since names of fields hold commas themselves."""
    if told.noise_reason:
        return _("Fields with the highest location quotients, not tested against noise")
    if not rows:
        return _("The statistics show no specialisation beyond noise")
    found = {"n": len(rows), "field": field_name(rows[0]["domain"])}
    return (
        ngettext(
            "The statistics show specialisation in %(field)s",
            "The statistics show specialisation in %(n)d fields, most of all in %(field)s",
            len(rows),
        )
        % found
    )


def _subtitle(told: Statistics) -> str:
    if told.noise_reason:
        text = _(
            "Location quotient: 1 is the same share of %(unit)s as in all %(n)d regions of the table. The "
            "ten highest. “%(unit)s” is no count of persons or firms that is known here, so chance is not "
            "ruled out."
        )
    else:
        text = _(
            "Location quotient: 1 is the same share of %(unit)s as in all %(n)d regions of the table. Only "
            "fields with five or more, and less than one chance in a hundred of being noise; the ten highest."
        )
    return text % {"unit": told.unit, "n": told.territories}


def statistics_figure(source: DiagnosisSource, *, heading: Callable[..., Heading]) -> Figure | None:
    """The fields in which the region is specialised, by location quotient; beyond noise if tested."""
    told = statistics_of(source)
    if told is None or source.evidence is None or not told.is_covered:
        return None
    rows = [row for row in source.evidence["region"]["specialisations"] if row["confirmed"] is not False]
    known, all_fields = len(fields_of(source)), source.evidence.get("domains")
    head = heading(
        source,
        key="statistics",
        number=7,
        title=_title(rows, told),
        subtitle=_subtitle(told),
        n=0,
    )
    covered = _("%(known)d of %(all)d fields have figures") % {"known": known, "all": all_fields or known}
    changes = {
        "source": told.origin,
        "n": covered if known else "",
        "date": "",
        "provenance": _("Figures invented for the demonstration") if told.is_invented else "",
    }
    return bar_figure(
        [Bar(label=field_name(row["domain"]), value=row["lq"], own=True) for row in rows],
        heading=replace(head, **changes),
        words=BarWords(
            row=_("Field"), value=_("Location quotient"), target=_("Same share as in all"), decimals=1
        ),
        target=1.0,
    )
