"""Matches of a post with their reasons in words, and why another one is not among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from journeys.enums import Interest
from journeys.matching.ranking import LEAST, Posting, said_in
from journeys.matching.reasons import Reasons, reasons_of, why_not
from journeys.models import Introduction, Match, Message, Post
from journeys.selectors.concepts import load_vocabulary
from journeys.selectors.match_inputs import pair_index, posting_of, with_codes
from journeys.selectors.posts import HIDDEN

SHOWN = 10
PART_NAMES = {
    "concepts": gettext_lazy("Subjects in common"),
    "words": gettext_lazy("Words in common"),
    "meaning": gettext_lazy("Meaning, by the language model"),
    "regions": gettext_lazy("What the regions lack and have"),
    "stage": gettext_lazy("Place in the value chain"),
    "maturity": gettext_lazy("Maturity"),
}
KEPT_APART = {
    "kind": gettext_lazy("Both are of the same kind. A need meets offers, and an offer meets needs."),
    "organisation": gettext_lazy("Both are of the same organisation."),
    "region": gettext_lazy("One of the two looks for partners in its own region only."),
    "country": gettext_lazy("One of the two looks for partners in its own country only."),
    "closed": gettext_lazy("One of the two is not open: not published, withdrawn or over."),
    "empty": gettext_lazy("One of the two has no text."),
    "nothing_shared": gettext_lazy("The two have no subject and no word in common."),
    "below_least": gettext_lazy("The two have too little in common to be listed."),
    "others_fit_better": gettext_lazy("Others fit better, or the two were not compared yet."),
}


@dataclass(frozen=True, kw_only=True)
class MatchPart:
    """A part of the points of a pair; `start`: the points of the parts before it."""

    code: str
    name: str
    points: int
    start: int


@dataclass(frozen=True, kw_only=True)
class ShownMatch:
    """Another post with the reasons; who is behind it stays unread until both agreed."""

    post: Post
    score: float
    parts: list[MatchPart]
    reasons: list[str]
    raises: list[str]
    own_says: str = Interest.OPEN
    talk: int | None = None

    @property
    def percent(self) -> int:
        """The sum of what is shown, so that nobody finds the parts to add up to something else."""
        return sum(part.points for part in self.parts)


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why a pair is not listed, and what it has in common all the same."""

    post: Post
    sentence: str
    parts: list[MatchPart]
    reasons: list[str]
    raises: list[str]


def matches_of(*, post: Post) -> list[ShownMatch]:
    """Best first. Four queries, whatever their number."""
    rows = Match.objects.filter(Q(need=post) | Q(offer=post)).order_by("-score", "pk")[:SHOWN]
    found = {match.offer_id if match.need_id == post.pk else match.need_id: match for match in rows}
    others = with_codes(Post.objects.open().filter(pk__in=found)).defer(*HIDDEN)
    by_key = {other.pk: other for other in others}
    talks = {
        talk.offer_id if talk.need_id == post.pk else talk.need_id: talk
        for talk in Introduction.objects.filter(Q(need=post) | Q(offer=post))
    }
    side = f"{post.kind}_says"
    return [
        _shown(post, by_key[key], match, talks.get(key), side)
        for key, match in found.items()
        if key in by_key
    ]


def _shown(post: Post, other: Post, match: Match, talk: Any, side: str) -> ShownMatch:
    need, offer = (post, other) if post.kind == "need" else (other, post)
    told = reasons_of(_compared(need), _compared(offer), vocabulary=load_vocabulary(), parts=match.parts)
    return ShownMatch(
        post=other,
        score=match.score,
        parts=_points(match.parts),
        reasons=_sentences(told, need, offer, match.parts),
        raises=[_raise(code, value, post.kind) for code, value in told.raises],
        own_says=getattr(talk, side) if talk else Interest.OPEN,
        talk=talk.pk if talk and talk.agreed_at else None,
    )


def _compared(post: Post) -> Posting:
    """As it is compared, without the organisation."""
    post.organisation_key = post.__dict__.get("organisation_key", "")
    return posting_of(post)


def _points(parts: Mapping[str, float]) -> list[MatchPart]:
    """Parts in whole points of 100, those of nothing as well."""
    found: list[MatchPart] = []
    start = 0
    for code, name in PART_NAMES.items():
        if code in parts:
            points = round(100 * parts[code])
            found.append(MatchPart(code=code, name=str(name), points=points, start=start))
            start += points
    return found


def _sentences(told: Reasons, need: Post, offer: Post, parts: Mapping[str, float]) -> list[str]:
    vocabulary, language = load_vocabulary(), get_language() or "en"
    found = []
    for concept in told.concepts:
        name = vocabulary.name(concept.key, language)
        pair = [", ".join(words) for words in (concept.need_words, concept.offer_words)]
        if all(pair):
            sentence = _("Both are about “%(name)s”: the need says %(need)s, the offer says %(offer)s.")
            found.append(sentence % {"name": name, "need": pair[0], "offer": pair[1]})
        else:
            found.append(_("Both are about “%(name)s”.") % {"name": name})
    if told.words and need.language == offer.language:
        found.append(_("Both use these words: %(words)s.") % {"words": ", ".join(told.words)})
    elif told.words:
        found.append(
            _("Words that are alike in both languages: %(words)s.") % {"words": ", ".join(told.words)}
        )
    if parts.get("stage"):
        found.append(_("Their places in the value chain are the same or next to each other."))
    if parts.get("maturity"):
        found.append(_("The offer is as mature as the need asks, or one step behind."))
    if parts.get("regions"):
        found.append(_("The region of the offer is strong where the region of the need has gaps."))
    return found


def _raise(code: str, value: float, own: str) -> str:
    name, _sep, side = code.partition("_")
    sentences = {
        ("stage", True): _("Say the place in the value chain (up to +%(points)d)."),
        ("stage", False): _("The other side could say its place in the value chain (up to +%(points)d)."),
        ("maturity", True): _("Say the maturity (up to +%(points)d)."),
        ("maturity", False): _("The other side could say its maturity (up to +%(points)d)."),
        ("codes", True): _("Choose two or three domains (up to +%(points)d)."),
        ("codes", False): _("The other side could choose domains (up to +%(points)d)."),
        ("text", True): _("Your text is short: say more (up to +%(points)d)."),
        ("text", False): _("The text of the other side is short (up to +%(points)d)."),
    }
    return sentences[name, side == own] % {"points": round(100 * value)}


def refusal_of(*, post: Post, other: Post) -> Refusal:
    """Why `other` is not among the matches of `post`; with the points of the list where it is listed."""
    need, offer = (post, other) if post.kind == "need" else (other, post)
    listed = Match.objects.filter(need=need, offer=offer).first()
    fit, code = why_not(
        *(
            pair_index(need=need, offer=offer),
            need.pk,
            offer.pk,
            frozenset([other.pk] if listed is not None else []),
        ),
    )
    if code == "organisation" and need.owner_id != offer.owner_id:
        # Else naming one's organisation like another would tell who is behind a post.
        code = "others_fit_better"
    sentence = KEPT_APART[code] if code else _("It is among the matches above.")
    if code == "below_least":
        points = {"score": round(100 * said_in(fit.parts)), "least": round(100 * LEAST)}
        sentence = (
            _("By subjects and words they reach %(score)d of 100 points; from %(least)d on a pair is listed.")
            % points
        )
    parts = listed.parts if listed is not None else fit.parts
    told = reasons_of(_compared(need), _compared(offer), vocabulary=load_vocabulary(), parts=parts)
    return Refusal(
        post=other,
        sentence=str(sentence),
        parts=_points(parts),
        reasons=_sentences(told, need, offer, parts),
        raises=[_raise(code, value, post.kind) for code, value in told.raises],
    )


def find_talk(*, pk: int, user: Any) -> Introduction | None:
    """A conversation of this person, once both sides agreed."""
    rows = Introduction.objects.visible_to(user).agreed()
    found: Introduction | None = rows.select_related("need__region", "offer__region").filter(pk=pk).first()
    return found


def messages_of(talk: Introduction, *, limit: int = 200) -> list[Message]:
    """The newest ones, in the order they were written."""
    return list(reversed(talk.messages.select_related("by").order_by("-at", "-pk")[:limit]))
