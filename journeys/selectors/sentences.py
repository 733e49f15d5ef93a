""" "In one minute": three sentences made from the figures, and the coordinator's own words where written."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohes3ion.lib.fingerprints import fingerprint
from journeys.models import SummarySentence
from journeys.selectors import words
from journeys.selectors.figures import WIDE, gap_title
from journeys.selectors.group_figures import group_cells, groups_title, widest_difference
from journeys.selectors.reasons import synergies_of
from journeys.selectors.sources import DiagnosisSource

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One of the three. `figures` is the fingerprint of the numbers it rests on.

    is_edited: the coordinator wrote it; is_outdated: the numbers moved away since.
    """

    slot: int
    lead: str
    text: str
    tone: str
    figures: str
    is_edited: bool = False
    is_outdated: bool = False
    version: int = 1


def _rounded_row(row: Json) -> list[Any]:
    """What a reader sees of a dimension: a change below the shown decimal is no change."""
    return [
        row["code"],
        *(None if row[name] is None else round(row[name], 1) for name in ("score", "target_gap")),
        row["target"],
        row["confirmed"],
    ]


def _gap_sentence(source: DiagnosisSource) -> Sentence:
    rows = source.dimensions
    basis = fingerprint([_rounded_row(row) for row in rows])
    ranked = sorted(
        (row for row in rows if row["target_gap"] is not None), key=lambda row: -row["target_gap"]
    )
    detail = ""
    if ranked and ranked[0]["target_gap"] >= WIDE:
        row = ranked[0]
        told = {
            "theme": words.dimension(row["code"]),
            "now": words.number(row["score"]),
            "needed": row["target"],
            "people": words.answers(row["n"]),
        }
        detail = _("%(theme)s is rated %(now)s and %(needed)d is needed (%(people)s).") % told
        detail += " " + _confirmation(row)
    lead = _("Levels are not analysed yet.") if source.gaps is None else f"{gap_title(rows)}."
    return Sentence(slot=1, lead=lead, text=detail, tone="gap", figures=basis)


def _confirmation(row: Json) -> str:
    if row["confirmed"] is None:
        return _("There is no interval, so the gap is not confirmed.")
    ends = {"lower": words.number(row["lower"]), "upper": words.number(row["upper"])}
    if row["confirmed"]:
        return _("The gap is confirmed: the 90 %% interval is %(lower)s to %(upper)s.") % ends
    return _("The gap is not confirmed: the 90 %% interval is %(lower)s to %(upper)s.") % ends


def _group_sentence(source: DiagnosisSource) -> Sentence:
    cells = group_cells(source)
    shown = sorted(
        (code, group, round(cell["mean"], 1)) for (code, group), cell in cells.items() if cell["mean"]
    )
    widest = widest_difference(cells)
    detail = ""
    if widest is not None and widest[3] >= WIDE:
        code, high, low, _difference = widest
        detail = _("%(high)s: %(first)s. %(low)s: %(second)s, on a scale of 1 to 5.") % {
            "high": words.GROUPS[high],
            "low": words.GROUPS[low],
            "first": words.number(cells[code, high]["mean"]),
            "second": words.number(cells[code, low]["mean"]),
        }
    basis = fingerprint([list(row) for row in shown])
    lead = _("The groups are not compared yet.") if source.gaps is None else f"{groups_title(cells)}."
    return Sentence(slot=2, lead=lead, text=detail, tone="", figures=basis)


def _synergy_sentence(source: DiagnosisSource) -> Sentence:
    pairs = synergies_of(source)
    unused = [pair for pair in pairs if pair.is_unused]
    basis = fingerprint([[list(pair.rows), pair.kind, pair.coordination] for pair in pairs])
    if source.synergies is None:
        lead, detail = _("Synergies are not analysed yet."), ""
    elif not unused:
        lead, detail = _("No unused synergy was found between the units."), ""
    else:
        n = source.synergies["region"]["counts"].get("unused_synergy", len(unused))
        lead = ngettext(
            "%(n)d synergy between units is unused.", "%(n)d synergies between units are unused.", n
        ) % {"n": n}
        first = unused[0]
        detail = _("For example %(a)s in %(unit_a)s and %(b)s in %(unit_b)s: %(why)s") % {
            "a": first.a,
            "unit_a": first.unit_a,
            "b": first.b,
            "unit_b": first.unit_b,
            "why": first.sentence,
        }
    return Sentence(slot=3, lead=lead, text=detail, tone="over", figures=basis)


def one_minute(source: DiagnosisSource) -> list[Sentence]:
    """The three sentences; those the coordinator rewrote in their words, marked when the figures moved."""
    made = [_gap_sentence(source), _group_sentence(source), _synergy_sentence(source)]
    written = {row.slot: row for row in SummarySentence.objects.filter(region_map=source.region_map)}
    return [merged(sentence, written.get(sentence.slot)) for sentence in made]


def merged(sentence: Sentence, row: SummarySentence | None) -> Sentence:
    if row is None:
        return sentence
    if not row.text:
        return replace(sentence, version=row.version_of("text"))
    return Sentence(
        slot=sentence.slot,
        lead="",
        text=row.text,
        tone=sentence.tone,
        figures=sentence.figures,
        is_edited=True,
        is_outdated=row.figures_fingerprint != sentence.figures,
        version=row.version_of("text"),
    )
