"""What statistics say about the regions of a partnership: specialisations, priorities, structural peers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

from mapping.analysis.counted_units import UNIT_NOT_COUNTED
from mapping.analysis.indicator_tables import IndicatorInputs, TerritoryIndicators
from mapping.analysis.indicators import fields_of, read_indicators, structure_of
from mapping.analysis.plain import from_plain, to_plain

SHOWN = 10
APART = 3  # fields named for each peer in which it differs most


@dataclass(frozen=True, kw_only=True)
class TableCard:
    """Where the figures come from; stands beside every number made from them."""

    title: str = ""
    source: str = ""
    licence: str = ""
    unit: str = ""
    year: int = 0
    nuts_version: str = ""
    provenance: str = ""


@dataclass(frozen=True, kw_only=True)
class EvidenceInputs:
    """regions: those of the partnership, with the codes of the table they are made of; none if not covered.

    indicators: regions that are covered by their short name, and all other territories of the table.
    """

    card: TableCard
    regions: dict[str, tuple[str, ...]]
    names: dict[str, str]
    indicators: IndicatorInputs

    def to_dict(self) -> dict[str, Any]:
        plain: dict[str, Any] = to_plain(self)
        return plain

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return from_plain(cls, data)


@dataclass(frozen=True, kw_only=True)
class EvidenceReport:
    card: TableCard
    territories: int
    domains: int
    density_threshold: float | None
    regions: tuple[dict[str, Any], ...]

    def to_dict(self) -> dict[str, Any]:
        plain: dict[str, Any] = to_plain(self)
        return plain


def weigh_statistics(inputs: EvidenceInputs) -> EvidenceReport:
    """Quotients with the noise guard (A1, A2), related fields (A5, A6), priorities (B8) and peers (A12).

    Parameters
    ----------
    inputs
        One table of one year and level. The reference of every quotient is the sum of its territories.

    Returns
    -------
    EvidenceReport
        Per region of the partnership; reason NO_DATA when there is no table, NOT_COVERED when it is no sum of
        territories of the table. Peers twice: among all, and without those of the same country.
        `fields` holds every field with its count, what an equal share would be, and its quotient.
        Where the table holds no counts, `confirmed` is None and `noise_reason` says why.
        Evidence is never a veto: a table may not see a field at all.
    """
    empty = not inputs.indicators.territories
    fields = {} if empty else fields_of(inputs.indicators, inputs.regions)
    apart = {} if empty else _apart(inputs)
    everywhere = read_indicators(inputs.indicators) if not empty else None
    abroad = read_indicators(replace(inputs.indicators, exclude_own_country=True)) if not empty else None
    found = {row.territory_id: row for row in everywhere.territories} if everywhere else {}
    others = {row.territory_id: row for row in abroad.territories} if abroad else {}
    return EvidenceReport(
        card=inputs.card,
        territories=len(inputs.indicators.territories),
        domains=len(inputs.indicators.domains),
        density_threshold=everywhere.density_threshold if everywhere else None,
        regions=tuple(
            _region(slug, codes, (found.get(slug), others.get(slug)), inputs, apart)
            | {"fields": to_plain(fields.get(slug, ()))}
            for slug, codes in inputs.regions.items()
        ),
    )


def _region(
    slug: str,
    codes: tuple[str, ...],
    rows: tuple[TerritoryIndicators | None, TerritoryIndicators | None],
    inputs: EvidenceInputs,
    apart: "Apart",
) -> dict[str, Any]:
    row, other = rows
    if row is None or other is None:
        reason = "NOT_COVERED" if inputs.indicators.territories else "NO_DATA"
        return {"region_id": slug, "codes": codes, "reason": reason}
    return {
        "region_id": slug,
        "codes": codes,
        "reason": row.reason or "",
        "each": inputs.indicators.each,
        "noise_reason": "" if inputs.indicators.each else UNIT_NOT_COUNTED,
        "specialisations": to_plain(row.specialisations[:SHOWN]),
        "related": to_plain(row.related[:SHOWN]),
        "evidence": to_plain(row.evidence),
        "support_index": row.support_index,
        "missed": row.missed,
        "peers": _peers(row, inputs, apart),
        "peers_abroad": _peers(other, inputs, apart),
    }


Apart = Mapping[tuple[str, str], list[dict[str, Any]]]


def _apart(inputs: EvidenceInputs) -> Apart:
    """For each region of the partnership and each other territory, the fields in which they differ most."""
    table, found = inputs.indicators, structure_of(inputs.indicators)
    if found is None:
        return {}
    ids = [str(territory.id) for territory in table.territories]
    shares = np.array([[np.nan if value is None else value for value in row] for row in table.structure])
    named = {}
    for here in (n for n, key in enumerate(ids) if key in inputs.regions):
        differences = np.nan_to_num(np.abs(found.normalised - found.normalised[here]), nan=0.0)
        order = np.argsort(-np.round(differences, 9), axis=1, kind="stable")[:, :APART]
        for there, places in enumerate(order):
            named[ids[here], ids[there]] = [
                {"domain": table.domains[d], "here": float(shares[here, d]), "there": float(shares[there, d])}
                for d in places
                if differences[there, d] > 0
            ]
    return named


def _peers(row: TerritoryIndicators, inputs: EvidenceInputs, apart: Apart) -> list[dict[str, Any]]:
    countries = {territory.id: territory.country for territory in inputs.indicators.territories}
    return [
        {
            "id": peer.territory_id,
            "name": inputs.names.get(str(peer.territory_id), ""),
            "country": countries[peer.territory_id],
            "distance": peer.distance,
            "joint_weight": peer.joint_weight,
            "apart": apart.get((str(row.territory_id), str(peer.territory_id)), []),
        }
        for peer in row.peers[:SHOWN]
    ]
