"""The kind of a pair of capabilities, for whole arrays of pairs at once, and how much of it is noise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from mapping.analysis.arrays import TIE, Floats, Ints
from mapping.analysis.synergy_inputs import ROLES, CapabilityRow, Id, SynergyThresholds

NONE, COMMON_STRENGTH, COMPLEMENTARITY, ONE_SIDED_NEED = 0, 1, 2, 3
NO_CODES, NO_STRENGTH, NO_ROLE, NO_LINK = -1, -2, -3, -4
KIND_NAMES = {
    NONE: "none",
    COMMON_STRENGTH: "common_strength",
    COMPLEMENTARITY: "complementarity",
    ONE_SIDED_NEED: "one_sided_need",
    NO_CODES: "undecided_no_codes",
    NO_STRENGTH: "undecided_no_strength",
    NO_ROLE: "undecided_no_role",
    NO_LINK: "undecided_no_link",
}

Kinds = npt.NDArray[np.int8]
SHUFFLED = 100_000  # pairs of shuffled strengths judged in one go


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Capabilities as columns of equal shape. Missing: NaN strength, -1 in the others."""

    unit: Ints
    strength: Floats
    role: Ints
    topic: Ints  # index of the priority; -1 also when it is linked to none
    linked: Ints  # 1 linked, 0 linked to none, -1 nobody said
    funded: Ints  # 1 yes, 0 no, -1 not known

    def at(self, index: Ints) -> "Columns":
        """The rows at `index`, in the shape of `index`: n x 1 and 1 x m make a block when compared."""
        return Columns(
            unit=self.unit[index],
            strength=self.strength[index],
            role=self.role[index],
            topic=self.topic[index],
            linked=self.linked[index],
            funded=self.funded[index],
        )


def columns_of(
    capabilities: Sequence[CapabilityRow], *, units: Mapping[Id, int], topics: Mapping[Id, int]
) -> Columns:
    """Read capabilities into columns; `units` and `topics` give the index of an id."""
    roles = {role: n for n, role in enumerate(ROLES)}
    linked = [(-1 if not c.link_known else 0) if c.priority_id is None else 1 for c in capabilities]
    funded = [-1 if c.publicly_funded is None else int(c.publicly_funded) for c in capabilities]
    strength = [np.nan if c.strength is None else c.strength for c in capabilities]
    return Columns(
        unit=np.array([units[c.unit_id] for c in capabilities], dtype=np.int64),
        strength=np.array(strength, dtype=np.float64),
        role=np.array([roles.get(c.role or "", -1) for c in capabilities], dtype=np.int64),
        topic=np.array([_topic(c, topics) for c in capabilities], dtype=np.int64),
        linked=np.array(linked, dtype=np.int64),
        funded=np.array(funded, dtype=np.int64),
    )


def _topic(capability: CapabilityRow, topics: Mapping[Id, int]) -> int:
    return -1 if capability.priority_id is None else topics.get(capability.priority_id, -1)


def pair_kinds(overlap: Floats, a: Columns, b: Columns, thresholds: SynergyThresholds) -> Kinds:
    """The kind of every pair: one of the codes of `KIND_NAMES`.

    * common strength: both strengths >= 3, overlap >= 0.5, same value-chain role;
    * complementarity: both strengths >= 3, overlap >= 0.25, different roles;
    * one-sided need: overlap >= 0.25, one strength >= 4, the other <= 2 and linked to a priority;
    * undecided (negative codes): a missing value could still change the verdict. A missing strength is
      never read as a zero.

    Parameters
    ----------
    overlap
        0 to 1, NaN when no list is coded on both sides.
    a, b
        Columns that broadcast to the shape of `overlap`.
    """
    t = thresholds
    no_overlap = np.isnan(overlap)
    related, same = overlap >= t.overlap_related - TIE, overlap >= t.overlap_same - TIE
    a_open, b_open = np.isnan(a.strength), np.isnan(b.strength)
    both = (a.strength >= t.strength_present) & (b.strength >= t.strength_present)
    a_needs = (a.strength <= t.strength_weak) & (b.strength >= t.strength_leading)
    b_needs = (b.strength <= t.strength_weak) & (a.strength >= t.strength_leading)
    no_role = (a.role < 0) | (b.role < 0)
    same_role = a.role == b.role

    # The same conditions, with every missing value as favourable as it can be.
    related_or, same_or = related | no_overlap, same | no_overlap
    both_or = (a_open | (a.strength >= t.strength_present)) & (b_open | (b.strength >= t.strength_present))
    a_needs_or = (a_open | (a.strength <= t.strength_weak)) & (b_open | (b.strength >= t.strength_leading))
    b_needs_or = (b_open | (b.strength <= t.strength_weak)) & (a_open | (a.strength >= t.strength_leading))
    present_or = both_or & (((same_role | no_role) & same_or) | ((~same_role | no_role) & related_or))
    need_or = ((a_needs_or & (a.linked != 0)) | (b_needs_or & (b.linked != 0))) & related_or

    kinds: Kinds = np.full(overlap.shape, NONE, dtype=np.int8)
    kinds[present_or | need_or] = NO_LINK
    kinds[present_or & no_role] = NO_ROLE
    kinds[(present_or | need_or) & (a_open | b_open)] = NO_STRENGTH
    kinds[(present_or | need_or) & no_overlap] = NO_CODES
    kinds[both & ~no_role & same_role & same] = COMMON_STRENGTH
    kinds[both & ~no_role & ~same_role & related] = COMPLEMENTARITY
    kinds[((a_needs & (a.linked > 0)) | (b_needs & (b.linked > 0))) & related] = ONE_SIDED_NEED
    return kinds


def surviving_verdicts(
    columns: Columns, pairs: tuple[Ints, Ints], overlap: Floats, thresholds: SynergyThresholds
) -> Floats:
    """How often each verdict remains when the known strengths change places at random.

    Parameters
    ----------
    columns
        The capabilities of one region; missing strengths stay missing.
    pairs
        Index arrays left, right of length n; in a one-sided need the strong side is left.
    overlap
        Overlap of these pairs.

    Returns
    -------
    array of length n
        Share of `noise_draws` permutations (NumPy's PCG64, fixed seed) in which the pair keeps its kind.
    """
    left, right = pairs
    kinds = pair_kinds(overlap, columns.at(left), columns.at(right), thresholds)
    known = np.flatnonzero(~np.isnan(columns.strength))
    generator = np.random.default_rng(thresholds.seed)
    survived = np.zeros(len(left))
    together = max(1, SHUFFLED // max(1, len(left)))  # draws looked at in one go
    a, b = columns.at(left), columns.at(right)
    for start in range(0, thresholds.noise_draws, together):
        draws = min(together, thresholds.noise_draws - start)
        strength = np.tile(columns.strength, (draws, 1))
        for row in strength:
            row[known] = columns.strength[generator.permutation(known)]
        strong, weak = replace(a, strength=strength[:, left]), replace(b, strength=strength[:, right])
        same = pair_kinds(np.tile(overlap, (draws, 1)), strong, weak, thresholds) == kinds
        same &= (kinds != ONE_SIDED_NEED) | (strong.strength > weak.strength)
        survived += same.sum(axis=0)
    return survived / max(thresholds.noise_draws, 1)
