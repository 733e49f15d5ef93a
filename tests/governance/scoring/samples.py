"""Answers for tests, written as short as a table."""

from governance.scoring.statements import AnsweredItem

KINDS = {"n": "no_information", "-": "does_not_apply", "?": "unanswered"}


def item(code, group, respondent, mark, *, unit=None, importance=None, core=True):
    """One answer. `mark`: a level 1..5, or n (no information), - (does not apply), ? (unanswered)."""
    return AnsweredItem(
        code=code,
        dimension=f"E{code[0]}",
        group=group,
        respondent=respondent,
        kind=KINDS.get(mark, "value"),
        level=None if mark in KINDS else mark,
        importance=importance,
        unit=unit,
        is_core=core,
    )


def items(group, rows, **more):
    """`rows`: statement -> one mark per respondent."""
    return [
        item(code, group, f"{group}{place}", mark, **more)
        for code, marks in rows.items()
        for place, mark in enumerate(marks, start=1)
    ]
