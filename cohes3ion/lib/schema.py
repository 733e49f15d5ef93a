"""The API's description says what the product promises, not what today's database can store."""

from typing import Any

LIMITS = ("maximum", "minimum")


def without_database_limits(result: Any, **_options: Any) -> Any:
    """Drop ranges and widths of integer columns: they differ between databases and tell a reader nothing."""
    if isinstance(result, dict):
        kept = {
            name: value
            for name, value in result.items()
            if isinstance(value, dict) or (name not in LIMITS and value != "int64")
        }
        return {name: without_database_limits(value) for name, value in kept.items()}
    if isinstance(result, list):
        return [without_database_limits(item) for item in result]
    return result
