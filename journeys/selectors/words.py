"""The product's words for codes: dimensions, groups, levels, roles, reasons why a number is missing."""

from django.utils.formats import number_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.enums import Dimension, Level
from mapping.charts.figure import number_text, rounded

GROUPS = {
    "team": gettext_lazy("Regional team"),
    "unit": gettext_lazy("Territorial units"),
    "stakeholder": gettext_lazy("Stakeholders"),
    "all": gettext_lazy("Region"),
}
REASONS = {
    "NO_DATA": gettext_lazy("no answers"),
    "COVERAGE_TOO_LOW": gettext_lazy("too few answers to this theme"),
    "N_TOO_SMALL": gettext_lazy("too few answers"),
    "SUPPRESSED": gettext_lazy("not shown, so that no group of fewer than five gives itself away"),
    "NO_SPREAD": gettext_lazy("fewer than ten answered, and all alike"),
    "CENSUS": gettext_lazy("everybody answered"),
    "NO_VARIANCE": gettext_lazy("all answers are equal"),
    "NO_TARGET": gettext_lazy("no needed level is set"),
    "UNIT_NOT_COUNTED": gettext_lazy("the unit is no count, so it is not tested against noise"),
    "BETWEEN_REGIONS": gettext_lazy("governance spaces belong to one region"),
}
VERDICTS = {
    "common_strength": gettext_lazy("Common strength"),
    "complementarity": gettext_lazy("Complementarity"),
    "one_sided_need": gettext_lazy("One-sided need"),
    "used": gettext_lazy("Coordinated"),
    "loose": gettext_lazy("Loosely coordinated"),
    "unused": gettext_lazy("Not coordinated"),
    "confirmed": gettext_lazy("confirmed"),
    "possible": gettext_lazy("possible, not confirmed"),
    "none": gettext_lazy("none"),
}
WHEEL_LEVELS = (
    gettext_lazy("Poor"),
    gettext_lazy("To be improved"),
    gettext_lazy("Fair"),
    gettext_lazy("Strong"),
    gettext_lazy("Excellent"),
)
CRITERIA = {
    "met": gettext_lazy("Met"),
    "partly": gettext_lazy("Partly met"),
    "not": gettext_lazy("Not met"),
    "no_information": gettext_lazy("No information"),
    "does_not_apply": gettext_lazy("Does not apply"),
    "unanswered": gettext_lazy("Not answered"),
}
EVIDENCE = {
    "consolidate": gettext_lazy("Supported"),
    "isolated_strength": gettext_lazy("Supported"),
    "related_diversification": gettext_lazy("Near"),
    "unsupported": gettext_lazy("Not visible"),
}
EVIDENCE_MEANS = {
    "consolidate": gettext_lazy("specialised here and in related fields"),
    "isolated_strength": gettext_lazy("specialised here, not in related fields"),
    "related_diversification": gettext_lazy("specialised in related fields only"),
    "unsupported": gettext_lazy("specialised neither here nor in related fields"),
}
OWN_METHOD = gettext_lazy("Method stm-1: this product's own, the original method had no numbers.")


def dimension(code: str) -> str:
    return str(Dimension(code).label) if code in Dimension.values else code


def reason(code: str) -> str:
    return str(REASONS.get(code, code))


def levels() -> tuple[str, str, str, str, str]:
    one, two, three, four, five = (str(level.label) for level in Level)
    return one, two, three, four, five


def number(value: float, decimals: int = 1) -> str:
    """A number in the reader's language."""
    return str(number_format(rounded(value, decimals), decimal_pos=decimals, use_l10n=True))


def at_most(value: float, decimals: int) -> str:
    """A number with as many decimals as it has, at least one: what was rounded looks rounded."""
    return number(value, decimals_of(value, decimals)).replace("-", "−")


def decimals_of(value: float, most: int) -> int:
    return next(n for n in range(1, most + 1) if n == most or abs(rounded(value, n) - value) < 1e-9)


def signed(value: float, decimals: int = 1) -> str:
    """A difference with its sign, a true minus, in the reader's language."""
    return number_text(value, number, decimals=decimals, signed=True)


def answers(n: int) -> str:
    return ngettext("%(n)d respondent", "%(n)d respondents", n) % {"n": n}


def and_list(names: list[str]) -> str:
    """Names in one phrase: "A", "A and B", "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def code_text(key: str, *, labels: dict[str, str]) -> str:
    """A code as it is read: "C21 Manufacture of ...", without the list's key."""
    code = key.partition(":")[2] or key
    label = labels.get(key, "")
    return str(format_lazy("{} {}", code, label)) if label and key.startswith("nace:") else label or code
