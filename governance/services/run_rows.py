"""What a kind of analysis hands over to its run: frozen inputs, and the rows a result is written as."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from cohes3ion.lib.fingerprints import fingerprint
from governance.models import Finding, KeptPart, RegionResult
from governance.scoring.settings import METHOD_VERSION, REVISIONS

Json = dict[str, Any]
KEPT_FORM = 2  # raised when kept parts are written in another way


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """Inputs as a run keeps them. marks: region -> what changes with the rows they were made of."""

    inputs: Any
    digest: str
    thresholds: Json
    marks: dict[str, str] = field(default_factory=dict)


@dataclass(kw_only=True)
class Written:
    """A finished run as rows that are not saved yet."""

    result: Any
    public: Json = field(default_factory=dict)
    warnings: list[Json] = field(default_factory=list)
    parts: list[RegionResult] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    kept: list[KeptPart] = field(default_factory=list)
    redrawn: list[KeptPart] = field(default_factory=list)  # kept before, with other facts now


def part_fingerprint(*, kind: str, head: Json, region: str, mark: str) -> str:
    """What a region's own findings rest on: its rows, and what the run asks of all regions alike."""
    return fingerprint([KEPT_FORM, METHOD_VERSION, REVISIONS[kind], kind, head, region, mark])


def keep(found: Written) -> None:
    """The newest part of each region replaces the one before."""
    KeptPart.objects.bulk_update(found.redrawn, ["facts"], batch_size=100)
    KeptPart.objects.bulk_create(
        found.kept,
        batch_size=25,
        update_conflicts=True,
        unique_fields=["exercise", "kind", "region"],
        update_fields=["fingerprint", "inputs", "raw", "inside", "public", "scenarios", "facts"],
    )


def kept_parts(
    *, exercise: int, kind: str, wanted: dict[str, str], columns: Sequence[str]
) -> dict[str, KeptPart]:
    """Region -> what was kept of it, where that was made from the same rows as now. One query."""
    rows = KeptPart.objects.filter(exercise=exercise, kind=kind).select_related("region")
    rows = rows.only("exercise", "kind", "fingerprint", "region__slug", *columns)
    return {row.region.slug: row for row in rows if wanted.get(row.region.slug) == row.fingerprint}
