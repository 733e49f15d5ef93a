"""How the numbers of single statements were computed: perception, agreement, and the order of work."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from journeys.selectors import words
from journeys.selectors.explained import Explained, Number
from journeys.selectors.group_figures import GROUPS
from journeys.selectors.sources import DiagnosisSource

Json = dict[str, Any]


def _level(value: float | None, decimals: int = 2) -> str:
    return "–" if value is None else words.at_most(value, decimals)


def _signed(value: float) -> str:
    return words.signed(value, words.decimals_of(value, 2))


def _share(value: float | None) -> str:
    return "–" if value is None else f"{round(100 * value)} %"


def as_key(code: str) -> str:
    """The code of a statement in an address: 3.1 as 3-1."""
    return code.replace(".", "-")


def _named(names: dict[str, str], code: str) -> str:
    return f"{code} {names.get(code, '')}".strip()


def _missing(value: float | None, code: str) -> str:
    return "" if value is not None else words.reason(code or "NO_DATA")


def statements_of(source: DiagnosisSource, *, dimension: str) -> list[str]:
    """Codes of a theme's statements, in the order of the questionnaire."""
    if source.gaps is None:
        return []
    rows = source.gaps["region"]["agreement"]
    return [row["code"] for row in rows if row["dimension"] == dimension]


def statement(source: DiagnosisSource, key: str) -> Explained | None:
    """One statement: levels of the groups, consensus, how the answers spread, gaps of perception."""
    if source.gaps is None:
        return None
    region = source.gaps["region"]
    row = next((row for row in region["agreement"] if as_key(row["code"]) == key), None)
    if row is None:
        return None
    code, names = row["code"], source.statement_names
    cells = {one["group"]: one for one in region["scores"] if one["code"] == code and one["unit"] is None}
    if any(one["reason"] == "SUPPRESSED" for one in cells.values()):
        # Results from before an update kept the spread of all answers beside groups that are hidden.
        row = row | {"counts": {}, "consensus": None, "reason": "SUPPRESSED"}
    return Explained(
        title=_named(names, code),
        lead=_("Level by group, how far the answers agree, and where groups see it differently."),
        numbers=(
            _score(cells.get("all")),
            Number(
                label=_("Consensus, 0 to 1"),
                value=_level(row["consensus"]),
                method="consensus",
                reason=_missing(row["consensus"], row["reason"]),
            ),
            *(_perception(one) for one in region["perception"] if one["code"] == code),
        ),
        columns=(_("Group"), _("Level"), _("Respondents"), _("Coverage")),
        rows=tuple(_group_row(group, cells.get(group)) for group in GROUPS),
        n=row["n"],
        parameters=("min_coverage", "perception_flag", "perception_n"),
        dimension=row["dimension"],
        statement=code,
        back="figure-groups",
        sentences=tuple(_spread(row)),
        more=((words.dimension(row["dimension"]), "theme", row["dimension"]),),
    )


def _score(cell: Json | None) -> Number:
    mean = cell["mean"] if cell else None
    reason = _missing(mean, cell["reason"] if cell else "NO_DATA")
    return Number(label=_("Level now"), value=_level(mean), method="score", reason=reason)


def _perception(row: Json) -> Number:
    labels = {
        "unit": _("Regional team less territorial units"),
        "stakeholder": _("Regional team less stakeholders"),
    }
    told = _("flagged") if row["flagged"] else ""
    return Number(
        label=labels[row["other"]],
        value="–" if row["gap"] is None else _signed(row["gap"]),
        method="perception",
        reason=told or _missing(row["gap"], row["reason"]),
    )


def _group_row(group: str, cell: Json | None) -> tuple[str, ...]:
    if cell is None:
        return str(words.GROUPS[group]), words.reason("NO_DATA"), "–", "–"
    level = _level(cell["mean"]) if cell["mean"] is not None else words.reason(cell["reason"])
    return str(words.GROUPS[group]), level, str(cell["n"]), _share(cell["coverage"])


def _spread(row: Json) -> list[str]:
    """How many chose each level; empty where too few answered for a distribution."""
    names = dict(zip("12345", words.levels(), strict=True))
    kinds = {
        "no_information": _("No information"),
        "does_not_apply": _("Does not apply"),
        "unanswered": _("Not answered"),
    }
    counts = [(names.get(name) or kinds.get(name, name), n) for name, n in row["counts"].items() if n]
    told = [_("Answers: %(counts)s.") % {"counts": ", ".join(f"{name} {n}" for name, n in counts)}]
    if row["about_units"]:
        told.append(_("The answers are about different units, so they may differ without disagreement."))
    return told if counts else told[1:]


def perception(source: DiagnosisSource, key: str) -> Explained | None:
    """All core statements: what the team says less what units and stakeholders say."""
    if source.gaps is None or key != "all":
        return None
    rows = source.gaps["region"]["perception"]
    names = source.statement_names
    flagged = sum(row["flagged"] for row in rows)
    known = sum(row["gap"] is not None for row in rows)
    return Explained(
        title=_("Where groups see the same statement differently"),
        lead=_("Only the core statements are put to all three groups in the same words."),
        numbers=(
            Number(label=_("Comparisons with a value"), value=f"{known} / {len(rows)}", method="perception"),
            Number(label=_("Flagged"), value=str(flagged), method="perception"),
        ),
        columns=(_("Statement"), _("Compared with"), _("Team"), _("Other group"), _("Team less other")),
        rows=tuple(
            (
                _named(names, row["code"]),
                str(words.GROUPS[row["other"]]),
                _level(row["team"]),
                _level(row["value"]) if row["value"] is not None else words.reason(row["reason"]),
                "–" if row["gap"] is None else _signed(row["gap"]),
            )
            for row in sorted(rows, key=lambda row: -abs(row["gap"] or 0))
        ),
        parameters=("perception_flag", "perception_n"),
        back="figure-groups",
        more=links_to(source, codes=[row["code"] for row in rows]),
    )


def links_to(source: DiagnosisSource, *, codes: list[str]) -> tuple[tuple[str, str, str], ...]:
    """To the pages of these statements."""
    names = source.statement_names
    return tuple((_named(names, code), "statement", as_key(code)) for code in dict.fromkeys(codes))


def order(source: DiagnosisSource, key: str) -> Explained | None:
    """Importance by performance of each statement, and which neighbours in the order stand firm."""
    if source.gaps is None or key != "all":
        return None
    region, names = source.gaps["region"], source.statement_names
    work, pairs = region["work"], region["order_of_work"]
    fields = {
        "act_first": _("Act first"),
        "keep_strong": _("Keep strong"),
        "watch": _("Watch"),
        "enough": _("Enough for now"),
    }
    return Explained(
        title=_("Order of work"),
        lead=_("Statements that are important and weak come first: importance times what is missing to it."),
        numbers=(
            Number(label=_("Statements in order"), value=str(len(work)), method="order-of-work"),
            _firm_neighbours(pairs),
        ),
        columns=(
            _("Statement"),
            _("Importance"),
            _("Level"),
            _("Weighted gap"),
            _("Field"),
            _("Stays in its field"),
        ),
        rows=tuple(
            (
                _named(names, row["code"]),
                _level(row["importance"]),
                _level(row["level"]),
                _level(row["weighted_gap"], 3),
                fields[row["quadrant"]],
                _share(row["holds"]),
            )
            for row in work
        ),
        parameters=("min_difference", "robust_share", "weight_change", "weight_draws"),
        back="figure-quadrant",
        sentences=tuple(_firmness(row, names) for row in pairs),
        more=links_to(source, codes=[row["code"] for row in work]),
    )


def _firm_neighbours(pairs: list[Json]) -> Number:
    firm = sum(row["robust"] for row in pairs)
    return Number(
        label=_("Neighbours whose order stands firm"),
        value=f"{firm} / {len(pairs)}",
        method="robustness",
        reason="" if pairs else _("none differ by enough, or one of the ordered is withheld"),
    )


def _firmness(row: Json, names: dict[str, str]) -> str:
    told = {
        "first": _named(names, row["wider"]),
        "second": _named(names, row["narrower"]),
        "alone": _share(row["leave_one_out"]),
        "weights": _share(row["weights"]),
    }
    if row["robust"]:
        return (
            _(
                "%(first)s before %(second)s stands firm: it holds in %(alone)s of cases with one respondent "
                "less and in %(weights)s with other weights."
            )
            % told
        )
    return (
        _(
            "%(first)s before %(second)s does not stand firm: it holds in %(alone)s of cases with one "
            "respondent less and in %(weights)s with other weights."
        )
        % told
    )


def order_of_gaps(source: DiagnosisSource, key: str) -> Explained | None:
    """Themes by their gap, and which neighbours in that order stand firm."""
    if source.gaps is None or key != "all":
        return None
    region = source.gaps["region"]
    pairs = region["statements_of_order"]
    names = {row["code"]: words.dimension(row["code"]) for row in source.dimensions}
    rows = {row["code"]: row for row in source.dimensions}
    return Explained(
        title=_("Order of the gaps"),
        lead=_(
            "Which theme has the wider gap, and whether that would still hold if the answers were others."
        ),
        numbers=(_firm_neighbours(pairs),),
        columns=(
            _("Theme"),
            _("Gap to the level needed"),
            _("With one respondent less, stays below or above"),
        ),
        rows=tuple(
            (names[code], _level(rows[code]["target_gap"]), _share(rows[code]["gap_holds"]))
            for code in region["order"]
        ),
        n=region["n"],
        invited=region["invited"],
        parameters=("min_difference", "robust_share", "weight_change", "weight_draws"),
        back="figure-gaps",
        sentences=tuple(
            _firmness({**row, "wider": names[row["wider"]], "narrower": names[row["narrower"]]}, {})
            for row in pairs
        ),
        more=tuple((name, "theme", code) for code, name in names.items()),
    )


MEASURES: dict[str, Callable[[DiagnosisSource, str], Explained | None]] = {
    "statement": statement,
    "perception": perception,
    "order": order,
    "gap-order": order_of_gaps,
}
