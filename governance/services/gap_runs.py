"""A run of the gap analysis, region by region: what did not change is neither computed nor written anew."""

import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np

from cohes3ion.lib.fingerprints import fingerprint
from cohes3ion.lib.packed_json import Packed, json_text, piece
from governance.analysis.gap_report import GapInputs, RegionAnswers
from governance.analysis.region_parts import (
    VIEWS,
    OwnPart,
    Together,
    dimensions_beside,
    own_part,
    stands,
    together,
    warnings_beside,
    work_beside,
    work_of,
)
from governance.enums import AnalysisKind, Dimension
from governance.models import Analysis, Finding, KeptPart, RegionResult
from governance.scoring.robustness import Scenarios
from governance.scoring.settings import Thresholds
from governance.selectors.findings import SHARED, themes_of
from governance.selectors.inputs import AnswerSource, answer_sources, region_answers
from governance.services.run_rows import Frozen, Json, Written, kept_parts, part_fingerprint
from mapping.analysis.plain import from_plain, to_plain
from mapping.enums import MapState
from mapping.models import Exercise, Region, RegionMap

KIND = AnalysisKind.GAPS.value
PIECES = ("raw", "inside", "public")
CLOSED = piece("}")


def frozen_gaps(*, exercise: Exercise, method: str) -> Frozen:
    """The answers of all regions; those of a region that did not change stand as they were kept."""
    maps = list(RegionMap.objects.filter(exercise=exercise).select_related("region").order_by("region__slug"))
    sources = answer_sources(maps=maps)
    head = _head(
        GapInputs(
            dimensions=tuple(Dimension.values),
            regions=(),
            thresholds=Thresholds.from_overrides(exercise.thresholds),
            seed=exercise.seed,
        )
    )
    marks = {row.region.slug: sources.get(row.pk, AnswerSource()).mark() for row in maps}
    released = {row.region.slug: row.state == MapState.PUBLISHED for row in maps}
    return Frozen(
        inputs=Packed.of_pieces(_frozen_pieces(exercise, maps, sources, head, marks)),
        digest=fingerprint([KIND, method, head, marks, released]),
        thresholds=head["thresholds"],
        marks=marks,
    )


def _head(inputs: GapInputs) -> Json:
    plain = inputs.to_dict()
    return {name: value for name, value in plain.items() if name != "regions"}


def _frozen_pieces(
    exercise: Exercise,
    maps: list[RegionMap],
    sources: dict[int, AnswerSource],
    head: Json,
    marks: dict[str, str],
) -> Iterator[bytes]:
    wanted = {
        slug: part_fingerprint(kind=KIND, head=head, region=slug, mark=mark) for slug, mark in marks.items()
    }
    kept = kept_parts(exercise=exercise.pk, kind=KIND, wanted=wanted, columns=("inputs",))
    yield piece(f'{json_text(head)[:-1]},"regions":[')
    for n, row in enumerate(maps):
        known = kept.get(row.region.slug)
        yield piece(f'{"," if n else ""}{{"released":{json_text(row.state == MapState.PUBLISHED)},')
        yield (
            bytes(known.inputs)
            if known
            else frozen_piece(region_answers(region_map=row, source=sources.get(row.pk, AnswerSource())))
        )
        yield CLOSED
    yield piece("]}")


def frozen_piece(answers: RegionAnswers) -> bytes:
    plain = to_plain(answers)
    return piece(json_text({name: value for name, value in plain.items() if name != "released"})[1:-1])


def written_gaps(row: Analysis) -> Written:
    """The result of a run, bit for bit that of `find_gaps` behind `protected_views`."""
    run = _GapRun(row)
    run.read()
    return run.written()


class _GapRun:
    def __init__(self, row: Analysis) -> None:
        self.row = row
        self.regions = {answers["region"]: answers for answers in row.inputs["regions"]}
        self.inputs = GapInputs.from_dict({**row.inputs, "regions": []})
        self.thresholds, self.tie = self.inputs.thresholds, self.inputs.thresholds.tie
        self.ids = dict(Region.objects.filter(project__exercises=row.exercise_id).values_list("slug", "pk"))
        self.parts: dict[str, KeptPart] = {}
        self.made: list[KeptPart] = []
        # A run that waited since before marks were kept has none.
        self.marks = {slug: row.marks.get(slug) or fingerprint(plain) for slug, plain in self.regions.items()}

    def read(self) -> None:
        """Each region's own part: kept, or computed and written as text before the next one."""
        head = _head(self.inputs)
        wanted = {
            slug: part_fingerprint(kind=KIND, head=head, region=slug, mark=self.marks[slug])
            for slug in self.regions
        }
        kept = kept_parts(exercise=self.row.exercise_id, kind=KIND, wanted=wanted, columns=(*PIECES, "facts"))
        for slug, answers in self.regions.items():
            known = kept.get(slug)
            self.parts[slug] = known or self._made(slug, answers, wanted[slug])

    def _made(self, slug: str, plain: Json, digest: str) -> KeptPart:
        answers = from_plain(RegionAnswers, plain)
        own = own_part(answers, inputs=self.inputs)
        part = KeptPart(
            exercise_id=self.row.exercise_id,
            region_id=self.ids[slug],
            kind=KIND,
            fingerprint=digest,
            inputs=frozen_piece(answers),
            scenarios=packed_scenarios(own.scenarios),
            facts=own.facts,
            **{name: piece(json_text(own.findings[name])[1:-1]) for name in PIECES},
        )
        self.made.append(part)
        return part

    def written(self) -> Written:
        facts = {slug: part.facts for slug, part in self.parts.items()}
        others = together(facts, released=[slug for slug, row in self.regions.items() if row["released"]])
        found = Written(result=None, kept=self.made, redrawn=self._drawn_anew(others))
        pieces = [piece(f'{json_text(self._top(others))[:-1]},"regions":[')]
        shown: dict[str, Json] = {}
        shared = f'}},"pairs":[],{json_text(self._shared(others))[1:-1]}}}'
        for n, (slug, part) in enumerate(self.parts.items()):
            beside = dimensions_beside(part.facts, slug, others, self.thresholds)
            texts = {name: self._with_others(slug, name, beside[name], others) for name in PIECES}
            pieces += [piece(",{" if n else "{"), bytes(part.raw), piece(texts["raw"] + "}")]
            found.parts.append(self._region_row(slug, part, texts, shared))
            shown[slug] = {"region": {"n": part.facts["n"], "dimensions": beside["public"]}}
            found.warnings += warnings_beside(part.facts, beside["raw"], self.thresholds)
            found.findings += self._findings(slug, part.facts, beside["public"])
        for position, finding in enumerate(found.findings, start=1):
            finding.position = position
        pieces.append(piece(f'],"warnings":{json_text(found.warnings)}}}'))
        found.result = Packed.of_pieces(pieces)
        found.public = themes_of(dimensions=list(self.inputs.dimensions), parts=shown) if shown else {}
        return found

    def _drawn_anew(self, others: Together) -> list[KeptPart]:
        """Fields of importance and level, where the lines of all regions passed one of a region's values."""
        moved = [
            part
            for part in self.parts.values()
            if not stands(part.facts["work"], lines=others.lines, tie=self.tie)
        ]
        kept = [part for part in moved if part.pk]
        scenarios = dict(
            KeptPart.objects.filter(pk__in=[part.pk for part in kept]).values_list("pk", "scenarios")
        )
        for part in moved:
            drawn = read_scenarios(scenarios[part.pk] if part.pk else part.scenarios)
            own = OwnPart(findings={}, facts=part.facts, scenarios=drawn)
            part.facts["work"] = work_of(own, lines=others.lines, tie=self.tie)
        return kept

    def _top(self, others: Together) -> Json:
        return {
            **_head(self.inputs),
            "importance_line": others.lines[0],
            "level_line": others.lines[1],
        }

    def _shared(self, others: Together) -> Json:
        top = {**self._top(others), "importance_line": others.drawn[0], "level_line": others.drawn[1]}
        return {name: top.get(name) for name in SHARED}

    def _with_others(self, slug: str, name: str, dimensions: list[Json], others: Together) -> str:
        work = self.parts[slug].facts["work"]
        rest = {
            "released": self.regions[slug]["released"],
            "dimensions": dimensions,
            "work": work_beside(work, name, others, self.tie),
        }
        return f",{json_text(rest)[1:-1]}"

    def _region_row(self, slug: str, part: KeptPart, texts: dict[str, str], shared: str) -> RegionResult:
        views = {
            name: Packed.of_pieces([OPENED, bytes(getattr(part, name)), piece(texts[name] + shared)])
            for name in VIEWS
        }
        return RegionResult(
            analysis=self.row,
            region_id=self.ids[slug],
            fingerprint=self.marks[slug],
            result=views["inside"],
            public=views["public"],
        )

    def _findings(self, slug: str, facts: Json, dimensions: list[Json]) -> list[Finding]:
        found = [
            *(("dimension_gap", row) for row in dimensions),
            *(("perception_gap", row) for row in facts["flagged"]),
            *(("gap_order", row) for row in facts["order"]),
        ]
        return [
            Finding(analysis_id=self.row.pk, region_id=self.ids[slug], code=code, data=data)
            for code, data in found
        ]


OPENED = piece('{"region":{')


def packed_scenarios(scenarios: Scenarios) -> bytes:
    """What the fields of importance and level are drawn from: statements, then importance and levels."""
    head = json_text([list(scenarios.statements), list(scenarios.levels.shape)]).encode()
    numbers = np.concatenate([scenarios.importance.ravel(), scenarios.levels.ravel()])
    return zlib.compress(head + b"\n" + numbers.tobytes(), 1)


def read_scenarios(data: Any) -> Scenarios:
    head, numbers = zlib.decompress(bytes(data)).split(b"\n", 1)
    statements, shape = Packed(head).read()
    importance, levels = np.frombuffer(numbers).reshape(2, *shape)
    nothing = np.empty((0, 0))
    return Scenarios(
        statements=tuple(statements),
        dimensions=nothing,
        levels=levels,
        importance=importance,
        weights=nothing,
    )
