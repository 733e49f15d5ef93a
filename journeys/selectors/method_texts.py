"""What each method of the gap analysis answers, in plain words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

Pair = tuple[Any, Any]


@dataclass(frozen=True, kw_only=True)
class MethodText:
    """symbols: letters of the formula and what they mean; undefined: reason code and when it appears."""

    question: Any
    title: Any
    answer: Any
    symbols: tuple[Pair, ...]
    undefined: tuple[Pair, ...]
    limits: Any
    source: str


OWN = "This product's own rule"
NO_DATA = ("NO_DATA", _("nobody gave a value"))
FEW = ("N_TOO_SMALL", _("too few people answered"))
HIDDEN = ("SUPPRESSED", _("fewer people stand behind it than may be shown"))

GAP_TEXTS: dict[str, MethodText] = {
    "score": MethodText(
        question=_("How well is the governance in place?"),
        title=_("Level of a statement and of a theme"),
        answer=_(
            "The mean of what people answered, first inside each group, then over the groups. "
            "The team, the units and the "
            "stakeholders weigh the same, so that thirty firms do not outvote one university."
        ),
        symbols=(
            ("x", _("a level from 1, not in place, to 5, established")),
            ("m", _("mean of a group")),
            ("n", _("respondents of the group with a value")),
            ("G", _("groups with a value")),
            ("S", _("level of the region")),
        ),
        undefined=(NO_DATA, ("COVERAGE_TOO_LOW", _("less than two thirds of the answers are there"))),
        limits=_("A mean hides disagreement. Look at the consensus and at the groups beside it."),
        source=OWN,
    ),
    "coverage": MethodText(
        question=_("When is a level withheld?"),
        title=_("Coverage"),
        answer=_(
            "A level is given only when at least two thirds of those who opened the form gave a "
            "value. The page says how many "
            "answers are still needed for it to appear."
        ),
        symbols=(
            ("v", _("answers with a value")),
            ("k", _("answers 'no information'")),
            ("u", _("statements not answered")),
        ),
        undefined=(("NO_DATA", _("the statement applies to nobody")),),
        limits=_("'Does not apply' leaves the count on both sides."),
        source="OECD/JRC (2008) Handbook on Composite Indicators; the share of 2/3 is this product's own",
    ),
    "interval": MethodText(
        question=_("How certain is a level?"),
        title=_("Interval of 90 %"),
        answer=_(
            # xgettext:no-python-format
            "If other people of the same groups had answered, the level would be a little "
            "different. Respondents are drawn anew "
            "2,000 times inside their group; the interval holds the middle 90 % of the levels found."
        ),
        symbols=(("q₅, q₉₅", _("the points below which 5 % and 95 % of the drawn levels lie")),),
        undefined=(
            ("N_TOO_SMALL", _("fewer than five respondents, or one in a drawn group")),
            ("CENSUS", _("everybody was asked and answered, so there is nothing to draw")),
        ),
        limits=_(
            "It says nothing about people who were never invited. From 30 respondents on, "
            "Student's t is used."
        ),
        source="Efron & Tibshirani (1993) An Introduction to the Bootstrap",
    ),
    "target-gap": MethodText(
        question=_("Where is the gap?"),
        title=_("Gap to the level needed"),
        answer=_(
            "How far a theme is below the level that the region says it needs. It is confirmed "
            "when the whole interval lies below "
            "that level."
        ),
        symbols=(("T", _("level needed, set by the region")), ("S", _("level of the region"))),
        undefined=(("NO_TARGET", _("the region set no needed level")), NO_DATA, HIDDEN),
        limits=_("The level needed is a choice of the region, not a norm."),
        source=OWN,
    ),
    "peer-gap": MethodText(
        question=_("How do we compare with the other regions?"),
        title=_("Gap to the median and to the best"),
        answer=_("How far a theme is from the middle of the other regions and from the best of them."),
        symbols=(("S", _("level of the region")), ("S others", _("levels of the other published regions"))),
        undefined=(("N_TOO_SMALL", _("fewer than five other regions have a level")), NO_DATA, HIDDEN),
        limits=_(
            "People in different regions may use the scale differently. A difference under 0.3 "
            "is not called one."
        ),
        source=OWN,
    ),
    "perception": MethodText(
        question=_("Who sees it differently?"),
        title=_("Perception gap"),
        answer=_(
            "The team's answer less the mean of the units or of the stakeholders, on the core "
            "statements, which all of them "
            "answer in the same words."
        ),
        symbols=(("m", _("mean of a group on one statement")),),
        undefined=(NO_DATA, ("COVERAGE_TOO_LOW", _("one of the two means is withheld"))),
        limits=_(
            "Nobody is wrong: a gap is a reason to talk. It is flagged from 1.5 levels with "
            "three respondents."
        ),
        source=OWN,
    ),
    "consensus": MethodText(
        question=_("Do people agree on a statement?"),
        title=_("Consensus"),
        answer=_("1 when everybody gives the same level, 0 when half say 1 and half say 5."),
        symbols=(
            ("p", _("share of the answers at a level")),
            ("x", _("that level")),
            ("μ", _("mean of the answers")),
            ("d", _("width of the scale: 4")),
        ),
        undefined=(("N_TOO_SMALL", _("fewer than two answers")), NO_DATA),
        limits=_("Answers spread evenly over five levels give 0.43, not 0.5."),
        source="Tastle & Wierman (2007) International Journal of Approximate Reasoning 45:531-545",
    ),
    "agreement": MethodText(
        question=_("Do the ratings of a theme point the same way?"),
        title=_("Krippendorff's alpha"),
        answer=_(
            "How much less people differ than they would if levels were handed out by chance. 1 "
            "is full agreement, 0 is chance."
        ),
        symbols=(
            ("D observed", _("mean of δ² between ratings of the same statement")),
            ("D expected", _("the same between all ratings")),
            ("δ", _("distance of two levels: how many ratings lie between them, those of both ends by half")),
            ("n", _("ratings at a level, of the statements with two ratings or more")),
        ),
        undefined=(("NO_VARIANCE", _("all ratings are equal")), FEW),
        limits=_(
            "With few ratings it jumps. Below 0.667 it is no ground for conclusions. Levels are an order "
            "(ordinal alpha): the step from 1 to 2 need not be as wide as that from 3 to 4."
        ),
        source="Krippendorff (2011) Computing Krippendorff's Alpha-Reliability",
    ),
    "between-groups": MethodText(
        question=_("Is the disagreement between groups or between people?"),
        title=_("Share of disagreement between groups"),
        answer=_("Which part of all differences between respondents goes back to the group they belong to."),
        symbols=(
            ("SS between", _("squared distances of the groups from the mean of all")),
            ("SS total", _("squared distances of all respondents from it")),
        ),
        undefined=(
            ("N_TOO_SMALL", _("only one group, or only one person in each")),
            ("NO_VARIANCE", _("everybody agrees")),
        ),
        limits=_("A large share with few people may be chance: the p value stands beside it."),
        source="Kruskal & Wallis (1952) J. American Statistical Association 47:583-621; eta squared",
    ),
    "order-of-work": MethodText(
        question=_("What should be worked on first?"),
        title=_("Importance by performance"),
        answer=_(
            "A statement comes first when it is important and its level is low. Its gap weighs "
            "by its share of all importance."
        ),
        symbols=(("I", _("mean importance, 1 to 5")), ("P", _("level, 1 to 5")), ("w", _("weighted gap"))),
        undefined=(("NO_DATA", _("no level or no importance")),),
        limits=_("Importance and level share a scale, but not a meaning. Use it to start a discussion."),
        source="Martilla & James (1977) Journal of Marketing 41:77-79",
    ),
    "robustness": MethodText(
        question=_("Would the order change with one person less?"),
        title=_("Robust order"),
        answer=_(
            "Each respondent is left out once, and the weights of groups and statements are "
            "changed by up to 25 % a thousand times. "
            "What holds in at least 90 % of both is called robust."
        ),
        symbols=(
            ("n holds", _("scenarios in which the statement stays true")),
            ("n scenarios", _("scenarios with a value")),
        ),
        undefined=(("N_TOO_SMALL", _("nobody is left when one is left out")),),
        limits=_("Gaps closer than 0.3 make no statement of order at all."),
        source="Saisana, Saltelli & Tarantola (2005) J. Royal Statistical Society A 168:307-323",
    ),
    "protection": MethodText(
        question=_("Why is a value hidden?"),
        title=_("Small groups stay hidden"),
        answer=_(
            "A value of fewer people than the limit is not shown. Others go with it where it "
            "could be worked out from totals."
        ),
        symbols=(("n", _("respondents behind a value")), ("k", _("3 inside the partnership, 5 outside"))),
        undefined=(HIDDEN,),
        limits=_("It costs figures in small regions. That is the price of honest answers."),
        source="OECD Glossary of Statistical Terms, entry 7010",
    ),
    "wheel": MethodText(
        question=_("How does the team rate each step of its strategy?"),
        title=_("Score of the assessment wheel"),
        answer=_(
            "The mean of the marks of a step, put on a scale from 0 (all poor) to 100 (all excellent). 0 on "
            "the wheel means no information: it is left out, never counted as the worst mark."
        ),
        symbols=(("x", _("marks that were given, 1 to 5")), ("n", _("how many"))),
        undefined=(
            ("NO_DATA", _("no factor has a mark")),
            ("COVERAGE_TOO_LOW", _("fewer than two thirds of the factors have a mark")),
        ),
        limits=_("The team rates itself. The wheel counts in no level of the gap analysis."),
        source="Smart Specialisation Platform, RIS3 assessment wheel",
    ),
}
