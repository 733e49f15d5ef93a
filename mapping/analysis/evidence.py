"""What statistics say about the regions of a partnership: specialisations, priorities, structural peers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from mapping.analysis.indicator_tables import IndicatorInputs, TerritoryIndicators
from mapping.analysis.indicators import read_indicators
from mapping.analysis.plain import from_plain, to_plain

SHOWN = 10


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
        Evidence is never a veto: a table may not see a field at all.
    """
    empty = not inputs.indicators.territories
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
            _region(slug, codes, found.get(slug), others.get(slug), inputs, empty=empty)
            for slug, codes in inputs.regions.items()
        ),
    )


def _region(
    slug: str,
    codes: tuple[str, ...],
    row: TerritoryIndicators | None,
    other: TerritoryIndicators | None,
    inputs: EvidenceInputs,
    *,
    empty: bool,
) -> dict[str, Any]:
    if row is None or other is None:
        return {"region_id": slug, "codes": codes, "reason": "NO_DATA" if empty else "NOT_COVERED"}
    return {
        "region_id": slug,
        "codes": codes,
        "reason": row.reason or "",
        "specialisations": to_plain(row.specialisations[:SHOWN]),
        "related": to_plain(row.related[:SHOWN]),
        "evidence": to_plain(row.evidence),
        "support_index": row.support_index,
        "missed": row.missed[:SHOWN],
        "peers": _peers(row, inputs),
        "peers_abroad": _peers(other, inputs),
    }


def _peers(row: TerritoryIndicators, inputs: EvidenceInputs) -> list[dict[str, Any]]:
    return [
        {
            "id": peer.territory_id,
            "name": inputs.names.get(str(peer.territory_id), ""),
            "distance": peer.distance,
        }
        for peer in row.peers[:SHOWN]
    ]
