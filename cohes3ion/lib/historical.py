"""`HistoricalRecords` of django-simple-history, without a class of managers made anew for each row."""

from functools import cache, partialmethod
from typing import Any

from simple_history import models
from simple_history.manager import HistoryManager


class KnownManager(HistoryManager):
    @classmethod
    @cache
    def from_queryset(cls, queryset_class: type, class_name: str | None = None) -> Any:
        """The same class each time: the library asks at every save, which took half a millisecond of it."""
        return super().from_queryset(queryset_class, class_name)


class HistoricalRecords(models.HistoricalRecords):
    __init__ = partialmethod(models.HistoricalRecords.__init__, history_manager=KnownManager)
