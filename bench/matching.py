"""`./run bench matching DIR`: how good the ranking of matches is on texts that nobody wrote for it.

DIR holds `taxonomies/sdg_goals.csv` and `sdg_targets.csv` (the same text in several languages: each text in
one language is a query, its translation the one right answer among all texts of the other language) and
`matching/esif_projects_multilingual.csv` (a project's title is the query, its summary the answer, within one
language). Printed: nDCG at 10 and recall at 1 and 10, for the parts of the product that read texts, for
plain TF-IDF of words and of pieces of words, and for plain BM25. The last column is ours / the best of
these.

Then 10,000 posts are made of halves of those summaries and matched: seconds of processor time, as other
people's work on the machine makes longer times say nothing. What the database takes is not in them.
"""

import csv
import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from journeys.matching.concepts import Vocabulary, make_vocabulary
from journeys.matching.quality import normalised_gain, recall
from journeys.matching.ranking import Fit, MatchIndex, Posting
from journeys.matching.text import bm25_scores, pieces, tfidf_index, words

LANGUAGES = ("en", "es", "de", "it", "ro")  # no parallel text in Polish and Swedish is at hand
MOST = 250
DOMAINS = ("nace:C10", "nace:E37", "nace:D35", "nace:J62", "nace:C28", "nace:A01")
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
    yield ""
    yield from speed(Path(folder), vocabulary)


def speed(folder: Path, vocabulary: Vocabulary) -> Iterator[str]:
    """How long many posts take, one more, and how many of the ten best the sketch finds."""
    postings = made_of(folder)
    index = MatchIndex(postings=postings, vocabulary=vocabulary)
    length = sum(len(post.text) for post in postings) // len(postings)
    yield f"{len(postings):,} posts, {length} characters each"
    yield f"  counted (indexing)          {taken(lambda: index.corpus):6.1f} s"
    found: list[Fit] = []
    yield f"  matched, the ten best       {taken(lambda: found.extend(index.best())):6.1f} s"
    more = [*postings, replace(postings[0], key=-1, organisation="another")]
    grown = MatchIndex(postings=more, vocabulary=vocabulary, known=index.corpus)
    yield f"  one more, to its matches    {taken(lambda: grown.best(of=[-1])):6.1f} s"
    yield f"  of the ten best of all found{found_of_best(index, found):6.2f}"


def taken(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def found_of_best(index: MatchIndex, found: list[Fit]) -> float:
    """Share of the ten best of every hundredth post, compared with all, that are among those found."""
    pairs = {(fit.need, fit.offer) for fit in found}
    shares = []
    for post in index.postings[::100]:
        best = [(fit.need, fit.offer) for fit in index.best(of=[post.key])]
        shares += [len(pairs.intersection(best)) / len(best)] if best else []
    return float(np.mean(shares))


def made_of(folder: Path, n: int = 10_000) -> list[Posting]:
    """Posts of the first half of one summary and the second of another in the same language."""
    rows = [row for row in read(folder / "matching" / "esif_projects_multilingual.csv") if row["summary"]]
    chance = random.Random(1)
    of = {
        language: [row for row in rows if row["lang"] == language] for language in {r["lang"] for r in rows}
    }
    made = []
    for key in range(n):
        first = chance.choice(rows)
        both = [row["summary"].split() for row in (first, chance.choice(of[first["lang"]]))]
        text = " ".join([first["title"], *both[0][: len(both[0]) // 2 + 1], *both[1][len(both[1]) // 2 :]])
        made.append(
            Posting(
                key=key,
                kind=chance.choice(("need", "offer")),
                organisation=f"organisation {chance.randrange(6_000)}",
                region=f"region {chance.randrange(200)}",
                country=f"country {chance.randrange(27)}",
                text=text,
                language=first["lang"],
                codes=tuple(chance.sample(DOMAINS, chance.randrange(3))),
                reach=chance.choice((*("europe",) * 6, "country", "region")),
                stage=chance.choice(("", "research", "supply", "demand")),
                maturity=chance.choice(("", "idea", "market")),
            )
        )
    return made


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
