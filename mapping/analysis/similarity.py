"""How alike two sets of codes are: the soft overlap of sets (D1), part by part, with what matched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapping.analysis.taxonomy import PARTS, SimilarityTable, list_of

NO_DATA = "NO_DATA"


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


def soft_overlap(
    weights_a: Sequence[float], weights_b: Sequence[float], similarity: Sequence[Sequence[float]]
) -> tuple[float, float, float]:
    """Soft overlap D1: `soft(A->B) = sum_a w_a max_b sim(a, b)`, both ways, and their mean.

    Parameters
    ----------
    weights_a, weights_b
        Non-negative weights, lengths n and m, each with a positive sum; they are made to sum to 1.
    similarity
        n rows of m values, 0 to 1.

    Returns
    -------
    a_to_b, b_to_a, mean; each 0 to 1.

    References
    ----------
    Form of Mihalcea, Corley & Strapparava (2006), AAAI 21:775-780.

    Examples
    --------
    >>> soft_overlap([3, 1], [1], [[0.5], [1.0]])  # (3 x 0.5 + 1 x 1) / 4 and 1
    (0.625, 1.0, 0.8125)
    """
    best_a = [max(row) for row in similarity]
    best_b = [max(column) for column in zip(*similarity, strict=True)]
    a_to_b = sum(w * s for w, s in zip(weights_a, best_a, strict=True)) / sum(weights_a)
    b_to_a = sum(w * s for w, s in zip(weights_b, best_b, strict=True)) / sum(weights_b)
    return a_to_b, b_to_a, (a_to_b + b_to_a) / 2


def code_overlap(
    a: Mapping[str, float], b: Mapping[str, float], *, table: SimilarityTable, weights: Mapping[str, float]
) -> CodeOverlap:
    """Overlap of two sets of codes: weighted mean of the economic, scientific and policy similarity.

    `overlap = sum_p w_p soft_p / sum_p w_p` over the parts p that both sides have. A list not coded on both
    sides drops out; codes that share only the root of their list have similarity 0.

    Parameters
    ----------
    a, b
        Code -> weight (1 for a plain set). Weights must not be negative; a weight of 0 is no code.
    table
        The similarities, of at least these codes.
    weights
        Part -> weight: 0.5 economic, 0.25 scientific, 0.25 policy in method `stm-1`.

    Returns
    -------
    CodeOverlap
        0 to 1, symmetric. None with `NO_DATA` when no list is coded on both sides.

    Examples
    --------
    >>> from mapping.analysis.taxonomy import CodeTree
    >>> tree = CodeTree(parents={"nace:C": None, "nace:C20": "nace:C", "nace:C21": "nace:C"})
    >>> table = SimilarityTable(["nace:C20", "nace:C21"], tree)
    >>> round(code_overlap({"nace:C20": 1}, {"nace:C21": 1}, table=table, weights={"economic": 0.5}).value, 6)
    0.666667
    """
    lists_a = {list_of(code) for code, weight in a.items() if weight > 0}
    shared = lists_a & {list_of(code) for code, weight in b.items() if weight > 0}
    present = {part: weight for part, weight in weights.items() if weight > 0 and shared & {*PARTS[part]}}
    total = sum(present.values())
    parts = tuple(
        _part(part, weight / total, _only(a, part, shared), _only(b, part, shared), table)
        for part, weight in present.items()
    )
    if not parts:
        return CodeOverlap(value=None, a_to_b=None, b_to_a=None, reason=NO_DATA, parts=())
    return CodeOverlap(
        value=sum(p.weight * p.similarity for p in parts),
        a_to_b=sum(p.weight * p.a_to_b for p in parts),
        b_to_a=sum(p.weight * p.b_to_a for p in parts),
        reason=None,
        parts=parts,
    )


def _only(codes: Mapping[str, float], part: str, shared: set[str]) -> dict[str, float]:
    """The codes of a part in lists that both sides use."""
    lists = shared.intersection(PARTS[part])
    return {code: weight for code, weight in codes.items() if weight > 0 and list_of(code) in lists}


def _part(
    part: str, weight: float, a: Mapping[str, float], b: Mapping[str, float], table: SimilarityTable
) -> OverlapPart:
    names_a, names_b = list(a), list(b)
    rows = table.rows(names_a, names_b)
    a_to_b, b_to_a, mean = soft_overlap(list(a.values()), list(b.values()), rows)
    return OverlapPart(
        part=part,
        similarity=mean,
        a_to_b=a_to_b,
        b_to_a=b_to_a,
        weight=weight,
        matches=_matches(names_a, names_b, rows),
    )


def _matches(
    names_a: Sequence[str], names_b: Sequence[str], rows: Sequence[Sequence[float]]
) -> tuple[CodeMatch, ...]:
    """Closest code of each code, both ways, without repeats and without pairs that have nothing in common."""
    pairs = {(i, row.index(max(row))) for i, row in enumerate(rows)}
    pairs |= {(column.index(max(column)), j) for j, column in enumerate(zip(*rows, strict=True))}
    ordered = sorted((-rows[i][j], i, j) for i, j in pairs if rows[i][j] > 0)
    return tuple(CodeMatch(a=names_a[i], b=names_b[j], similarity=-value) for value, i, j in ordered)
