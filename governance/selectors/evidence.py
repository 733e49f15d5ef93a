"""Evidence of a response: which document supports which answers."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db.models import F
from django.urls import reverse

from governance.models import Evidence, Response
from governance.selectors.responses import Step


@dataclass(frozen=True, kw_only=True)
class EvidenceItem:
    """A document as one answer shows it, with the codes of the other questions it supports."""

    evidence: Evidence
    also_supports: tuple[str, ...]
    remove_address: str
    public_address: str

    @property
    def host(self) -> str:
        """Where a link leads, without the "www." everybody skips."""
        return (urlsplit(self.evidence.url).hostname or "").removeprefix("www.")

    @property
    def extension(self) -> str:
        return str(self.evidence.file_name.rpartition(".")[2].upper())


@dataclass(frozen=True, kw_only=True)
class EvidenceShelf:
    """All documents of a response: links = (document, answer it supports, code of its question)."""

    links: list[tuple[Evidence, int, str]]

    def of(self, step: Step) -> list[EvidenceItem]:
        pk = step.answer.pk if step.answer else None
        response_id, code, *unit = step.place
        return [
            EvidenceItem(
                evidence=row,
                also_supports=self.codes(row, besides=pk),
                remove_address=reverse("governance:evidence_remove", args=[response_id, code, *unit, row.pk]),
                public_address=reverse("governance:evidence_public", args=[response_id, code, *unit, row.pk]),
            )
            for row, supported, _code in self.links
            if supported == pk
        ]

    def codes(self, evidence: Evidence, *, besides: int | None) -> tuple[str, ...]:
        found = {code for row, pk, code in self.links if row.pk == evidence.pk and pk != besides}
        return tuple(sorted(found))

    def counts(self) -> Counter[int]:
        """How many documents each answer has."""
        return Counter(pk for _row, pk, _code in self.links)


def evidence_shelf(*, response: Response) -> EvidenceShelf:
    """Every document of a response with what it supports. One query."""
    through = Evidence.answers.through._default_manager.filter(answer__response=response)
    rows = through.select_related("evidence__added_by").annotate(code=F("answer__question__code"))
    links: list[Any] = [(row.evidence, row.answer_id, row.code) for row in rows.order_by("pk")]
    return EvidenceShelf(links=links)


def find_file(*, pk: int, user: Any) -> Evidence | None:
    """Evidence with a file, if this person may see what it supports or it is public."""
    return Evidence.objects.visible_to(user).exclude(file="").filter(pk=pk).first()


def documents_of(*, region_map_id: int, user: Any) -> Any:
    """Documents of a map that support an answer this person reads."""
    seen = Response.objects.visible_to(user).filter(region_map=region_map_id)
    return Evidence.objects.filter(region_map=region_map_id, answers__response__in=seen).distinct()


def documents_elsewhere(*, response: Response, here: list[EvidenceItem], user: Any) -> list[Evidence]:
    """Documents behind other answers of the map, which this one may use as well. One query."""
    used = {item.evidence.pk for item in here}
    rows = documents_of(region_map_id=response.region_map_id, user=user)
    return sorted((row for row in rows if row.pk not in used), key=lambda row: (row.title.casefold(), row.pk))
