"""How alike two sets of codes are: Wu-Palmer on the tree of a code list, soft overlap of sets (D1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from mapping.analysis.arrays import Floats

NO_DATA = "NO_DATA"

# Which code lists make up a part of the overlap. Codes of different lists are never alike.
PARTS: dict[str, tuple[str, ...]] = {
    "economic": ("nace",),
    "scientific": ("nabs", "ford"),
    "policy": ("policy",),
}
LIST_PART = {code_list: part for part, lists in PARTS.items() for code_list in lists}


def list_of(code: str) -> str:
    """The code list of a code: "nace" of "nace:C21"."""
    return code.partition(":")[0]


class Similarities(Protocol):
    """Whatever knows how alike codes are: a `CodeTree`, or a table computed from one."""

    def similarity_matrix(self, a: Sequence[str], b: Sequence[str]) -> Floats: ...


@dataclass(frozen=True, kw_only=True)
class CodeTree:
    """Code lists as trees. The root has depth 1, a top code depth 2.

    Parameters
    ----------
    parents
        Code -> parent, None for a top code. A code that is missing here is a top code of its list.
    """

    parents: Mapping[str, str | None]

    def path(self, code: str) -> tuple[str, ...]:
        """Codes from the top code down to `code` itself; ValueError if the parents run in a circle."""
        path = [code]
        parent = self.parents.get(code)
        while parent is not None:
            if parent in path:
                raise ValueError(f"code_parents: {code} is its own ancestor")
            path.append(parent)
            parent = self.parents.get(parent)
        return tuple(reversed(path))

    def similarity_matrix(self, a: Sequence[str], b: Sequence[str], *, root_counts: bool = False) -> Floats:
        """Wu-Palmer similarity `2 depth(lcs) / (depth(a) + depth(b))`, each code of `a` with each of `b`.

        Parameters
        ----------
        a, b
            Codes with their list in front, lengths n and m.
        root_counts
            True is the published form, in which codes that share only the root get `2 / (depth a + depth b)`.
            False, the form of this product, gives them 0.

        Returns
        -------
        array n x m, 0 to 1; 0 for codes of different lists.

        References
        ----------
        Wu & Palmer (1994), Verb semantics and lexical selection, ACL 32:133-138.
        """
        paths_a, paths_b = [self.path(code) for code in a], [self.path(code) for code in b]
        numbers = {code: n for n, code in enumerate({c: None for path in paths_a + paths_b for c in path})}
        levels = max((len(path) for path in paths_a + paths_b), default=0)
        shared = np.zeros((len(a), len(b)))
        for level in range(levels):
            left = np.array([numbers[p[level]] if len(p) > level else -1 for p in paths_a])
            right = np.array([numbers[p[level]] if len(p) > level else -2 for p in paths_b])
            shared += left[:, None] == right[None, :]
        depths = np.add.outer([len(p) + 1.0 for p in paths_a], [len(p) + 1.0 for p in paths_b])
        similarity: Floats = 2 * (shared + 1) / depths if depths.size else np.zeros((len(a), len(b)))
        if not root_counts:
            similarity[shared == 0] = 0.0
            return similarity
        lists_a, lists_b = np.array([list_of(c) for c in a]), np.array([list_of(c) for c in b])
        similarity[(shared == 0) & (lists_a[:, None] != lists_b[None, :])] = 0.0
        return similarity


@dataclass(frozen=True, kw_only=True)
class CodeMatch:
    """The code of b that comes closest to a code of a, or the other way round."""

    a: str
    b: str
    similarity: float


@dataclass(frozen=True, kw_only=True)
class OverlapPart:
    part: str
    similarity: float
    a_to_b: float
    b_to_a: float
    weight: float  # renormalised over the parts that both sides have
    matches: tuple[CodeMatch, ...]


@dataclass(frozen=True, kw_only=True)
class CodeOverlap:
    """Overlap with its parts; `value` None with a reason when no list is coded on both sides."""

    value: float | None
    a_to_b: float | None
    b_to_a: float | None
    reason: str | None
    parts: tuple[OverlapPart, ...]


def soft_overlap(weights_a: Floats, weights_b: Floats, similarity: Floats) -> tuple[float, float, float]:
    """Soft overlap D1: `soft(A->B) = sum_a w_a max_b sim(a, b)`, both ways, and their mean.

    Parameters
    ----------
    weights_a, weights_b
        Non-negative weights, lengths n and m, each with a positive sum; they are made to sum to 1.
    similarity
        n x m, 0 to 1.

    Returns
    -------
    a_to_b, b_to_a, mean; each 0 to 1.

    References
    ----------
    Form of Mihalcea, Corley & Strapparava (2006), AAAI 21:775-780.
    """
    a_to_b = float(weights_a @ similarity.max(axis=1) / weights_a.sum())
    b_to_a = float(weights_b @ similarity.max(axis=0) / weights_b.sum())
    return a_to_b, b_to_a, (a_to_b + b_to_a) / 2


def code_overlap(
    a: Mapping[str, float], b: Mapping[str, float], *, tree: Similarities, weights: Mapping[str, float]
) -> CodeOverlap:
    """Overlap of two sets of codes: weighted mean of the economic, scientific and policy similarity.

    `overlap = sum_p w_p soft_p / sum_p w_p` over the parts p that both sides have. A list not coded on both
    sides drops out; codes that share only the root of their list have similarity 0.

    Parameters
    ----------
    a, b
        Code -> weight (1 for a plain set). Weights must not be negative.
    tree
        The code lists.
    weights
        Part -> weight: 0.5 economic, 0.25 scientific, 0.25 policy in method `stm-1`.

    Returns
    -------
    CodeOverlap
        0 to 1, symmetric. None with `NO_DATA` when no list is coded on both sides.

    Examples
    --------
    >>> tree = CodeTree(parents={"nace:C": None, "nace:C20": "nace:C", "nace:C21": "nace:C"})
    >>> round(code_overlap({"nace:C20": 1}, {"nace:C21": 1}, tree=tree, weights={"economic": 0.5}).value, 6)
    0.666667
    """
    shared_lists = {list_of(code) for code, w in a.items() if w > 0}
    shared_lists &= {list_of(code) for code, w in b.items() if w > 0}
    parts = []
    total = sum(w for part, w in weights.items() if shared_lists.intersection(PARTS[part]))
    for part, weight in weights.items():
        lists = shared_lists.intersection(PARTS[part])
        codes_a = [code for code, w in a.items() if w > 0 and list_of(code) in lists]
        codes_b = [code for code, w in b.items() if w > 0 and list_of(code) in lists]
        if not codes_a or not total:
            continue
        similarity = tree.similarity_matrix(codes_a, codes_b)
        a_to_b, b_to_a, mean = soft_overlap(
            np.array([a[c] for c in codes_a], dtype=float),
            np.array([b[c] for c in codes_b], dtype=float),
            similarity,
        )
        matches = _matches(codes_a, codes_b, similarity)
        parts.append(
            OverlapPart(
                part=part,
                similarity=mean,
                a_to_b=a_to_b,
                b_to_a=b_to_a,
                weight=weight / total,
                matches=matches,
            )
        )
    if not parts:
        return CodeOverlap(value=None, a_to_b=None, b_to_a=None, reason=NO_DATA, parts=())
    return CodeOverlap(
        value=sum(p.weight * p.similarity for p in parts),
        a_to_b=sum(p.weight * p.a_to_b for p in parts),
        b_to_a=sum(p.weight * p.b_to_a for p in parts),
        reason=None,
        parts=tuple(parts),
    )


def _matches(codes_a: Sequence[str], codes_b: Sequence[str], similarity: Floats) -> tuple[CodeMatch, ...]:
    """Closest code of each code, both ways, without repeats and without pairs that have nothing in common."""
    pairs = {(i, int(similarity[i].argmax())) for i in range(len(codes_a))}
    pairs |= {(int(similarity[:, j].argmax()), j) for j in range(len(codes_b))}
    ordered = sorted(pairs, key=lambda pair: (-similarity[pair], pair))
    return tuple(
        CodeMatch(a=codes_a[i], b=codes_b[j], similarity=float(similarity[i, j]))
        for i, j in ordered
        if similarity[i, j] > 0
    )
