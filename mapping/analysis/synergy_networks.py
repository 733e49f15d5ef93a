"""Networks of the synergy analysis: units that meet in spaces, actors that are tied, balance of helices."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from mapping.analysis.arrays import Flags
from mapping.analysis.coordination import SpaceTable
from mapping.analysis.diversity import diversity, mixing
from mapping.analysis.findings import HelixReport, NetworkReport, NodeFinding
from mapping.analysis.networks import (
    BROKERAGE,
    betweenness_scores,
    brokerage_counts,
    density,
    tie_matrix,
)
from mapping.analysis.synergy_inputs import HELICES, ActorRow, Id, TieRow, UnitRow

NO_DATA = "NO_DATA"
N_TOO_SMALL = "N_TOO_SMALL"


def unit_network(units: Sequence[UnitRow], spaces: SpaceTable) -> NetworkReport:
    """Units tied when they share a governance space; groups are the kinds of unit."""
    ties = tie_matrix(spaces.together())
    return _network("units", [unit.id for unit in units], [unit.kind for unit in units], ties)


def actor_network(actors: Sequence[ActorRow], ties: Sequence[TieRow]) -> NetworkReport:
    """Actors and their recorded ties, directed; groups are the helices."""
    index = {actor.id: n for n, actor in enumerate(actors)}
    matrix = np.zeros((len(actors), len(actors)))
    for tie in ties:
        if tie.target in index:
            matrix[index[tie.source], index[tie.target]] = 1
    return _network("actors", list(index), [actor.helix for actor in actors], tie_matrix(matrix))


def helix_balance(actors: Sequence[ActorRow]) -> HelixReport:
    """Actors per helix with evenness and IQV over four helices, also the empty ones."""
    counted = Counter(actor.helix for actor in actors)
    counts = {helix: counted[helix] for helix in HELICES}
    result = diversity(list(counts.values()))
    evenness, iqv, reason = result["evenness"], result["iqv"], result["reason"]
    return HelixReport(
        counts=counts,
        evenness=evenness if isinstance(evenness, float) else None,
        iqv=iqv if isinstance(iqv, float) else None,
        reason=str(reason) if reason else None,
        missing=tuple(helix for helix, n in counts.items() if n == 0) if actors else (),
    )


def _network(scope: str, ids: Sequence[Id], groups: Sequence[str], ties: Flags) -> NetworkReport:
    """Without any tie on record nothing is known about brokers: None, `NO_DATA`."""
    n_ties = int((ties | ties.T).sum()) // 2
    if n_ties == 0:
        return NetworkReport(
            scope=scope,
            reason=NO_DATA if len(ids) > 1 else N_TOO_SMALL,
            n=len(ids),
            n_ties=0,
            density=None,
            ei=None,
            ei_expected=None,
            ei_min=None,
            ei_max=None,
            ei_rescaled=None,
            nodes=(),
        )
    index = mixing(ties, groups)
    between = betweenness_scores(ties)
    roles = brokerage_counts(ties, groups)
    nodes = tuple(
        NodeFinding(
            id=key,
            group=groups[n],
            betweenness=None if between is None else float(between[n]),
            brokerage={name: int(count) for name, count in zip(BROKERAGE, roles[n], strict=True)},
            ei=index["actor_ei"][n],
        )
        for n, key in enumerate(ids)
    )
    return NetworkReport(
        scope=scope,
        reason=N_TOO_SMALL if between is None else index["reason"],
        n=len(ids),
        n_ties=n_ties,
        density=density(ties, directed=False),
        ei=index["ei"],
        ei_expected=index["expected_given_group_sizes"],
        ei_min=index["min"],
        ei_max=index["max"],
        ei_rescaled=index["rescaled"],
        nodes=nodes,
    )
