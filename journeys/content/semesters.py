"""Half years of a project, counted from its start."""

import datetime as dt


def semester_of(day: dt.date, *, starts_on: dt.date | None, ends_on: dt.date | None = None) -> int | None:
    """The semester a day falls in, counted from 1.

    Parameters
    ----------
    day : date
    starts_on : date or None
        First day of the project; semesters are the half years from it, by calendar months.
    ends_on : date or None
        Last day of the project; days after it belong to no semester.

    Returns
    -------
    int or None
        None before the start, after the end, or when the start is not known.

    Examples
    --------
    A project from 1 August 2019: its second semester is February to July 2020.

    >>> semester_of(dt.date(2020, 7, 31), starts_on=dt.date(2019, 8, 1))
    2
    """
    if starts_on is None or day < starts_on or (ends_on is not None and day > ends_on):
        return None
    months = (day.year - starts_on.year) * 12 + day.month - starts_on.month - (day.day < starts_on.day)
    return months // 6 + 1
