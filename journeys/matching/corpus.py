"""What texts consist of, counted once: a new text is added to those that are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from journeys.matching.concepts import Said, Vocabulary, strengths
from journeys.matching.sparse import piece_counts, stem_counts


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """Counts of texts, a row each, in the order of `texts`."""

    texts: tuple[Said, ...]
    concepts: tuple[dict[str, float], ...]
    pieces: Any
    stems: Any
    has_words: tuple[bool, ...]


def count_texts(texts: Sequence[Said], *, vocabulary: Vocabulary, known: Corpus | None = None) -> Corpus:
    """Counts of the texts; those of `known` are taken over and not counted again."""
    from scipy.sparse import vstack  # slow import

    place = {said: n for n, said in enumerate(known.texts)} if known is not None else {}
    new = [said for said in dict.fromkeys(texts) if said not in place]
    contents = [vocabulary.content(said.text, said.language) for said in new]
    tagged = strengths(vocabulary, contents, new)
    pieces, stems = piece_counts(contents), stem_counts(contents)
    words = [bool(content) for content in contents]
    if known is not None and known.texts:
        tagged = [*known.concepts, *tagged]
        words = [*known.has_words, *words]
        pieces, stems = (vstack(pair).tocsr() for pair in ((known.pieces, pieces), (known.stems, stems)))
    else:
        place = {}
    place |= {said: len(place) + n for n, said in enumerate(new)}
    rows = [place[said] for said in texts]
    return Corpus(
        texts=tuple(texts),
        concepts=tuple(tagged[n] for n in rows),
        pieces=pieces[np.array(rows, dtype=int)],
        stems=stems[np.array(rows, dtype=int)],
        has_words=tuple(words[n] for n in rows),
    )
