"""Tables of statistics of a round, and files on their way in, as their pages show them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cohes3ion.lib.jobs import JobState
from governance.enums import StatisticsStep
from governance.models import StatisticsImport
from mapping.analysis.counted_units import counted_by
from mapping.models import Exercise, IndicatorTable

SHOWN = 20
LEFT_OUT = {
    "other years": gettext_lazy("of other years"),
    "other levels of NUTS, or aggregates": gettext_lazy("of other levels of NUTS, or aggregates"),
    "outside regions (ZZ)": gettext_lazy("outside regions (ZZ)"),
    "totals": gettext_lazy("totals"),
    "not chosen": gettext_lazy("not chosen"),
}
WAYS = (
    ("recoded", gettext_lazy("Said in the codes of 2021")),
    ("split", gettext_lazy("Split since, kept whole")),
    ("merged", gettext_lazy("Parts of one region of 2021, to be added up")),
    ("unmatched", gettext_lazy("Not matched: not in NUTS 2021 and no recorded change")),
    ("without_figures", gettext_lazy("Not matched either, and without any figure this year")),
)


@dataclass(frozen=True, kw_only=True)
class StatisticsPage:
    """tables: newest year first, of one year the last imported; the evidence analysis reads the first."""

    exercise: Exercise
    tables: list[IndicatorTable]
    imports: list[StatisticsImport]


@dataclass(frozen=True, kw_only=True)
class ImportPage:
    """A file that was looked at or imported; lines: what was found, as label and text."""

    row: StatisticsImport
    lines: list[tuple[str, str]]

    @property
    def is_refused(self) -> bool:
        return self.row.state == JobState.DONE and bool(self.row.problems)

    @property
    def may_confirm(self) -> bool:
        return (
            self.row.state == JobState.DONE
            and self.row.step == StatisticsStep.CHECK
            and not self.row.problems
        )

    @property
    def is_imported(self) -> bool:
        return self.row.state == JobState.DONE and self.row.step == StatisticsStep.IMPORT


def statistics_page(*, exercise: Exercise) -> StatisticsPage:
    """Two queries."""
    return StatisticsPage(
        exercise=exercise,
        tables=list(IndicatorTable.objects.filter(exercise=exercise).newest_first()),
        imports=list(StatisticsImport.objects.filter(exercise=exercise)[:SHOWN]),
    )


def find_import(*, pk: int, user: Any) -> StatisticsImport | None:
    rows = StatisticsImport.objects.visible_to(user).select_related("exercise__project", "replaces", "table")
    return rows.filter(pk=pk).first()


def import_page(*, row: StatisticsImport) -> ImportPage:
    return ImportPage(row=row, lines=_lines(row.found) if row.found and not row.problems else [])


def _lines(report: dict[str, Any]) -> list[tuple[str, str]]:
    """Everything the look at a file found, nothing left out without a word."""
    told = [
        (_("Values"), _figures(report)),
        (_("Year, unit, NUTS"), f"{report['year']}, {report['unit']}, {report['vintage']}"),
        (_("Regions of the round it covers"), ", ".join(report.get("covered", [])) or _("none")),
    ]
    told.append((_("Test against noise"), _noise(report["unit"])))
    if report.get("not_covered"):
        told.append((_("Regions of the round it does not cover exactly"), ", ".join(report["not_covered"])))
    told += [(str(label), _codes(report[name])) for name, label in WAYS if report.get(name)]
    told += [
        (
            _("Left out"),
            ngettext("%(n)d value, %(why)s", "%(n)d values, %(why)s", n)
            % {"n": n, "why": LEFT_OUT.get(why, why)},
        )
        for why, n in report.get("left_out", {}).items()
    ]
    if report.get("flags"):
        flags = ", ".join(f"{flag} {n}" for flag, n in sorted(report["flags"].items()))
        told.append((_("Flags kept"), flags))
    return told


def _figures(report: dict[str, Any]) -> str:
    return _("%(values)d of %(regions)d regions and %(domains)d fields; %(missing)d not available") % report


def _noise(unit: str) -> str:
    """Whether quotients of this unit can be tested as counts."""
    each = counted_by(unit)
    if each is None:
        return _(
            "Not possible: “%(unit)s” is no count that is known here. Quotients are made and not tested. "
            "If the numbers are counts, send the file again with a unit such as “persons” or "
            "“thousand persons”."
        ) % {"unit": unit}
    if each == 1:
        return _("Each number is taken as a count.")
    return _(
        "Each number is taken times %(n)s, since the unit is “%(unit)s”; the quotients stay as they are."
    ) % {"n": f"{each:.0f}", "unit": unit}


def _codes(codes: list[str]) -> str:
    return f"{len(codes)}: {', '.join(codes)}"
