"""Practices for the areas of improvement of a region: rows to plain values, and the reasons in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from cohes3ion.lib.jobs import JobState
from governance.enums import AnalysisKind, Dimension
from governance.models import AreaOfImprovement, RegionResult
from journeys.enums import ImplementationLevel
from journeys.matching.suggestions import (
    Need,
    Offer,
    Reason,
    Suggestion,
    SuggestionInputs,
    suggest_practices,
)
from journeys.models import Practice
from journeys.selectors import words
from journeys.selectors.practices import with_dimensions
from journeys.selectors.sources import gaps_for
from mapping.enums import UnitKind
from mapping.models import Code, RegionMap

Gaps = dict[str, float]
COMPARED = ("title", "summary", "description", "transfer", "conditions", "keywords")
MOST_AREAS = 300
LEVELS = {
    UnitKind.NATIONAL: ImplementationLevel.NATIONAL,
    UnitKind.REGION: ImplementationLevel.REGIONAL,
}


@dataclass(frozen=True, kw_only=True)
class ShownSuggestion:
    """A practice for a need, with what speaks for it in sentences."""

    practice: Practice
    percent: int
    is_own: bool
    grounds: tuple[Reason, ...] = ()  # as codes and numbers, for programs

    @property
    def reasons(self) -> list[str]:
        """Made when they are shown: of a thousand practices that fit, a page shows a few."""
        labels = {code.key: str(code.label) for code in self.practice.codes.all()}
        return worded(self.grounds, labels=labels)


@dataclass(frozen=True, kw_only=True)
class Fitting:
    """What may fit a need, apart from what is used for it; of what is used, why it fits."""

    suggestions: list[ShownSuggestion]
    why: dict[int, list[str]]  # by key of the practice


def fitting(found: list[ShownSuggestion], *, used: set[int]) -> Fitting:
    return Fitting(
        suggestions=[row for row in found if row.practice.pk not in used],
        why={row.practice.pk: row.reasons for row in found if row.practice.pk in used},
    )


def need_of(*, key: Any, region: str, area: Any, kinds: Iterable[str]) -> Need:
    """An area of improvement, a row or one of an edition, with the kinds of its units."""
    value = area.get if isinstance(area, dict) else lambda name: getattr(area, name)
    levels = {str(LEVELS.get(UnitKind(kind), ImplementationLevel.LOCAL)) for kind in kinds}
    return Need(
        key=str(key),
        region=region,
        text=f"{value('text')} {value('response_intended') or ''}",
        dimension=value("dimension") or "",
        levels=tuple(sorted(levels)),
    )


def _offer_of(practice: Practice) -> Offer:
    return Offer(
        key=str(practice.pk),
        region=practice.region.slug,
        text=" ".join(getattr(practice, name) for name in COMPARED),
        dimensions=tuple(practice.dimensions),
        codes=tuple(code.key for code in practice.codes.all()),
        level=practice.level,
        has_evidence=bool(practice.evidence.strip()),
    )


def _offered(dimensions: set[str]) -> list[Practice]:
    """Published practices that may fit needs in these dimensions ("": a need names none). Two queries."""
    rows = Practice.objects.published()
    if "" not in dimensions:
        # A practice that names no dimension is compared by its words.
        rows = with_dimensions(rows, codes=sorted(dimensions), or_none=True)
    return list(rows.select_related("region").prefetch_related("codes").defer("search").order_by("title"))


def suggested(
    *, needs: list[Need], gaps: Gaps, domains: list[str], region: str
) -> dict[str, list[ShownSuggestion]]:
    """For each need, by its key: the best first, those of the region itself last. At most two queries."""
    if not needs:
        return {}
    practices = {str(row.pk): row for row in _offered({need.dimension for need in needs})}
    found = suggest_practices(
        SuggestionInputs(
            needs=needs,
            offers=[_offer_of(row) for row in practices.values()],
            gaps={region: gaps},
            domains={region: domains},
        )
    )
    return {key: [_shown(row, practices[row.practice]) for row in rows] for key, rows in found.items()}


def _shown(row: Suggestion, practice: Practice) -> ShownSuggestion:
    return ShownSuggestion(
        practice=practice,
        percent=round(100 * row.fit),
        is_own=row.is_own,
        grounds=row.reasons,
    )


def worded(reasons: Iterable[Reason], *, labels: dict[str, str]) -> list[str]:
    """Reasons in sentences, those about other gaps in one. `labels`: names of codes."""
    said: dict[str, list[str]] = {}
    for reason in reasons:
        names = [_name(value, labels) for value in reason.values]
        code = reason.code
        if code == "dimension" and reason.gap is not None:
            said["gap"] = [*names, words.number(reason.gap)]
            continue
        if code == "other_gap":
            names = [_with_gap(name, reason.gap) for name in names]
        said.setdefault(code, []).extend(names)
    return [_sentence(code, names) for code, names in said.items()]


def _with_gap(name: str, gap: float | None) -> str:
    """A gap that is not known has no number: zero would say there is none."""
    return name if gap is None else f"{name} ({words.number(gap)})"


def _sentence(code: str, names: list[str]) -> str:
    if code == "gap":
        sentence = _("It helps with %(name)s, where the region is %(gap)s below the level it needs.")
        return sentence % {"name": names[0], "gap": names[1]}
    texts = {
        "dimension": _("It helps with %(names)s, the dimension of this area."),
        "words": _("Words in both texts: %(names)s."),
        "other_gap": _("It helps with other gaps too: %(names)s."),
        "domain": _("It is at home in a priority of the region: %(names)s."),
        "level": _("It works at a level that this area is about: %(names)s."),
        "evidence": _("Its record tells of results."),
        "no_dimension": _("The area names no dimension, so only words are compared."),
        "other_language": _("The texts are in different languages, so their words are not compared."),
    }
    return texts[code] % {"names": words.and_list(names)}


def _name(value: str, labels: dict[str, str]) -> str:
    if value in Dimension.values:
        return f"{value} {Dimension(value).label}"
    if value in ImplementationLevel.values:
        return str(ImplementationLevel(value).label).lower()
    return labels.get(value, value)


def target_gaps(gaps: Any) -> Gaps:
    """Distances to the needed levels; a dimension without one is not among them."""
    rows = gaps["region"]["dimensions"] if gaps else []
    return {row["code"]: row["target_gap"] for row in rows if row["target_gap"] is not None}


def _working_gaps(*, region_map: RegionMap, user: Any) -> Gaps:
    """From the newest finished analysis, as far as this person may see it. One query."""
    parts = RegionResult.objects.filter(
        region=region_map.region,
        analysis__exercise=region_map.exercise,
        analysis__kind=AnalysisKind.GAPS,
        analysis__state=JobState.DONE,
    )
    sees_small_groups = user.has_perm("governance.see_workspace", region_map)
    return target_gaps(gaps_for(parts.order_by("-analysis__pk").first(), sees_small_groups=sees_small_groups))


def _domains_of(*, region_map: RegionMap) -> list[str]:
    """Codes of the region's priorities. One query."""
    rows = Code.objects.filter(pk__in=region_map.priorities.values("codes"))
    return list(rows.values_list("key", flat=True))


def map_suggestions(
    *, region_map: RegionMap, areas: list[AreaOfImprovement], user: Any
) -> dict[str, list[ShownSuggestion]]:
    """On the partners' side, by key of the area. `areas` with their units. Four queries."""
    region = region_map.region.slug
    needs = [
        need_of(key=area.pk, region=region, area=area, kinds=[unit.kind for unit in area.units.all()])
        for area in areas
    ]
    if not needs:
        return {}
    return suggested(
        needs=needs,
        gaps=_working_gaps(region_map=region_map, user=user),
        domains=_domains_of(region_map=region_map),
        region=region,
    )


@dataclass(frozen=True, kw_only=True)
class Served:
    """A need of a published map that a practice may answer."""

    area: AreaOfImprovement
    reasons: list[str]


def served_needs(practice: Practice, *, but: Iterable[int | None] = (), most: int = 6) -> list[Served]:
    """Areas of other regions, `but` these, for which it may be an answer, the best fit first. One query."""
    rows = AreaOfImprovement.objects.filter(
        region_map__in=RegionMap.objects.published(), dimension__in=practice.dimensions
    ).exclude(Q(region_map__region=practice.region) | Q(pk__in=[pk for pk in but if pk]))
    areas = {str(row.pk): row for row in rows.select_related("region_map__region")[:MOST_AREAS]}
    needs = [
        need_of(key=key, region=row.region_map.region.slug, area=row, kinds=()) for key, row in areas.items()
    ]
    found = suggest_practices(SuggestionInputs(needs=needs, offers=[_offer_of(practice)]))
    ranked = sorted(
        ((rows[0], key) for key, rows in found.items() if rows),
        key=lambda pair: (-round(pair[0].fit, 9), areas[pair[1]].region_map.region.name, int(pair[1])),
    )
    return [Served(area=areas[key], reasons=worded(row.reasons[:2], labels={})) for row, key in ranked[:most]]
