"""Codes of one version of NUTS said in another, by the recorded changes; nothing is guessed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

VINTAGES = ("2013", "2016", "2021", "2024")


@dataclass(frozen=True, kw_only=True)
class Change:
    """From `since` on, the region `old` is `new`: one code (recoded) or several (split)."""

    since: str
    old: str
    new: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Territory:
    """A region of a file and the codes of 2021 it covers. how: same, recoded, split, merged."""

    code: str
    covers: tuple[str, ...]
    how: str


def territories(
    codes: Collection[str], *, vintage: str, changes: Sequence[Change], known: Collection[str]
) -> tuple[list[Territory], list[str]]:
    """What each code of a file covers in 2021, and the codes nothing is known of.

    Parameters
    ----------
    codes
        Codes of one version of NUTS.
    vintage
        That version: 2013, 2016, 2021 or 2024.
    known
        The codes of 2021.

    Returns
    -------
    territories, unmatched
        A split region keeps its value and covers all its parts; parts of a region that was whole in 2021 each
        cover it (merged), and their counts must be added up. In the order of the codes.
    """
    forward = {(change.since, change.old): change.new for change in changes if change.since != "2024"}
    back: dict[str, tuple[str, ...]] = {}
    for change in changes:
        for part in change.new if change.since == "2024" else ():
            back[part] = (*back.get(part, ()), change.old)
    parts: Mapping[str, int] = {change.old: len(change.new) for change in changes if change.since == "2024"}
    found, unmatched = [], []
    for code in sorted(codes):
        covers: tuple[str, ...] = (code,)
        if vintage == "2024" and code in back:
            covers = back[code]
        for since in VINTAGES[1:3]:
            if since > vintage:
                covers = tuple(new for old in covers for new in forward.get((since, old), (old,)))
        if not set(covers) <= set(known):
            unmatched.append(code)
            continue
        how = "same" if covers == (code,) else "split" if len(covers) > 1 else "recoded"
        if vintage == "2024" and parts.get(covers[0], 1) > 1:
            how = "merged"
        found.append(Territory(code=code, covers=covers, how=how))
    return found, unmatched


def likely_vintage(codes: Collection[str], *, changes: Sequence[Change], known: Collection[str]) -> str:
    """The version of which most codes are known; the newest of 2021, 2024, 2016, 2013 on ties."""
    left = {
        vintage: len(territories(codes, vintage=vintage, changes=changes, known=known)[1])
        for vintage in ("2021", "2024", "2016", "2013")
    }
    return min(left, key=lambda vintage: left[vintage])
