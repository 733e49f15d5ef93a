"""Methods on ratings and respondents, by name: JSON values in, JSON values out."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args

import numpy as np

from governance.scoring import agreement, coverage, differences, disclosure, intervals, reliability
from governance.scoring.settings import HIGHEST, LOWEST
from mapping.analysis.arrays import Floats, quoted, read_matrix, read_number, read_vector, to_list
from mapping.analysis.reasons import NO_DATA, NO_VARIANCE, ZERO_TOTAL, Result, with_reasons

MOST_VALUES = 1_000  # different ratings, and steps of a scale: each meets each in a table
MOST_COUNT = 10**12  # respondents in a cell


def krippendorff_alpha(*, ratings: Any, level: Any) -> Result:
    """Krippendorff's alpha of ratings by several raters (C1)."""
    if level not in get_args(reliability.Measurement):
        known = ", ".join(get_args(reliability.Measurement))
        raise ValueError(f"level: {quoted(level)}, expected {known}")
    rows = _labels(ratings) if level == "nominal" else ratings
    table = _table(rows, "ratings", negative=level != "ratio")
    if len(np.unique(table[~np.isnan(table)])) > MOST_VALUES:
        raise ValueError(f"ratings: more than {MOST_VALUES} different values")
    alpha, reason = reliability.krippendorff_alpha(table, level=level)
    return with_reasons({"alpha": alpha, "reason": reason or None}, alpha=reason)


def consensus(*, frequencies: Any) -> Result:
    """Tastle-Wierman consensus, van der Eijk's A and Leik's D of frequencies over a scale (C2, C3)."""
    if not isinstance(frequencies, list | tuple):
        raise ValueError("frequencies: expected a list of lists of counts")
    vectors = [read_vector(row, f"frequencies[{n}]").tolist() for n, row in enumerate(frequencies)]
    for n, vector in enumerate(vectors):
        if len(vector) > MOST_VALUES:
            raise ValueError(f"frequencies[{n}]: {len(vector)} steps, at most {MOST_VALUES}")
    result = {
        "consensus": [agreement.frequency_consensus(vector) for vector in vectors],
        "agreement": [agreement.eijk_agreement(vector) for vector in vectors],
        "leik": [agreement.leik(vector) for vector in vectors],
    }
    codes = [agreement.too_few(vector) for vector in vectors]
    return with_reasons(result, consensus=codes, agreement=codes, leik=codes)


def within_group_agreement(*, ratings: Any, scale_points: Any) -> Result:
    """Agreement of raters on items, on a scale from 1 to `scale_points`: the r_wg family (C4)."""
    points = read_number(scale_points, "scale_points")
    if not 2 <= points <= MOST_VALUES or not points.is_integer():
        raise ValueError(f"scale_points: {scale_points!r}, expected a whole number from 2 to 1000")
    table = _table(ratings, "ratings")
    for row, place in np.argwhere((table < LOWEST) | (table > points)):
        raise ValueError(f"ratings[{row}][{place}]: {table[row, place]:g} is not from 1 to {points:g}")
    found = agreement.within_group_agreement(table, scale_points=int(points))
    codes = found.pop("reasons")
    items = dict.fromkeys(("variance", "rwg"), codes)
    awg = [code or NO_VARIANCE for code in codes]
    return with_reasons(found, **items, awg=awg, rwg_j=next((code for code in codes if code), NO_DATA))


def group_differences(*, groups: Any) -> Result:
    """Disagreement between groups and within them, with Kruskal-Wallis (C10)."""
    if not isinstance(groups, Mapping):
        raise ValueError("groups: expected an object of name and list of numbers")
    values = {name: _present(mine, f"groups.{name}") for name, mine in groups.items()}
    found = differences.group_differences(values)
    return with_reasons(found, **dict.fromkeys(differences.KEYS, found["reason"]))


def bootstrap_mean(*, sample: Any) -> Result:
    """Mean of a sample with all its resamples: standard error and quantiles, without chance (C5)."""
    return _all_for_one(intervals.bootstrap_mean(_present(sample, "sample")))


def t_interval(*, sample: Any, confidence: Any = 0.95) -> Result:
    """Student's t interval of a mean, with the spread of the sample (C5, C7)."""
    return _all_for_one(intervals.t_interval(_present(sample, "sample"), confidence=_confidence(confidence)))


def wilson_interval(*, k: Any, n: Any, confidence: Any) -> Result:
    """Wilson's interval of a share: k of n, numbers or lists of numbers (C6)."""
    level = _confidence(confidence)

    def ends(hits: float, observed: float) -> tuple[float, float] | None:
        if hits > observed:
            raise ValueError(f"k: {hits:g} is more than n = {observed:g}")
        return intervals.wilson_interval(hits, observed, confidence=level)

    found = _each(ends, k=k, n=n)
    if not isinstance(found, list):
        lower, upper = (None, None) if found is None else found
        result = {"lower": lower, "upper": upper, "reason": NO_DATA if found is None else None}
    else:
        lower, upper = ([None if pair is None else pair[side] for pair in found] for side in (0, 1))
        result = {"lower": lower, "upper": upper}
    return with_reasons(result, lower=NO_DATA, upper=NO_DATA)


def required_sample(*, N: Any, chi2: Any, p: Any, d: Any) -> Result:  # noqa: N803  (the contract's name)
    """Sample needed in a finite population of N, a number or a list of numbers (C8)."""
    quantile, share, margin = read_number(chi2, "chi2"), _share(p, "p"), _share(d, "d")
    n = _each(lambda size: coverage.required_sample(size, chi2=quantile, p=share, d=margin), N=_whole(N, "N"))
    # Of people there is a number, and yet none comes out: neither share nor margin leaves a divisor.
    sizes = N if isinstance(N, list) else [N]
    codes = [ZERO_TOTAL if size else NO_DATA for size in sizes]
    return with_reasons({"n": n, **_single(n, codes[:1])}, n=codes if isinstance(N, list) else codes[0])


def margin_of_error(*, n: Any, N: Any, p: Any, confidence: Any) -> Result:  # noqa: N803  (the contract's name)
    """Margin of error of a share when n of N answered, numbers or lists of numbers (C8)."""
    share, level = _share(p, "p"), _confidence(confidence)

    def margin(answered: float, size: float) -> float | None:
        if answered > size:
            raise ValueError(f"n: {answered:g} is more than N = {size:g}")
        return coverage.margin_of_error(answered, population=size, p=share, confidence=level)

    found = _each(margin, n=_whole(n, "n"), N=_whole(N, "N"))
    return with_reasons({"margin": found, **_single(found, [NO_DATA])}, margin=NO_DATA)


def wheel_score(*, answers: Any, min_coverage: Any) -> Result:
    """Scores 0-100 of the RIS3 wheel: 0 and null are no information (B1, B4)."""
    least = _share(min_coverage, "min_coverage")
    if not isinstance(answers, Mapping):
        raise ValueError("answers: expected an object of name and list of marks")
    result = {}
    for name, marks in answers.items():
        values = read_vector(marks, f"answers.{name}", missing=True)
        if (np.nan_to_num(values) > HIGHEST).any() or ((values > 0) & (values < LOWEST)).any():
            raise ValueError(f"answers.{name}: marks run from 1 to 5, 0 is no information")
        found = coverage.wheel_score(np.nan_to_num(values).tolist(), min_coverage=least)
        # Each name has a result of its own.
        result[name] = with_reasons(found, score=found["reason"], coverage=found["reason"])
    return result


def suppression(*, counts: Any, k: Any) -> Result:
    """Small-cell suppression of a table of counts with its totals (C9)."""
    least = read_number(k, "k", most=MOST_COUNT)
    if not least.is_integer():
        raise ValueError(f"k: {k}, expected a whole number")
    table = _table(counts, "counts", missing=False, negative=False)
    if (table % 1).any():
        raise ValueError("counts: expected whole numbers")
    if (table > MOST_COUNT).any():
        raise ValueError(f"counts: {table.max():g} is above {MOST_COUNT:g}")
    if not table.size:
        return with_reasons({"suppressed": to_list(table.astype(np.int64))})
    found = disclosure.suppress(table.astype(np.int64), k=int(least))
    return with_reasons(
        {
            "suppressed": found.hidden.astype(int).tolist(),
            "row_totals_suppressed": found.row_totals.astype(int).tolist(),
            "column_totals_suppressed": found.column_totals.astype(int).tolist(),
            "grand_total_suppressed": int(found.grand_total),
        }
    )


def _table(value: Any, name: str, *, missing: bool = True, negative: bool = True) -> Floats:
    """A matrix, which may have no rows at all."""
    if value == []:
        return np.empty((0, 0))
    return read_matrix(value, name, missing=missing, negative=negative)


def _labels(value: Any) -> Any:
    """Nominal ratings may be words: each word becomes a number that is not used yet."""
    rows = [row if isinstance(row, list) else [] for row in value] if isinstance(value, list) else []
    cells = [cell for row in rows for cell in row]
    words = sorted({cell for cell in cells if isinstance(cell, str)})
    if not words:
        return value
    lowest = min((cell for cell in cells if isinstance(cell, int | float)), default=0)
    numbers: dict[Any, float] = {word: lowest - 1 - place for place, word in enumerate(words)}
    return [[numbers[cell] if isinstance(cell, str) else cell for cell in row] for row in rows]


def _present(value: Any, name: str) -> list[float]:
    """A list of numbers without its nulls."""
    values = read_vector(value, name, missing=True, negative=True)
    present: list[float] = values[~np.isnan(values)].tolist()
    return present


def _share(value: Any, name: str) -> float:
    share = read_number(value, name)
    if share > 1:
        raise ValueError(f"{name}: {value} is not between 0 and 1")
    return share


def _whole(value: Any, name: str) -> Any:
    """Numbers of people."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, float) and not item.is_integer():
            raise ValueError(f"{name}: {item} is no number of people")
    return value


def _confidence(value: Any) -> float:
    share = read_number(value, "confidence")
    if not 0 < share < 1:
        raise ValueError(f"confidence: {value} is not between 0 and 1")
    if 0.5 + share / 2 >= 1:
        raise ValueError(f"confidence: {value} is too close to 1 to count with")
    return share


def _each(function: Callable[..., Any], **fields: Any) -> Any:
    """The function of numbers, or of each place of lists of equal length; null gives null."""
    lists = {name: value for name, value in fields.items() if isinstance(value, list | tuple)}
    if not lists:
        return function(*(read_number(value, name) for name, value in fields.items()))
    (first, length), *others = ((name, len(value)) for name, value in lists.items())
    for name, other in others:
        if other != length:
            raise ValueError(f"{name}: {other} values for {length} of {first}")
    columns: list[Sequence[float]] = [
        read_vector(value, name, missing=True).tolist()
        if name in lists
        else [read_number(value, name)] * length
        for name, value in fields.items()
    ]
    return [None if np.isnan(row).any() else function(*row) for row in zip(*columns, strict=True)]


def _single(found: Any, codes: Sequence[str]) -> Result:
    """The reason of a single number; numbers in a list have theirs in `reasons`."""
    return {} if isinstance(found, list) else {"reason": codes[0] if found is None else None}


def _all_for_one(found: Result) -> Result:
    """A result in which one reason holds for all that is null."""
    return with_reasons(found, **{name: found["reason"] for name in found if name != "reason"})
