"""Small examples of scores and gaps."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from journeys.selectors.method_examples import Example, Json, Pick

LEVELS = (_("Statement"), _("Group"), _("Respondent"), _("Level"))
Rating = tuple[str, str, str, int | None]


def _region(name: str, ratings: tuple[Rating, ...], *, target: int | None = None) -> Json:
    people: dict[str, set[str]] = {}
    for _code, group, who, _level in ratings:
        people.setdefault(group, set()).add(who)
    return {
        "region": name,
        "released": True,
        "items": [
            {
                "code": code,
                "dimension": "E1",
                "group": group,
                "respondent": who,
                "kind": "value" if level else "no_information",
                "level": level,
                "is_core": True,
            }
            for code, group, who, level in ratings
        ],
        "invited": {group: len(names) for group, names in people.items()},
        "targets": {"E1": target},
    }


def _gaps(
    *ratings: Rating,
    arithmetic: Any,
    picks: tuple[tuple[Any, Pick], ...],
    target: int | None = None,
    others: tuple[int, ...] = (),
) -> Example:
    """An example of the gap analysis: one region, and for peers others with one rating each."""
    rows: tuple[tuple[Any, ...], ...] = ratings
    regions = [_region("A", ratings, target=target)]
    for place, level in enumerate(others):
        regions.append(_region("BCDEF"[place], (("1.1", "team", "t", level),)))
    if others:
        rows = (
            *((row[0], "A", row[2], row[3]) for row in ratings),
            *(("1.1", "BCDEF"[n], "t", level) for n, level in enumerate(others)),
        )
    return Example(
        method="gap_analysis",
        inputs={"dimensions": ["E1"], "regions": regions},
        columns=LEVELS if not others else (_("Statement"), _("Region"), _("Respondent"), _("Level")),
        rows=rows,
        arithmetic=arithmetic,
        picks=picks,
    )


def _theme(name: str) -> Pick:
    return lambda result: result["regions"][0]["dimensions"][0][name]


def _score(group: str, code: str, name: str = "mean") -> Pick:
    def pick(result: Json) -> Any:
        rows = result["regions"][0]["scores"]
        return next(row[name] for row in rows if (row["group"], row["code"]) == (group, code))

    return pick


GAP_EXAMPLES: dict[str, Example] = {
    "score": _gaps(
        ("1.1", "team", "t", 4),
        ("1.1", "stakeholder", "s1", 2),
        ("1.1", "stakeholder", "s2", 3),
        arithmetic=_("Team: 4. Stakeholders: (2 + 3) / 2 = 2.5. Region: (4 + 2.5) / 2 = 3.25."),
        picks=((_("Stakeholders"), _score("stakeholder", "1.1")), (_("Region"), _score("all", "1.1"))),
    ),
    "coverage": _gaps(
        ("1.1", "stakeholder", "s1", 4),
        ("1.1", "stakeholder", "s2", None),
        ("1.1", "stakeholder", "s3", None),
        arithmetic=_(
            "1 value of 3 asked: 1 / 3 = 0.33, less than 2/3. One more value makes 2 / 3, which is enough."
        ),
        picks=(
            (_("Coverage"), _score("stakeholder", "1.1", "coverage")),
            (_("Reason"), _score("stakeholder", "1.1", "reason")),
            (_("Answers still needed"), _score("stakeholder", "1.1", "needed")),
        ),
    ),
    "interval": Example(
        method="bootstrap_mean",
        inputs={"sample": [1, 3]},
        columns=(_("Respondent"), _("Level")),
        rows=(("a", 1), ("b", 3)),
        arithmetic=_(
            "Two respondents can be drawn in four ways: 1 and 1, 1 and 3, 3 and 1, 3 and 3. The "
            "means are 1, 2, 2, 3. "
            "The 5 % point lies at place 1 + 0.05 × 3 = 1.15 of them: 1 + 0.15 × 1 = 1.15."
        ),
        picks=(
            (_("Lower end"), lambda result: result["q05"]),
            (_("Upper end"), lambda result: result["q95"]),
        ),
    ),
    "target-gap": _gaps(
        ("1.1", "team", "t", 3),
        ("1.2", "team", "t", 2),
        target=4,
        arithmetic=_(
            "Theme: (3 + 2) / 2 = 2.5. Needed: 4. Gap: 4 − 2.5 = 1.5. One respondent: no "
            "interval, so not confirmed."
        ),
        picks=(
            (_("Level"), _theme("score")),
            (_("Gap"), _theme("target_gap")),
            (_("Status"), _theme("gap_status")),
        ),
    ),
    "peer-gap": _gaps(
        ("1.1", "team", "t", 2),
        others=(2, 3, 3, 4, 5),
        arithmetic=_("The others in order: 2, 3, 3, 4, 5. Median 3, best 5. Gaps: 3 − 2 = 1 and 5 − 2 = 3."),
        picks=((_("Gap to the median"), _theme("peer_gap")), (_("Gap to the best"), _theme("best_gap"))),
    ),
    "perception": _gaps(
        ("1.1", "team", "t", 4),
        ("1.1", "stakeholder", "s1", 2),
        ("1.1", "stakeholder", "s2", 2),
        ("1.1", "stakeholder", "s3", 3),
        arithmetic=_(
            "Team 4, stakeholders (2 + 2 + 3) / 3 = 2.33. 4 − 2.33 = 1.67, at least 1.5 with "
            "three respondents: flagged."
        ),
        picks=(
            (_("Gap"), lambda result: result["regions"][0]["perception"][0]["gap"]),
            (_("Flagged"), lambda result: result["regions"][0]["perception"][0]["flagged"]),
        ),
    ),
    "consensus": Example(
        method="consensus",
        inputs={"frequencies": [[0, 1, 0, 1, 0]]},
        columns=(_("Level"), "1", "2", "3", "4", "5"),
        rows=((_("Answers"), 0, 1, 0, 1, 0),),
        arithmetic=_(
            "Mean 3, width of the scale 4. Both answers lie 1 away: 1 − 1/4 = 0.75. log₂ 0.75 = −0.415. "
            "1 + ½ × (−0.415) + ½ × (−0.415) = 0.585."
        ),
        picks=((_("Consensus"), lambda result: result["consensus"][0]),),
    ),
    "agreement": Example(
        method="krippendorff_alpha",
        inputs={"ratings": [[1, 2, 3], [1, 2, 4]], "level": "ordinal"},
        columns=(_("Respondent"), "1.1", "1.2", "1.3"),
        rows=(("a", 1, 2, 3), ("b", 1, 2, 4)),
        arithmetic=_(
            "In order the ratings are 1, 1, 2, 2, 3, 4. Distances: 1 to 2 is ½ × 2 + ½ × 2 = 2, 1 to 3 is "
            "1 + 2 + ½ = 3.5, 1 to 4 is 1 + 2 + 1 + ½ = 4.5, 2 to 3 is 1.5, 2 to 4 is 2.5, 3 to 4 is 1. "
            "Observed: only 3 and 4 differ, 1² = 1, both ways 2; 2 / 6 = 0.333. Expected, all pairs: "
            "4 × 2² + 2 × 3.5² + 2 × 4.5² + 2 × 1.5² + 2 × 2.5² + 1² = 99, both ways 198; 198 / 30 = 6.6. "
            "1 − 0.333 / 6.6 = 0.949."
        ),
        picks=((_("Alpha"), lambda result: result["alpha"]),),
    ),
    "between-groups": Example(
        method="group_differences",
        inputs={"groups": {"team": [1, 2], "stakeholder": [3, 4]}},
        columns=(_("Group"), _("Ratings")),
        rows=((_("Team"), "1, 2"), (_("Stakeholders"), "3, 4")),
        arithmetic=_(
            "Mean of all 2.5, of the groups 1.5 and 3.5. Between: 2 × 1² + 2 × 1² = 4. In all: "
            "1.5² + 0.5² + 0.5² + 1.5² = 5. "
            "4 / 5 = 0.8."
        ),
        picks=((_("Share between groups"), lambda result: result["eta_squared"]),),
    ),
    "order-of-work": Example(
        method="importance_performance",
        inputs={"rows": [["1.1", 5, 2], ["1.2", 4, 4], ["2.1", 3, 3]]},
        columns=(_("Statement"), _("Importance"), _("Level")),
        rows=(("1.1", 5, 2), ("1.2", 4, 4), ("2.1", 3, 3)),
        arithmetic=_(
            "Sum of importance 12. Statement 1.1: 5 / 12 × (5 − 2) = 1.25. The others have no gap: 0."
        ),
        picks=(
            (_("Weighted gap of 1.1"), lambda result: result["weighted_gap"][0]),
            (_("Weighted gap of 1.2"), lambda result: result["weighted_gap"][1]),
        ),
    ),
    "robustness": _gaps(
        ("1.1", "stakeholder", "s1", 1),
        ("1.1", "stakeholder", "s2", 5),
        target=3,
        arithmetic=_(
            "Together (1 + 5) / 2 = 3: no gap to the needed 3. Without s2 the level is 1, below "
            "it; without s1 it is 5. "
            "The conclusion holds in 1 of 2 scenarios: 0.5."
        ),
        picks=((_("Holds in"), _theme("gap_holds")),),
    ),
    "protection": Example(
        method="suppression",
        inputs={"counts": [[2, 8], [9, 7]], "k": 5},
        columns=("", _("Units"), _("Stakeholders")),
        rows=((_("North"), 2, 8), (_("South"), 9, 7)),
        arithmetic=_(
            "2 is fewer than 5: hidden. Row and column totals would give it away, so the "
            "smallest other cell of each goes too, "
            "and with them the fourth."
        ),
        picks=((_("Hidden cells"), lambda result: sum(map(sum, result["suppressed"]))),),
    ),
    "wheel": Example(
        method="wheel_score",
        inputs={"answers": {"Context": [3, 4, 0, 2, 5, 3], "Vision": [4, 0, 0]}, "min_coverage": 2 / 3},
        columns=(_("Step"), _("Marks")),
        rows=((_("Context"), "3, 4, 0, 2, 5, 3"), (_("Vision"), "4, 0, 0")),
        arithmetic=_(
            "Context has five marks, 17 together, mean 3.4: 100 × 2.4 / 4 = 60. Vision has one mark "
            "of three, less than two thirds: no score."
        ),
        picks=(
            (_("Context"), lambda result: result["Context"]["score"]),
            (_("Vision"), lambda result: result["Vision"]["reason"]),
        ),
    ),
}
