"""Who did something: a person with an account, or nobody that a row could name."""

from typing import Any


def stored(by: Any) -> Any:
    """What a column takes. Commands, workers and visitors without an account have no row."""
    return by if by is not None and by.pk else None
