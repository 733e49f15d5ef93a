"""How answers spread at one moment, for a room; and whether a newer picture would give one person away."""

import json
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any

from governance.analysis.perception import agreement_per_statement
from governance.analysis.publication import protected_agreement
from governance.analysis.score_table import OTHERS
from governance.scoring.dimensions import score_dimensions
from governance.scoring.settings import Thresholds
from governance.scoring.statements import AnsweredItem
from mapping.analysis.plain import to_plain

Json = dict[str, Any]
Basis = Mapping[str, Mapping[str, str]]
# The team knows what its units answered; strangers to both know neither.
CLOSED, OPEN = ("stakeholder",), OTHERS


def spreads(
    items: Sequence[AnsweredItem],
    *,
    invited: Mapping[str, int],
    dimensions: Collection[str],
    thresholds: Thresholds,
    is_public: bool,
) -> dict[str, Json]:
    """Distribution and consensus (C2) of each statement, behind the door of published results.

    Parameters
    ----------
    items
        One region's answers that were sent.
    invited
        Respondents asked, by group.
    is_public
        Whether people outside the team are in the room: then the public's limits hold.

    Returns
    -------
    dict
        code -> n, consensus 0..1 or None with a reason, counts per level and kind (empty: not shown).
    """
    scores = score_dimensions(items, invited=dict(invited), thresholds=thresholds)
    region = {"scores": to_plain(scores), "agreement": to_plain(agreement_per_statement(items))}
    rows = protected_agreement(region, thresholds=thresholds, dimensions=dimensions, is_public=is_public)
    return {row["code"]: row for row in rows}


def basis_of(items: Sequence[AnsweredItem]) -> dict[str, dict[str, str]]:
    """Group -> respondent -> fingerprint of all that this respondent answered."""
    given: dict[tuple[str, str], list[Any]] = {}
    for item in items:
        if item.kind != "unanswered":
            answer = [item.code, item.unit, item.kind, item.level]
            given.setdefault((item.group, item.respondent), []).append(answer)
    found: dict[str, dict[str, str]] = {}
    for (group, who), answers in given.items():
        plain = json.dumps(sorted(answers, key=str))
        found.setdefault(group, {})[who] = sha256(plain.encode()).hexdigest()
    return found


def changed_since(before: Basis, after: Basis, *, groups: Collection[str]) -> int:
    """Respondents of these groups who came, left or changed an answer."""
    return sum(
        before.get(group, {}).get(who) != after.get(group, {}).get(who)
        for group in groups
        for who in {*before.get(group, {}), *after.get(group, {})}
    )


def may_be_shown(after: Basis, *, earlier: Sequence[Basis], groups: Collection[str], k: int) -> bool:
    """Whether no earlier picture differs from this one by fewer than k respondents.

    Two pictures that differ by one person say what that person answered. Example: k = 3, five answered
    then, six now: not yet; eight now: shown; again five, the same: shown.
    """
    return all(not 0 < changed_since(before, after, groups=groups) < k for before in earlier)
