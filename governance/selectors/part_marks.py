"""What the part of one region rests on: as long as it is the same, a run takes the part over."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cohes3ion.lib.fingerprints import fingerprint
from governance.enums import AnalysisKind
from mapping.analysis.synergies import inputs_by_region
from mapping.analysis.synergy_inputs import SynergyInputs

Json = dict[str, Any]


def synergy_marks(inputs: SynergyInputs) -> dict[str, str]:
    """Region -> fingerprint of all that its own findings rest on; what it takes from others is not in it."""
    found = {}
    for region, part in inputs_by_region(replace(inputs, code_parents={})).items():
        rows = part.to_dict()
        used = [code for row in (*rows["capabilities"], *rows["priorities"]) for code in row["codes"]]
        rows["code_parents"] = _branches(used, inputs.code_parents)
        found[str(region)] = fingerprint([AnalysisKind.SYNERGIES.value, rows])
    return found


def earlier_gap_mark(inputs: Json) -> str:
    """What a run from before rows were marked wrote beside the part of the one region in these inputs."""
    shared = {name: inputs[name] for name in ("dimensions", "thresholds", "seed", "method")}
    row = {**inputs["regions"][0], "released": None}
    return fingerprint([AnalysisKind.GAPS.value, shared, row])


def _branches(used: list[str], parents: Mapping[str, str | None]) -> dict[str, str | None]:
    """The part of the trees that these codes stand on."""
    found: dict[str, str | None] = {}
    for start in used:
        code: str | None = start
        while code is not None and code in parents and code not in found:
            found[code] = parents[code]
            code = parents[code]
    return found
