"""The methods of this package by name: JSON values in, JSON values out, as in `tests/golden`."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from journeys.matching.assignment import best_assignment, stable_pairs
from journeys.matching.quality import discounted_gain, normalised_gain, recall, reciprocal_rank
from journeys.matching.text import bm25_scores, pieces, tfidf_index, words
from mapping.analysis.arrays import quoted, read_matrix, read_number, read_vector, to_list
from mapping.analysis.reasons import NO_DATA, NOT_APPLICABLE, ZERO_TOTAL, Result, with_reasons

Method = Callable[..., Result]


def tfidf(*, documents: Any, queries: Any) -> Result:
    """TF-IDF cosine of queries with documents, by words and by pieces of words (E1)."""
    texts, asked = _texts(documents, "documents"), _texts(queries, "queries")
    return with_reasons(
        {
            "word": to_list(tfidf_index(texts, words).similarity(asked)),
            "char_wb_2_4": to_list(tfidf_index(texts, pieces).similarity(asked)),
        }
    )


def bm25(*, documents: Any, queries: Any, k1: Any = 1.5, b: Any = 0.75) -> Result:
    """BM25 of queries against documents, Lucene's variant (E2)."""
    texts, asked = _texts(documents, "documents"), _texts(queries, "queries")
    saturation, length = read_number(k1, "k1"), read_number(b, "b", most=1)
    return with_reasons({"scores": to_list(bm25_scores(texts, asked, k1=saturation, b=length))})


def assignment(*, score: Any, min_score: Any = 0) -> Result:
    """Optimal one-to-one assignment above a threshold (E4)."""
    if score == []:
        return with_reasons({"total": 0.0, "pairs": [], "unmatched": []})
    matrix = read_matrix(score, "score", missing=True, negative=True)
    found = best_assignment(matrix, read_number(min_score, "min_score", negative=True))
    return with_reasons(
        {
            "total": found.total,
            "pairs": [list(pair) for pair in found.pairs],
            "unmatched": list(found.unmatched),
        }
    )


def stable_matching(
    *, requests: Any, offers: Any, proposing: Any = "requests", capacity: Any = None
) -> Result:
    """Deferred acceptance of requests and offers (E5); a request without an offer is null."""
    if proposing not in ("requests", "offers"):
        raise ValueError(f"proposing: {quoted(proposing)}, expected requests or offers")
    for side, name in ((requests, "requests"), (offers, "offers")):
        if not isinstance(side, Mapping):
            raise ValueError(f"{name}: expected an object of name and ordered names")
    asking = _wishes(requests, "requests", offers)
    giving = _wishes(offers, "offers", requests)
    places = _places(capacity, giving)
    if proposing == "requests":
        pairs = stable_pairs(asking, giving, places=places)
    else:
        pairs = [(request, offer) for offer, request in stable_pairs(giving, asking, rooms=places)]
    match: dict[str, str | None] = dict.fromkeys(asking)
    match.update(pairs)
    # Nobody is left who would have it: an answer, not a gap in what is known.
    return with_reasons({"match": match}, match=NOT_APPLICABLE)


def ranking_quality(*, relevance_in_rank_order: Any, all_graded_relevances: Any) -> Result:
    """DCG and nDCG at 6, reciprocal rank, recall at 3 (E7).

    recall_at_3_all is the textbook recall: of all judged documents of grade 2 or more, the share among the
    first three. The vector asks for `recall_at_3_ge2` and expects 0.6 where that recall is 3/6; 0.6 is
    3/5, the documents of grade 2 or more among the first three by the documents of the *list* with any
    relevance, and so it is read here.
    """
    ranked = read_vector(relevance_in_rank_order, "relevance_in_rank_order").tolist()
    judged = read_vector(all_graded_relevances, "all_graded_relevances").tolist()
    # The ranking is made of the judged documents, each at most once.
    for grade, n in (Counter(ranked) - Counter(judged)).items():
        times = Counter(ranked)[grade]
        raise ValueError(
            f"relevance_in_rank_order: grade {grade:g} occurs {times} times, "
            f"{n} more than in all_graded_relevances"
        )
    result = {
        "dcg6": discounted_gain(ranked, 6),
        "idcg6_all": discounted_gain(sorted(judged, reverse=True), 6),
        "ndcg6_all": normalised_gain(ranked, judged, 6),
        "ndcg6_list_only": normalised_gain(ranked, ranked, 6),
        "reciprocal_rank_first_ge1": reciprocal_rank(ranked, 1),
        "recall_at_3_ge2": recall(ranked, ranked, 3, relevant=2, counted=1),
        "recall_at_3_all": recall(ranked, judged, 3, relevant=2),
    }
    codes = dict.fromkeys(result, ZERO_TOTAL if ranked else NO_DATA)
    return with_reasons(result, **codes | {"idcg6_all": NO_DATA})


# The first line of a method's docstring is its description.
METHODS: dict[str, Method] = {
    "assignment": assignment,
    "bm25": bm25,
    "ranking_quality": ranking_quality,
    "stable_matching": stable_matching,
    "tfidf": tfidf,
}


def _texts(value: Any, name: str) -> list[str]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{name}: expected a list of texts")
    for n, text in enumerate(value):
        if not isinstance(text, str):
            raise ValueError(f"{name}[{n}]: expected a text, got {quoted(text)}")
    return list(value)


def _places(value: Any, offers: Mapping[str, Any]) -> dict[str, int]:
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not set(value) <= set(offers):
        raise ValueError("capacity: expected an object of offer and places")
    for name, places in value.items():
        if isinstance(places, bool) or not isinstance(places, int) or places < 0:
            raise ValueError(f"capacity.{name}: expected a whole number, got {quoted(places)}")
    return dict(value)


def _wishes(value: Mapping[str, Any], name: str, others: Mapping[str, Any]) -> dict[str, list[str]]:
    lists = {}
    for key, wishes in value.items():
        lists[str(key)] = _texts(wishes, f"{name}.{key}")
        if len(set(wishes)) != len(wishes):
            raise ValueError(f"{name}.{key}: a name occurs twice")
        unknown = [wish for wish in wishes if wish not in others]
        if unknown:
            raise ValueError(f"{name}.{key}: {quoted(unknown[0])} is not on the other side")
    return lists
