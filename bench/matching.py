"""`./run bench matching DIR`: how good the ranking of matches is on texts that nobody wrote for it.

DIR holds `taxonomies/sdg_goals.csv` and `sdg_targets.csv` (the same text in several languages: each text in
one language is a query, its translation the one right answer among all texts of the other language) and
`matching/esif_projects_multilingual.csv` (a project's title is the query, its summary the answer, within one
language). Printed: nDCG at 10 and recall at 1 and 10, for the parts of the product that read texts, for
plain TF-IDF of words and of pieces of words, and for plain BM25. The last column is ours / the best of
these.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from journeys.matching.concepts import Vocabulary, make_vocabulary
from journeys.matching.quality import normalised_gain, recall
from journeys.matching.ranking import MatchIndex, Posting
from journeys.matching.text import bm25_scores, pieces, tfidf_index, words

LANGUAGES = ("en", "es", "de", "it", "ro")  # no parallel text in Polish and Swedish is at hand
MOST = 250
CONCEPTS = Path(__file__).resolve().parent.parent / "journeys" / "data" / "concepts.json"
Scores = npt.NDArray[np.float64]
Texts = list[str]


def report(folder: str) -> Iterator[str]:
    vocabulary = make_vocabulary(json.loads(CONCEPTS.read_text(encoding="utf-8"))["concepts"])
    heads = "".join(f"{head:22}" for head in ("ours", "TF-IDF words", "TF-IDF pieces", "BM25"))
    yield f"{'queries -> answers':24}{'n':>5}   {heads}ours / best"
    yield f"{'':32}" + "nDCG10  r@1   r@10    " * 4
    for name, left, right, languages in [*parallel(Path(folder)), *titles(Path(folder))]:
        rows = [
            quality(ours(left, right, languages, vocabulary)),
            quality(tfidf_index(right, words).similarity(left)),
            quality(tfidf_index(right, pieces).similarity(left)),
            quality(bm25_scores(right, left)),
        ]
        numbers = "".join(f"{a:6.3f}{b:6.3f}{c:7.3f}   " for a, b, c in rows)
        best = max(row[0] for row in rows[1:])
        share = f"{rows[0][0] / best:5.2f}" if best else "    -"
        yield f"{name:24}{len(left):5}   {numbers}{share}"


def parallel(folder: Path) -> Iterator[tuple[str, Texts, Texts, tuple[str, str]]]:
    """Pairs of languages of the same goals and targets."""
    found: dict[str, dict[str, str]] = {}
    for name, key in (("goals", "goal"), ("targets", "target")):
        for row in read(folder / "taxonomies" / f"sdg_{name}.csv"):
            found.setdefault(row["lang"], {})[row[key]] = row["title"]
    for n, a in enumerate(LANGUAGES):
        for b in LANGUAGES[n + 1 :]:
            keys = sorted(found.get(a, {}).keys() & found.get(b, {}).keys())
            if keys:
                yield f"SDG {a} -> {b}", [found[a][k] for k in keys], [found[b][k] for k in keys], (a, b)


def titles(folder: Path) -> Iterator[tuple[str, Texts, Texts, tuple[str, str]]]:
    """Titles and summaries of projects; a title or a summary that occurs twice is left out."""
    rows = [row for row in read(folder / "matching" / "esif_projects_multilingual.csv") if row["summary"]]
    for language in sorted({row["lang"] for row in rows}):
        pairs = {row["title"]: row["summary"] for row in rows if row["lang"] == language}
        unique = list({summary: title for title, summary in pairs.items()}.items())[:MOST]
        left, right = [title for _summary, title in unique], [summary for summary, _title in unique]
        yield f"titles {language}", left, right, (language, language)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ours(left: Texts, right: Texts, languages: tuple[str, str], vocabulary: Vocabulary) -> Scores:
    postings = [
        Posting(key=n, kind=kind, organisation=str(n), region="", country="", text=text, language=language)
        for n, (kind, text, language) in enumerate(
            [("need", text, languages[0]) for text in left]
            + [("offer", text, languages[1]) for text in right]
        )
    ]
    scores = np.zeros((len(left), len(right)))
    for fit in MatchIndex(postings=postings, vocabulary=vocabulary).best(k=100):
        scores[fit.need, fit.offer - len(left)] = fit.score
    return scores


def quality(scores: Scores) -> tuple[float, float, float]:
    """nDCG at 10, recall at 1 and at 10, means over the queries; the answer to query n is document n.

    Of documents with the same score the answer stands last, so that a ranking that says nothing gets nothing.
    """
    found = []
    for n, row in enumerate(scores):
        place = int((row >= row[n] - 1e-12).sum()) if row[n] > 0 else len(row)
        ranked = [0.0] * len(row)
        ranked[place - 1] = 1.0 if row[n] > 0 else 0.0
        pool = [1.0]
        found.append(
            (normalised_gain(ranked, pool, 10) or 0.0, recall(ranked, pool, 1), recall(ranked, pool, 10))
        )
    means = np.array(found, dtype=float).mean(axis=0)
    return float(means[0]), float(means[1]), float(means[2])
