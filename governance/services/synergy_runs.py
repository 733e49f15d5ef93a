"""A run of the synergy analysis: what lies inside a region that did not change stands as it was written."""

import json
from collections.abc import Iterator
from typing import Any

from cohes3ion.lib.fingerprints import fingerprint
from cohes3ion.lib.packed_json import Packed, json_text, piece
from governance.enums import AnalysisKind
from governance.models import Analysis, Finding, KeptPart, RegionResult
from governance.selectors.findings import SHARED, synergies_in_region
from governance.selectors.part_marks import synergy_marks
from governance.selectors.synergy_inputs import synergy_inputs
from governance.services.run_rows import Frozen, Written, kept_parts, part_fingerprint
from mapping.analysis.plain import from_plain, to_plain
from mapping.analysis.synergies import find_synergies
from mapping.analysis.synergy_inputs import SynergyInputs
from mapping.analysis.synergy_regions import Examples
from mapping.analysis.synergy_report import Noise, RegionSynergies, SynergyReport, TakenOver
from mapping.models import Exercise, Region

KIND = AnalysisKind.SYNERGIES.value


def frozen_synergies(*, exercise: Exercise, method: str) -> Frozen:
    """The maps of all regions; the fingerprint tells another version of the method apart."""
    inputs = synergy_inputs(exercise=exercise).to_dict()
    digest = fingerprint({"kind": KIND, "method": method, "inputs": inputs})
    return Frozen(inputs=inputs, digest=digest, thresholds=inputs["thresholds"])


def written_synergies(row: Analysis) -> Written:
    """The result of a run, bit for bit that of `find_synergies` without anything kept."""
    inputs = SynergyInputs.from_dict(row.inputs)
    marks = synergy_marks(inputs)
    wanted = {
        slug: part_fingerprint(kind=KIND, head={}, region=slug, mark=mark) for slug, mark in marks.items()
    }
    kept = kept_parts(exercise=row.exercise_id, kind=KIND, wanted=wanted, columns=("raw", "facts"))
    report = find_synergies(
        inputs,
        kept={slug: _taken_over(part) for slug, part in kept.items()},
        examples=_examples_known(kept, marks),
    )
    made = {
        str(region.region_id): KeptPart(
            exercise_id=row.exercise_id,
            kind=KIND,
            fingerprint=wanted[str(region.region_id)],
            **_own(region),
        )
        for region in report.regions
        if not isinstance(region, TakenOver)
    }
    parts = {slug: kept.get(slug) or made[slug] for slug in marks}
    redrawn = _keep_examples(report, parts, marks)
    found = _written(row, report, parts, marks)
    found.redrawn = redrawn
    return found


def _examples_known(kept: dict[str, KeptPart], marks: dict[str, str]) -> Examples:
    """Examples between two regions that are both as they were when these were found: JSON values by now."""
    return {
        (source, slug): tuple(found)
        for slug, part in kept.items()
        for source, (mark, found) in part.facts["examples"].items()
        if marks.get(source) == mark
    }


def _keep_examples(
    report: SynergyReport, parts: dict[str, KeptPart], marks: dict[str, str]
) -> list[KeptPart]:
    """Hand the examples shown to the next run; those parts kept before whose examples are others now."""
    shown: dict[str, dict[str, Any]] = {slug: {} for slug in parts}
    for pair in report.region_pairs:
        if pair.examples:
            shown[str(pair.target)][str(pair.source)] = [marks[str(pair.source)], pair.examples]
    redrawn = []
    for slug, part in parts.items():
        before = {source: mark for source, (mark, _found) in part.facts.get("examples", {}).items()}
        part.facts["examples"] = shown[slug]
        if part.pk and before != {source: mark for source, (mark, _found) in shown[slug].items()}:
            redrawn.append(part)
    return redrawn


def _taken_over(part: KeptPart) -> TakenOver:
    return TakenOver(counts=part.facts["counts"], noise=from_plain(Noise, part.facts["noise"]))


def _own(region: RegionSynergies) -> dict[str, Any]:
    text = json_text(region)
    plain = json.loads(text)
    found = [[code, json_text(data)] for code, data in synergies_in_region(plain)]
    facts = {"counts": plain["counts"], "noise": plain["noise"], "found": found}
    return {"raw": piece(text), "facts": facts}


def _written(
    row: Analysis, report: SynergyReport, parts: dict[str, KeptPart], marks: dict[str, str]
) -> Written:
    ids = dict(Region.objects.filter(project__exercises=row.exercise_id).values_list("slug", "pk"))
    top = {
        "method": report.method,
        "thresholds": to_plain(report.thresholds),
        "counts": report.counts,
        "noise": to_plain(report.noise),
    }
    pairs: dict[str, list[str]] = {}
    found = Written(result=None, kept=[part for part in parts.values() if not part.pk])
    for slug, part in parts.items():
        part.region_id = ids[slug]
        found.findings += [
            Finding(region_id=ids[slug], code=code, data=Packed.of_text(text))
            for code, text in part.facts["found"]
        ]
    for pair in report.region_pairs:
        source, target, text = str(pair.source), str(pair.target), json_text(pair)
        pairs.setdefault(target, []).append(text)
        data = Packed.of_text(text)
        found.findings.append(
            Finding(region_id=ids[source], other_region_id=ids[target], code="region_pair", data=data)
        )
    for position, finding in enumerate(found.findings, start=1):
        finding.analysis_id, finding.position = row.pk, position
    given = {slug: piece(",".join(texts)) for slug, texts in pairs.items()}
    shared = piece(f"],{json_text({name: top.get(name) for name in SHARED})[1:]}")
    found.parts = [
        RegionResult(
            analysis=row,
            region_id=ids[slug],
            fingerprint=marks[slug],
            result=Packed.of_pieces([OPENED, part.raw, WITH_PAIRS, given.get(slug, b""), shared]),
        )
        for slug, part in parts.items()
    ]
    found.result = Packed.of_pieces(
        [
            piece(f'{json_text(top)[:-1]},"regions":['),
            *_joined(part.raw for part in parts.values()),
            piece('],"region_pairs":['),
            *_joined(given.values()),
            piece("]}"),
        ]
    )
    return found


OPENED, WITH_PAIRS, COMMA = piece('{"region":'), piece(',"pairs":['), piece(",")


def _joined(pieces: Any) -> Iterator[bytes]:
    for n, one in enumerate(pieces):
        if n:
            yield COMMA
        yield one
