"""Synergies in words: each verdict with its reasons and the rows behind it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from journeys.selectors.sources import DiagnosisSource
from journeys.selectors.words import VERDICTS, and_list, code_text
from mapping.enums import ChainRole, Helix

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Synergy:
    """One pair of capabilities as the page lists it."""

    kind: str
    kind_name: str
    a: str
    b: str
    unit_a: str
    unit_b: str
    coordination: str
    coordination_name: str
    is_unused: bool
    is_uncoordinated_overlap: bool
    sentence: str
    rows: tuple[int, int]
    depth: int | None

    @property
    def key(self) -> str:
        return "{}-{}".format(*self.rows)


class Wording:
    """Words the verdicts of one region, with the names of its own rows."""

    def __init__(self, source: DiagnosisSource) -> None:
        content = source.content
        self.labels = content.get("codes", {})
        self.capabilities = {row["id"]: row for row in content["capabilities"]}
        self.units = source.unit_names
        self.priorities = {row["id"]: row["name"] for row in content["priorities"]}
        self.spaces = {row["id"]: row["name"] for row in content["spaces"]}

    def synergy(self, row: Json) -> Synergy:
        first, second = self.capabilities.get(row["a"], {}), self.capabilities.get(row["b"], {})
        coordination = row["coordination"] or ""
        return Synergy(
            kind=row["kind"],
            kind_name=str(VERDICTS.get(row["kind"], row["kind"])),
            a=first.get("name", ""),
            b=second.get("name", ""),
            unit_a=self.units.get(row["unit_a"], ""),
            unit_b=self.units.get(row["unit_b"], ""),
            coordination=coordination,
            coordination_name=str(VERDICTS.get(coordination, _("Coordination not known"))),
            is_unused=bool(row["unused_synergy"]),
            is_uncoordinated_overlap=bool(row["uncoordinated_overlap"]),
            sentence=self.sentence(row),
            rows=(row["a"], row["b"]),
            depth=row["depth"],
        )

    def sentence(self, row: Json) -> str:
        """The reasons in the order the analysis gives them, as short clauses."""
        clauses = [self.clause(reason) for reason in row["reasons"]]
        return "; ".join(clause for clause in clauses if clause) + "."

    def clause(self, reason: Json) -> str:
        worded = getattr(self, f"word_{reason['code'].lower()}", None)
        return worded(reason["data"]) if worded else ""

    def word_overlap(self, data: Json) -> str:
        shared = [code_text(code, labels=self.labels) for code in data["shared_codes"][:3]]
        if shared:
            return _("both work in %(fields)s") % {"fields": and_list(shared)}
        matches = [match for part in data["parts"] for match in part["matches"] if match["similarity"] > 0]
        if not matches:
            return ""
        best = max(matches, key=lambda match: match["similarity"])
        near = {"a": code_text(best["a"], labels=self.labels), "b": code_text(best["b"], labels=self.labels)}
        return _("%(a)s and %(b)s are close fields") % near

    def word_strengths(self, data: Json) -> str:
        return _("strength %(a)d and %(b)d of 5") % data

    def word_same_role(self, data: Json) -> str:
        return _("both in the role %(role)s") % {"role": _role_name(data["role"])}

    def word_different_roles(self, data: Json) -> str:
        names = {"a": _role_name(data["a"]), "b": _role_name(data["b"])}
        return _("different roles: %(a)s and %(b)s") % names

    def word_weak_side_has_priority(self, data: Json) -> str:
        name = self.priorities.get(data["priority_id"], "")
        return _("the weaker side is linked to the priority %(name)s") % {"name": name}

    def word_same_priority(self, data: Json) -> str:
        name = self.priorities.get(data["priority_id"], "")
        return _("both linked to the priority %(name)s") % {"name": name}

    def word_both_publicly_funded(self, data: Json) -> str:
        return _("public money on both sides")

    def word_no_shared_space(self, data: Json) -> str:
        if data["space_ids_on_other_topics"]:
            return _("they meet, but in no space on this topic")
        return _("they share no governance space")

    def word_shared_spaces(self, data: Json) -> str:
        best = data["spaces"][0]
        name = self.spaces.get(best["id"], "")
        if best["depth"] is None:
            return _("they share %(name)s, of unknown depth") % {"name": name}
        return _("they share %(name)s, depth %(depth)d") % {"name": name, "depth": best["depth"]}


def _role_name(value: str | None) -> str:
    return str(ChainRole(value).label) if value in ChainRole.values else _("not known")


def synergies_of(source: DiagnosisSource) -> list[Synergy]:
    """Pairs worth reading: unused first, then loose, then the rest; the analysis' order inside each."""
    if source.synergies is None:
        return []
    wording = Wording(source)
    order = {"unused": 0, "loose": 1, "": 2, "used": 3}
    known = set(wording.capabilities)
    pairs = [row for row in source.synergies["region"]["pairs"] if row["a"] in known and row["b"] in known]
    return sorted((wording.synergy(row) for row in pairs), key=lambda pair: order[pair.coordination])


def seats_of(source: DiagnosisSource) -> list[str]:
    """Missing seats and unclear mandates as sentences; the same in several spaces is one, naming them."""
    if source.synergies is None:
        return []
    wording = Wording(source)
    found = source.synergies["region"]["spaces"]["findings"]
    # A space without any recorded mandate is missing knowledge, not a finding about the region.
    told = [row for row in found if row["code"] != "NO_MANDATE_RECORDED"]
    spaces: dict[str, list[str]] = {}
    for row in told:
        names = [wording.spaces[key] for key in row["space_ids"] if key in wording.spaces]
        seen = spaces.setdefault(_seat_sentence(row, wording), [])
        # Absent from every space on a topic: naming all of them would say nothing more.
        seen += [name for name in names if row["kind"] == "unclear_mandate" and name not in seen]
    return [
        _("%(sentence)s In: %(spaces)s.") % {"sentence": sentence, "spaces": "; ".join(names)}
        if names
        else sentence
        for sentence, names in spaces.items()
    ]


def _seat_sentence(row: Json, wording: Wording) -> str:
    topic = wording.priorities.get(row["topic"], _("all topics"))
    data = row["data"]
    if row["kind"] == "missing_seat_unit":
        unit = wording.units.get(data.get("unit_id"), "")
        return _("%(unit)s is strong in %(topic)s, but sits in no space on it.") % {
            "unit": unit,
            "topic": topic,
        }
    if row["kind"] == "missing_seat_helix":
        helix = data.get("helix", "")
        name = Helix(helix).label if helix in Helix.values else helix
        return _("%(helix)s has no seat in any space on %(topic)s.") % {"helix": name, "topic": topic}
    if row["kind"] == "no_space":
        return _("There is no governance space on %(topic)s.") % {"topic": topic}
    mandates = {
        "SEVERAL_DECIDERS": _("More than one body decides on %(topic)s."),
        "NO_DECIDER": _("Nobody is named as deciding on %(topic)s."),
        "NOBODY_CARRIES_OUT": _("Nobody is named as carrying out decisions on %(topic)s."),
    }
    return mandates.get(row["code"], _("The mandates on %(topic)s are unclear.")) % {"topic": topic}
