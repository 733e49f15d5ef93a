"""The diagnosis of a region as one page."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from governance.models import Analysis, RegionResult
from governance.scoring.settings import Thresholds
from governance.selectors.inputs import MARKED, AnswerSource, answer_sources, gap_inputs
from governance.selectors.part_marks import earlier_gap_mark
from journeys.models import MeetingCount
from journeys.selectors.annex_figures import wheel_steps
from journeys.selectors.figures import DrawnFigure, drawn, explanation_of, figures_of, firmness_of
from journeys.selectors.gap_explanations import is_withheld
from journeys.selectors.link_figures import Links, links_of
from journeys.selectors.maps import region_locator
from journeys.selectors.posts import meetings_of
from journeys.selectors.reasons import Synergy, seats_of, synergies_of
from journeys.selectors.sentences import Sentence, one_minute
from journeys.selectors.sources import DiagnosisSource, draft_source, published_source
from journeys.selectors.statistics import Peer, Statistics, statistics_of
from mapping.models import RegionMap

Json = dict[str, Any]
SHOWN_SYNERGIES = 12


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """Another region with what it can give: never a ranking, similarity and complementarity kept apart."""

    slug: str
    name: str
    similarity: float | None
    complementarity: float | None
    fill: float | None


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    source: DiagnosisSource
    sentences: list[Sentence]
    figures: dict[str, DrawnFigure]
    synergies: list[Synergy]
    synergies_in_all: int
    seats: list[str]
    neighbours: list[Neighbour]
    statistics: Statistics | None = None
    links: Links | None = None
    meetings: MeetingCount | None = None
    wheel_steps: list[tuple[str, ...]] = field(default_factory=list)
    leaves_out_own_country: bool = False
    may_edit_summary: bool = False
    changed_since: bool = False
    parameters_changed: bool = False

    @property
    def content(self) -> Json:
        return self.source.content

    @property
    def decision_link(self) -> str:
        """Where the decision that adopted this edition can be read; nothing that is no web address."""
        link = self.source.decision
        return link if link.startswith(("http://", "https://")) else ""

    @property
    def locator(self) -> SafeString:
        # Made by our own chart modules, which escape every text.
        return mark_safe(region_locator(self.source.region))

    @property
    def respondents(self) -> int:
        return int(self.source.gaps["region"]["n"]) if self.source.gaps else 0

    @property
    def invited(self) -> int | None:
        return self.source.gaps["region"]["invited"] if self.source.gaps else None

    @property
    def coverage_percent(self) -> int | None:
        share = self.source.gaps["region"]["coverage"] if self.source.gaps else None
        return None if share is None else round(100 * share)

    @property
    def noise_percent(self) -> int | None:
        noise = (self.source.synergies or {}).get("region", {}).get("noise", {}).get("share")
        return None if noise is None else round(100 * noise)

    @property
    def kept_from(self) -> dt.date | None:
        """The day of the figures when newer ones are held back: too few answers changed in between."""
        gaps, run = self.source.gaps, self.source.gap_run
        is_older = gaps is not None and run is not None and gaps.get("basis", run.pk) != run.pk
        return dt.date.fromisoformat(gaps["as_of"]) if gaps and is_older else None

    @property
    def shown_peers(self) -> list[Peer]:
        """Regions of similar structure, without those of the own country where the reader wants that."""
        if self.statistics is None:
            return []
        return self.statistics.peers_abroad if self.leaves_out_own_country else self.statistics.peers

    @property
    def peers_key(self) -> str:
        return "abroad" if self.leaves_out_own_country else "all"

    @property
    def withheld(self) -> list[str]:
        """Themes of which a level is not shown, for those who can ask for answers."""
        if not (self.source.is_draft and self.source.sees_small_groups):
            return []
        return [row["code"] for row in self.source.dimensions if is_withheld(self.source, code=row["code"])]

    @property
    def confirmed_gaps(self) -> int | None:
        """None without an analysis, or where no theme has an interval: that is not zero gaps."""
        known = [row["confirmed"] for row in self.source.dimensions if row["confirmed"] is not None]
        return sum(known) if known else None


def _neighbours_of(source: DiagnosisSource) -> list[Neighbour]:
    """Published regions that can add most, by what they bring (A10); null ones last."""
    if source.synergies is None:
        return []
    here = source.region.slug
    rows = [
        Neighbour(
            slug=row["source"],
            name=source.published[row["source"]],
            similarity=row["similarity"],
            complementarity=row["complementarity"],
            fill=row["fill"],
        )
        for row in source.synergies["pairs"]
        if row["target"] == here and row["source"] in source.published
    ]
    return sorted(rows, key=lambda row: -(row.complementarity or -1.0))[:5]


def _diagnosis_of(source: DiagnosisSource, **extra: Any) -> Diagnosis:
    figures = {
        key: drawn(figure, explained=explanation_of(source, key=key), note=firmness_of(source, key=key))
        for key, figure in figures_of(source).items()
    }
    synergies = synergies_of(source)
    return Diagnosis(
        source=source,
        sentences=one_minute(source),
        figures=figures,
        synergies=synergies[:SHOWN_SYNERGIES],
        synergies_in_all=len(synergies),
        seats=seats_of(source),
        neighbours=_neighbours_of(source),
        statistics=statistics_of(source),
        links=links_of(source),
        wheel_steps=wheel_steps(source),
        meetings=meetings_of(region=source.region.slug),
        **extra,
    )


def public_diagnosis(*, slug: str, abroad: bool = False) -> Diagnosis | None:
    """What everybody reads; None when nothing is published. Four queries.

    abroad: regions of similar structure only outside the own country.
    """
    source = published_source(slug=slug)
    return None if source is None else _diagnosis_of(source, leaves_out_own_country=abroad)


def draft_diagnosis(*, region_map: RegionMap, user: Any, abroad: bool = False) -> Diagnosis:
    """What the partnership reads before publication, from the rows as they stand."""
    source = draft_source(region_map=region_map, user=user)
    return _diagnosis_of(
        source,
        leaves_out_own_country=abroad,
        may_edit_summary=user.has_perm("journeys.edit_summary", region_map),
        **_changes_since(source),
    )


def _changes_since(source: DiagnosisSource) -> dict[str, bool]:
    """Whether this region's answers or targets, and the thresholds, differ from what the newest run froze."""
    if source.gap_run is None:
        return {}
    run, region = source.gap_run, source.region
    mark = answer_sources(maps=[source.region_map]).get(source.region_map.pk, AnswerSource()).mark()
    part = (
        RegionResult.objects.filter(analysis=run, region=region).values_list("fingerprint", flat=True).first()
    )
    thresholds = Thresholds.from_overrides(source.exercise.thresholds).to_dict()
    return {
        "changed_since": part is None or part not in (mark, _earlier_mark(source, run, part)),
        "parameters_changed": thresholds != run.parameters,
    }


def _earlier_mark(source: DiagnosisSource, run: Analysis, part: str | None) -> str | None:
    """What a run from before marks were kept would have written for the rows as they stand."""
    if part is None or part.startswith(MARKED):
        return None
    now = gap_inputs(exercise=source.exercise, region=source.region).to_dict()
    then = now | {"thresholds": run.parameters, "seed": run.seed, "method": run.method_version}
    return earlier_gap_mark(then)
