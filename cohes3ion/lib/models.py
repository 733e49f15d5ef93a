"""Tables that belong to no app."""

from django.db import models


class ChangeMark(models.Model):
    """A random mark per watched table, new with every change of its rows (change_marks.py)."""

    name = models.CharField(max_length=80, primary_key=True)
    mark = models.CharField(max_length=36)

    def __str__(self) -> str:
        return f"{self.name} {self.mark}"


class HistoryGate(models.Model):
    """While a transaction holds a row here, it may take history away (lib/history.py)."""
