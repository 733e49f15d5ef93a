"""The same inputs give the same numbers, or the revision of the analysis was raised."""

import hashlib
import json

import pytest

from governance.analysis.gaps import find_gaps
from governance.analysis.publication import protected_views
from governance.scoring.settings import REVISIONS
from mapping.analysis.evidence import EvidenceInputs, weigh_statistics
from mapping.analysis.synergies import find_synergies
from tests.governance.analysis.exercise import answers, exercise
from tests.mapping.analysis.synergy_samples import capability, inputs, priority, space, unit


def gaps():
    regions = [answers(f"r{seed}", seed=seed, stakeholders=3 + seed) for seed in range(6)]
    result = find_gaps(exercise(*regions)).to_dict()
    return [result, protected_views(result)]


def synergies():
    """Two regions of three units, every role, codes near and far, met and not met."""
    codes = ["nace:C20", "nace:C21", "nace:C20.1", "nace:J62", "ford:1.1", "policy:a"]
    roles = ["research", "production", "services"]
    units = [unit(f"{r}{n}", region=r) for r in "ab" for n in range(3)]
    rows = [
        capability(
            f"{place.id}-{n}",
            place.id,
            [codes[(at + n) % 6], codes[(at * n) % 6]],
            strength=(at * 2 + n) % 5 + 1,
            role=roles[(at + n) % 3],
            priority_id=f"{place.region_id}p" if n % 2 else None,
            publicly_funded=n < 2,
        )
        for at, place in enumerate(units)
        for n in range(4)
    ]
    wanted = [priority(f"{r}p", region=r, codes=["nace:C20"]) for r in "ab"]
    spaces = [space("council", ["a0", "a1"], region="a", depth=3, all_topics=True, helices=("business",))]
    return find_synergies(inputs(units=units, capabilities=rows, priorities=wanted, spaces=spaces)).to_dict()


def evidence():
    counts = [[120, 30, 40, 10], [20, 90, 35, 110], [60, 20, None, 15], [15, 45, 20, 75], [90, 25, 30, 5]]
    table = {
        "territories": [{"id": f"t{n}", "country": "AB"[n % 2]} for n in range(5)],
        "domains": ["d1", "d2", "d3", "d4"],
        "counts": counts,
        "structure": [[1.0, 5], [2, 4], [3, None], [4, 2], [5, 1]],
        "structure_weights": [0.5, 0.5],
        "priorities": [{"territory_id": "t0", "domain": "d2", "weight": 1.0}],
    }
    found = {"card": {}, "regions": {"t0": ["t0"], "t3": ["t3"]}, "names": {"t0": "T0"}, "indicators": table}
    return weigh_statistics(EvidenceInputs.from_dict(found)).to_dict()


def digest(value):
    """Of the numbers to nine decimals: the last digits may differ between machines."""

    def rounded(item):
        if isinstance(item, dict):
            return {str(key): rounded(part) for key, part in item.items()}
        if isinstance(item, list | tuple):
            return [rounded(part) for part in item]
        return round(item, 9) + 0.0 if isinstance(item, float) else item

    return hashlib.sha256(json.dumps(rounded(value), sort_keys=True).encode()).hexdigest()[:16]


# kind -> revision, digest of what it finds. Another digest with the same revision: raise REVISIONS, so that
# no stored run comes back as today's; then write both here.
KNOWN = {
    "gaps": (4, "5f79a74131bc5aee"),
    "synergies": (1, "3a0e00c95ecfa072"),
    "evidence": (1, "698a2bef0a325679"),
}


@pytest.mark.parametrize("find", [gaps, synergies, evidence])
def test_other_numbers_are_another_revision(find):
    kind = find.__name__
    assert (REVISIONS[kind], digest(find())) == KNOWN[kind]
