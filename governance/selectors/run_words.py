"""What a run of an analysis found and warns of, in words."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.enums import Dimension, Group
from governance.models import Finding

Data = dict[str, Any]

FINDINGS: dict[str, Promise] = {
    "dimension_gap": gettext_lazy("Level and gap of a theme"),
    "perception_gap": gettext_lazy("A statement seen differently by a group"),
    "gap_order": gettext_lazy("One gap wider than another"),
    "common_strength": gettext_lazy("Common strength"),
    "complementarity": gettext_lazy("Complementarity"),
    "one_sided_need": gettext_lazy("One-sided need"),
    "niche": gettext_lazy("Niche: strong, and linked to no priority"),
    "uncovered_priority": gettext_lazy("Priority in which no unit is strong"),
    "missing_seat_helix": gettext_lazy("A helix without a seat"),
    "missing_seat_unit": gettext_lazy("A leading unit without a seat"),
    "no_space": gettext_lazy("A topic without a governance space"),
    "unclear_mandate": gettext_lazy("A mandate that is not clear"),
    "region_pair": gettext_lazy("What one region can add to another"),
    "specialisation": gettext_lazy("Specialisation beyond noise"),
    "priority_evidence": gettext_lazy("A priority against the statistics"),
}


def finding_name(finding: Finding) -> str:
    return str(FINDINGS.get(finding.code, finding.code))


def finding_subject(finding: Finding) -> str:
    """Which theme, statement or pair of themes a finding is about; empty where its page tells it."""
    data = finding.data
    if finding.code == "gap_order":
        return f"{_theme(data.get('wider'))} > {_theme(data.get('narrower'))}"
    if finding.code == "dimension_gap":
        return _theme(data.get("code"))
    if finding.code == "perception_gap":
        return f"{data.get('code', '')} · {_group(data.get('other'))}"
    return ""


def warning_sentence(warning: Data) -> str:
    """One stored warning as a sentence; its code where it is not known."""
    code, data = str(warning.get("code", "")), warning.get("data") or {}
    tell = WARNINGS.get(code)
    try:
        return tell(data) if tell else code
    except KeyError:  # a run from before an update, with other data beside its code
        return code


def _theme(code: Any) -> str:
    return str(Dimension(code).label) if code in Dimension.values else str(code or "")


def _group(code: Any) -> str:
    return str(Group(code).label) if code in Group.values else str(code or "")


def _themes(codes: list[str]) -> str:
    return ", ".join(_theme(code) for code in codes)


def _withheld(data: Data) -> str:
    needed = data["needed"]
    if not needed:
        return _("%(theme)s: no level, because nobody gave a value.") % {"theme": _theme(data["dimension"])}
    text = ngettext(
        "%(theme)s: no level, because too few answered; %(n)d more answer is needed.",
        "%(theme)s: no level, because too few answered; %(n)d more answers are needed.",
        needed,
    )
    return text % {"theme": _theme(data["dimension"]), "n": needed}


WARNINGS: dict[str, Callable[[Data], str]] = {
    "NO_DATA": _withheld,
    "COVERAGE_TOO_LOW": _withheld,
    "OVERALL_WITHHELD": lambda data: _("There is no level over all themes: too many themes are withheld."),
    "NO_TARGET": lambda data: (
        _("No needed level is set for %(themes)s, so there is no gap.")
        % {"themes": _themes(data["dimensions"])}
    ),
    "IMPORTANCE_MISSING": lambda data: (
        _("Nobody said how important %(themes)s is, so it has no place in the order of work.")
        % {"themes": _themes(data["dimensions"])}
    ),
    "FEW_PEERS": lambda data: (
        _("Only %(peers)s other regions have a level; a median of peers needs %(needed)s.") % data
    ),
    "N_TOO_SMALL": lambda data: (
        ngettext(
            "Only %(n)d respondent answered: no interval is given.",
            "Only %(n)d respondents answered: no interval is given.",
            data["n"],
        )
        % data
    ),
    "FEW_ANSWERS": lambda data: _("Only %(n)s respondents answered: read the intervals with care.") % data,
    "GROUP_WITHOUT_ANSWER": lambda data: (
        _("%(group)s: nobody answered of %(invited)s invited.") % (data | {"group": _group(data["group"])})
    ),
    "LOW_RESPONSE": lambda data: (
        _("%(group)s: only %(n)s of %(invited)s invited answered.")
        % (data | {"group": _group(data["group"])})
    ),
    "ONE_GROUP_DOMINATES": lambda data: (
        _("%(group)s: %(n)s of %(of)s respondents, so the group weighs heavily in what all respondents say.")
        % (data | {"group": _group(data["group"])})
    ),
}
