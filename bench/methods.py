"""Row 10 and the methods at 1,500 regions x 600 fields, against one bare matrix product of that size.

The targets are twice what the same forms took where the methods were chosen, counted in such products.
"""

import resource
import statistics
from collections.abc import Callable
from typing import Any

from bench.ratios import Ratio, seconds

REGIONS, DOMAINS, ACTORS, SEED = 1_500, 600, 2_000, 7
ROUNDS = 5


def tables() -> tuple[Any, Any, Any, Any]:
    """Jobs, who is specialised, relatedness and strengths with a random but fixed structure."""
    import numpy as np  # slow import: only what measures needs it

    from mapping.analysis.arrays import presence  # slow import
    from mapping.analysis.relatedness import association_strength, co_occurrence  # slow import
    from mapping.analysis.specialisation import location_quotients, specialised  # slow import

    chance = np.random.default_rng(SEED)
    jobs = chance.poisson(chance.gamma(0.4, 30, size=(REGIONS, DOMAINS))).astype(float)
    present = presence(specialised(location_quotients(jobs)))
    return jobs, present, association_strength(co_occurrence(present)), jobs / jobs.sum(axis=1, keepdims=True)


def works() -> dict[str, tuple[Callable[[], Any], float]]:
    """Name -> what is timed, and the most products it may take."""
    return {**matrices(), **networks_and_ratings(), **texts()}


def matrices() -> dict[str, tuple[Callable[[], Any], float]]:
    import numpy as np  # slow import

    from mapping.analysis.complementarity import pair_scores  # slow import
    from mapping.analysis.complexity import complexity_indices  # slow import
    from mapping.analysis.partners import explained_partners  # slow import
    from mapping.analysis.peers import structural_distance  # slow import
    from mapping.analysis.profiles import cosine_similarity, jaccard_similarity, shared_mass  # slow import
    from mapping.analysis.relatedness import density_of, proximity  # slow import
    from mapping.analysis.specialisation import location_quotients  # slow import

    jobs, present, phi, shares = tables()
    structure = np.random.default_rng(SEED).normal(size=(REGIONS, 30))
    return {
        "location quotients": (lambda: location_quotients(jobs), 1),
        "proximity": (lambda: proximity(present), 2),
        "relatedness density": (lambda: density_of(present, phi), 2),
        "complexity": (lambda: complexity_indices(present), 12),
        "all pairs: cosine": (lambda: cosine_similarity(shares), 2),
        "all pairs: Jaccard": (lambda: jaccard_similarity(present), 4),
        "all pairs: Finger-Kreinin": (lambda: shared_mass(shares), 43),
        "all pairs: structural distance": (lambda: structural_distance(structure, np.ones(30)), 2),
        "all pairs: complementarity": (lambda: pair_scores(present, 1 - present, phi), 5),
        "all pairs: best partners, explained": (lambda: explained_partners(present, 1 - present, phi), 10),
    }


def networks_and_ratings() -> dict[str, tuple[Callable[[], Any], float]]:
    """2,000 actors with 10,000 ties; 60 raters of 40 things; 1,500 regions in composites of 30 indicators."""
    import numpy as np  # slow import

    from governance.scoring.ranks import rank_robustness  # slow import
    from governance.scoring.reliability import krippendorff_alpha  # slow import
    from mapping.analysis.diversity import mixing  # slow import
    from mapping.analysis.networks import betweenness_scores, tie_matrix  # slow import

    chance = np.random.default_rng(SEED)
    ties = np.zeros((ACTORS, ACTORS))
    ties[chance.integers(ACTORS, size=5 * ACTORS), chance.integers(ACTORS, size=5 * ACTORS)] = 1
    linked, helices = tie_matrix(ties), list(chance.choice(["business", "knowledge"], size=ACTORS))
    ratings = chance.integers(1, 6, size=(60, 40)).astype(float)
    table, ones = chance.normal(size=(REGIONS, 30)), np.ones(30)
    return {
        "betweenness": (lambda: betweenness_scores(linked), 150),
        "E-I with its range": (lambda: mixing(linked, helices), 20),
        "alpha": (lambda: krippendorff_alpha(ratings), 1),
        "ranks in six scenarios": (lambda: rank_robustness(table, direction=ones, weights=ones), 20),
    }


def texts() -> dict[str, tuple[Callable[[], Any], float]]:
    """1,000 texts of 31 words, and 1,000 requests for as many offers."""
    import numpy as np  # slow import

    from journeys.matching.assignment import best_assignment  # slow import
    from journeys.matching.text import tfidf_index, words  # slow import

    chance = np.random.default_rng(SEED)
    many = [" ".join(f"word{n}" for n in chance.zipf(1.3, size=31) % 5_000) for _text in range(1_000)]
    score = chance.random(size=(1_000, 1_000))
    return {
        "TF-IDF of 1,000 texts": (lambda: tfidf_index(many, words), 8),
        "assignment of 1,000": (lambda: best_assignment(score, 0.0), 12),
    }


def measure() -> list[Ratio]:
    import numpy as np  # slow import

    chance = np.random.default_rng(SEED)
    left, right = chance.normal(size=(REGIONS, DOMAINS)), chance.normal(size=(DOMAINS, REGIONS))
    timed = works()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = []
    for name, (work, target) in timed.items():
        work()
        rounds = [(seconds(work), seconds(lambda: left @ right)) for _round in range(ROUNDS)]
        value = statistics.median(ours / product for ours, product in rounds)
        spent = statistics.median(ours for ours, _product in rounds)
        found.append(
            Ratio(row=10, name=f"{name} ÷ one product", value=value, target=target, detail=f"{spent:.3f} s")
        )
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return [*found, Ratio(row=10, name="memory of all these, MB", value=grown, target=150)]
