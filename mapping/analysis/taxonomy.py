"""Code lists as trees, and how alike two codes of a list are (Wu-Palmer)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from mapping.analysis.arrays import Floats

# Which code lists make up a part of the overlap. Codes of different lists are never alike.
PARTS: dict[str, tuple[str, ...]] = {
    "economic": ("nace",),
    "scientific": ("nabs", "ford"),
    "policy": ("policy",),
}
_PART_OF = {code_list: part for part, lists in PARTS.items() for code_list in lists}


@lru_cache(maxsize=100_000)
def list_of(code: str) -> str:
    """The code list of a code: "nace" of "nace:C21"."""
    return code.partition(":")[0]


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

        Examples
        --------
        >>> tree = CodeTree(parents={"nace:C": None, "nace:C20": "nace:C", "nace:C21": "nace:C"})
        >>> tree.similarity_matrix(["nace:C20"], ["nace:C20", "nace:C"]).tolist()
        [[1.0, 0.8]]
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


class SimilarityTable:
    """Similarities of all codes in use, computed once and then looked up.

    Parameters
    ----------
    codes
        The codes in use; those of unknown lists are passed over.
    tree
        The code lists.

    Attributes
    ----------
    numbers : code -> row in the matrix of its part
    matrices : part -> (D + 1) x (D + 1); the last row and column are a blank code, alike to nothing
    """

    def __init__(self, codes: Iterable[str], tree: CodeTree) -> None:
        by_part: dict[str, list[str]] = {part: [] for part in PARTS}
        for code in sorted(set(codes)):
            if list_of(code) in _PART_OF:
                by_part[_PART_OF[list_of(code)]].append(code)
        self.numbers = {code: n for names in by_part.values() for n, code in enumerate(names)}
        self.matrices: dict[str, Floats] = {}
        for part, names in by_part.items():
            matrix = np.zeros((len(names) + 1, len(names) + 1))
            matrix[:-1, :-1] = tree.similarity_matrix(names, names)
            self.matrices[part] = matrix
        self._rows: dict[str, list[float]] = {}

    def rows(self, a: Sequence[str], b: Sequence[str]) -> list[list[float]]:
        """Similarity of each code of `a` with each of `b`; all of one part, all known to the table."""
        columns = [self.numbers[code] for code in b]
        found = []
        for code in a:
            row = self._rows.get(code)
            if row is None:
                row = self.matrices[_PART_OF[list_of(code)]][self.numbers[code]].tolist()
                self._rows[code] = row
            found.append([row[column] for column in columns])
        return found
