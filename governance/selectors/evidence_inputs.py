"""What the evidence analysis reads: the newest table of statistics, regions as sums of its territories."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache

from governance.enums import AnalysisKind
from mapping.analysis.counted_units import counted_by
from mapping.analysis.evidence import EvidenceInputs, TableCard
from mapping.analysis.indicator_tables import DeclaredPriority, IndicatorInputs, Territory
from mapping.models import Exercise, IndicatorTable, IndicatorValue, RegionalPriority, RegionMap
from mapping.selectors.reference import reference_list

Counts = dict[str, dict[str, float | None]]  # the codes of 2021 a territory covers -> domain -> count


@lru_cache(maxsize=1)
def _codes_of_2021() -> dict[str, str]:
    return {row["code"]: row["label"] for row in reference_list("nuts-2021")["codes"]}


@lru_cache(maxsize=1)
def _divisions() -> dict[str, str]:
    return {row["from"]: row["to"] for row in reference_list("nace-2-to-2.1")["codes"]}


def evidence_inputs(*, exercise: Exercise) -> EvidenceInputs:
    """Four queries. Empty territories while nothing was imported."""
    maps = RegionMap.objects.filter(exercise=exercise).select_related("region").order_by("region__slug")
    regions = {row.region.slug: row.region for row in maps}
    table = IndicatorTable.objects.filter(exercise=exercise).newest_first().first()
    counts = _counts(table) if table else {}
    parts = {slug: _parts(region.nuts_codes, counts) for slug, region in regions.items()}
    rows: Counts = {slug: _sum([counts[key] for key in keys]) for slug, keys in parts.items() if keys}
    used = {key for keys in parts.values() for key in keys}
    rows |= {key: counts[key] for key in sorted(counts) if key not in used}
    domains = sorted({domain for row in rows.values() for domain in row})
    table_of = [[row.get(domain) for domain in domains] for row in rows.values()]
    countries = {slug: "".join(region.nuts_codes[:1])[:2] for slug, region in regions.items()}
    return EvidenceInputs(
        card=_card(table),
        regions={slug: tuple(" ".join(keys).split()) for slug, keys in parts.items()},
        names={key: _name(key, {slug: row.name for slug, row in regions.items()}) for key in rows},
        indicators=IndicatorInputs(
            territories=tuple(Territory(id=key, country=countries.get(key, key[:2])) for key in rows),
            domains=tuple(domains),
            counts=tuple(tuple(row) for row in table_of),
            priorities=_priorities(exercise, set(domains), set(rows)),
            structure=tuple(_shares(row) for row in table_of),
            structure_weights=(1.0,) * len(domains),
            each=counted_by(table.unit) if table else 1.0,
        ),
    )


def _card(table: IndicatorTable | None) -> TableCard:
    if table is None:
        return TableCard()
    names = ("title", "source", "licence", "unit", "year", "nuts_version", "provenance")
    return TableCard(**{name: getattr(table, name) for name in names})


def _counts(table: IndicatorTable) -> Counts:
    """Counts by territory; parts of one region of 2021 are added up, unknown if one of them is."""
    parts: dict[str, dict[str, Counts]] = defaultdict(dict)
    for row in IndicatorValue.objects.filter(table=table).order_by("region", "domain"):
        division = _divisions().get(row.domain[-2:], row.domain) if row.domain[-2:].isdigit() else row.domain
        parts[row.covers].setdefault(row.region, {})[division] = row.value  # type: ignore[assignment]
    return {covers: _sum(list(own.values())) for covers, own in parts.items()}  # type: ignore[arg-type]


def _sum(rows: list[dict[str, float | None]]) -> dict[str, float | None]:
    domains = dict.fromkeys(domain for row in rows for domain in row)
    found: dict[str, float | None] = {}
    for domain in domains:
        values = [row.get(domain) for row in rows]
        known = [value for value in values if value is not None]
        found[domain] = sum(known) if len(known) == len(values) else None
    return found


def _smallest(codes: Iterable[str]) -> set[str]:
    """The regions of NUTS 3 that a list of codes is made of."""
    wanted = tuple(codes)
    return {code for code in _codes_of_2021() if len(code) == 5 and wanted and code.startswith(wanted)}


def _parts(codes: list[str], counts: Counts) -> list[str]:
    """The territories of the table that together are the region; none when they are not exactly it."""
    whole = _smallest(codes)
    inside = {key: found for key in counts if (found := _smallest(key.split())) and found <= whole}
    return sorted(inside) if whole and set().union(*inside.values()) == whole else []


def coverage_of(*, exercise: Exercise, covers: Collection[str]) -> tuple[list[str], list[str]]:
    """Names of the regions of an exercise that a table covers exactly, and of the others."""
    counts: Counts = {key: {} for key in covers}
    maps = RegionMap.objects.filter(exercise=exercise).select_related("region").order_by("region__name")
    found: tuple[list[str], list[str]] = ([], [])
    for row in maps:
        found[0 if _parts(row.region.nuts_codes, counts) else 1].append(row.region.name)
    return found


def _name(key: str, regions: dict[str, str]) -> str:
    return regions.get(key) or " + ".join(_codes_of_2021().get(code, code) for code in key.split())


def _shares(row: list[float | None]) -> tuple[float | None, ...]:
    whole = sum(value for value in row if value is not None)
    return tuple(None if value is None or not whole else value / whole for value in row)


def _priorities(exercise: Exercise, domains: set[str], rows: set[str]) -> tuple[DeclaredPriority, ...]:
    """Divisions of the priorities' codes that the table has; each once a region."""
    declared = RegionalPriority.objects.filter(region_map__exercise=exercise).values_list(
        "region_map__region__slug", "codes__key"
    )
    found = {
        (slug, key.removeprefix("nace:")[:3])
        for slug, key in declared
        if key and key.startswith("nace:") and slug in rows
    }
    return tuple(
        DeclaredPriority(territory_id=slug, domain=domain)
        for slug, domain in sorted(found)
        if domain in domains
    )


def kinds_of(*, exercise: Exercise) -> list[str]:
    """The analyses an exercise can run: evidence from statistics only once a table was imported."""
    has_table = IndicatorTable.objects.filter(exercise=exercise).exists()
    return [kind for kind in AnalysisKind.values if kind != AnalysisKind.EVIDENCE or has_table]
