"""Why a pair of capabilities has its verdict: reasons as codes with ids, shared codes, parts and weights."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mapping.analysis.coordination import SpaceTable
from mapping.analysis.findings import PairVerdict, Reason
from mapping.analysis.pairs import PairTable
from mapping.analysis.similarity import CodeOverlap, code_overlap
from mapping.analysis.synergy_inputs import CapabilityRow, SynergyThresholds
from mapping.analysis.taxonomy import SimilarityTable
from mapping.analysis.verdicts import (
    COMMON_STRENGTH,
    COMPLEMENTARITY,
    KIND_NAMES,
    ONE_SIDED_NEED,
    Columns,
)

NO_DATA = "NO_DATA"
BETWEEN_REGIONS = "BETWEEN_REGIONS"


@dataclass(frozen=True, kw_only=True)
class Explainer:
    """What is needed to explain pairs. `spaces` None: the two sides are in different regions."""

    capabilities: Sequence[CapabilityRow]
    columns: Columns
    table: SimilarityTable
    thresholds: SynergyThresholds
    spaces: SpaceTable | None

    def verdicts(self, pairs: PairTable) -> tuple[PairVerdict, ...]:
        """One explained verdict per pair, in the order given."""
        return tuple(self._verdict(pairs, n) for n in range(len(pairs.left)))

    def _verdict(self, pairs: PairTable, n: int) -> PairVerdict:
        i, j, kind = int(pairs.left[n]), int(pairs.right[n]), int(pairs.kind[n])
        a, b = self.capabilities[i], self.capabilities[j]
        reasons = [_overlap_reason(self._overlap(a, b)), *_side_reasons(a, b, kind)]
        coordination, missing = self._coordination(int(pairs.depth[n]), bool(pairs.depth_unknown[n]))
        if self.spaces is not None:
            reasons.append(self._space_reason(self.spaces, i, j))
        unused: bool | None = None
        if self.spaces is not None:
            is_synergy = kind in (COMMON_STRENGTH, COMPLEMENTARITY)
            unused = False if not is_synergy else _unused(coordination)
        return PairVerdict(
            a=a.id,
            b=b.id,
            unit_a=a.unit_id,
            unit_b=b.unit_id,
            kind=KIND_NAMES[kind],
            overlap=float(pairs.overlap[n]),
            coordination=coordination,
            coordination_reason=missing,
            depth=int(pairs.depth[n]) or None,
            unused_synergy=unused,
            uncoordinated_overlap=None if self.spaces is None else _uncoordinated(kind, unused, a, b),
            reasons=tuple(reasons),
        )

    def _overlap(self, a: CapabilityRow, b: CapabilityRow) -> CodeOverlap:
        return code_overlap(
            dict.fromkeys(a.codes, 1.0),
            dict.fromkeys(b.codes, 1.0),
            table=self.table,
            weights=self.thresholds.part_weights(),
        )

    def _coordination(self, depth: int, unknown: bool) -> tuple[str | None, str | None]:
        if self.spaces is None:
            return None, BETWEEN_REGIONS
        if depth >= self.thresholds.depth_used:
            return "used", None
        if unknown:
            return None, NO_DATA
        return ("loose" if depth else "unused"), None

    def _space_reason(self, spaces: SpaceTable, i: int, j: int) -> Reason:
        """The shared spaces on the topic, deepest first; otherwise those the two share on other topics."""
        columns = self.columns
        topics = {int(columns.topic[i]), int(columns.topic[j])}
        shared = spaces.shared_spaces((int(columns.unit[i]), int(columns.unit[j])))
        on_topic = [space for space, named in shared if space.all_topics or topics & named]
        elsewhere = [space.id for space, _ in shared if space not in on_topic]
        if not on_topic:
            return Reason(code="NO_SHARED_SPACE", data={"space_ids_on_other_topics": elsewhere})
        on_topic.sort(key=lambda space: -(space.depth or 0))
        data = {"spaces": [{"id": space.id, "depth": space.depth} for space in on_topic]}
        return Reason(code="SHARED_SPACES", data=data)


def _overlap_reason(overlap: CodeOverlap) -> Reason:
    parts: list[dict[str, Any]] = [
        {
            "part": part.part,
            "similarity": part.similarity,
            "weight": part.weight,
            "matches": [{"a": m.a, "b": m.b, "similarity": m.similarity} for m in part.matches],
        }
        for part in overlap.parts
    ]
    shared = [m["a"] for part in parts for m in part["matches"] if m["a"] == m["b"]]
    return Reason(code="OVERLAP", data={"value": overlap.value, "parts": parts, "shared_codes": shared})


def _side_reasons(a: CapabilityRow, b: CapabilityRow, kind: int) -> list[Reason]:
    reasons = [Reason(code="STRENGTHS", data={"a": a.strength, "b": b.strength})]
    if kind == COMMON_STRENGTH:
        reasons.append(Reason(code="SAME_ROLE", data={"role": a.role}))
    if kind == COMPLEMENTARITY:
        reasons.append(Reason(code="DIFFERENT_ROLES", data={"a": a.role, "b": b.role}))
    if kind == ONE_SIDED_NEED:
        reasons.append(Reason(code="WEAK_SIDE_HAS_PRIORITY", data={"priority_id": b.priority_id}))
    if a.priority_id is not None and a.priority_id == b.priority_id:
        reasons.append(Reason(code="SAME_PRIORITY", data={"priority_id": a.priority_id}))
    if a.publicly_funded and b.publicly_funded:
        reasons.append(Reason(code="BOTH_PUBLICLY_FUNDED"))
    elif kind == COMMON_STRENGTH and _funding(a, b) is None:
        reasons.append(Reason(code="FUNDING_NOT_KNOWN"))
    return reasons


def _unused(coordination: str | None) -> bool | None:
    return None if coordination is None else coordination == "unused"


def _funding(a: CapabilityRow, b: CapabilityRow) -> bool | None:
    """Publicly funded on both sides; None when an unknown side could still make it so."""
    if a.publicly_funded is False or b.publicly_funded is False:
        return False
    return True if a.publicly_funded and b.publicly_funded else None


def _uncoordinated(kind: int, unused: bool | None, a: CapabilityRow, b: CapabilityRow) -> bool | None:
    funded = _funding(a, b)
    if kind != COMMON_STRENGTH or unused is False or funded is False:
        return False
    return None if unused is None or funded is None else True
