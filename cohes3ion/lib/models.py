"""Tables that belong to no app."""

from django.db import models

from cohes3ion.lib.full_text import WordsField


class ChangeMark(models.Model):
    """A random mark per watched table, new with every change of its rows (change_marks.py)."""

    name = models.CharField(max_length=80, primary_key=True)
    mark = models.CharField(max_length=36)

    def __str__(self) -> str:
        return f"{self.name} {self.mark}"


class HistoryGate(models.Model):
    """While a transaction holds a row here, it may take history away (lib/history.py)."""


class SearchEntry(models.Model):
    """What can be found of one thing: its words, and whose rule says who finds it (lib/search/)."""

    # What made the entry, to be made again when its row changes.
    source = models.CharField(max_length=20)
    source_id = models.BigIntegerField()
    # Who finds it: the rule of that name says which keys a person sees.
    scope = models.CharField(max_length=20)
    scope_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    title = models.TextField()
    text = models.TextField(blank=True)
    # Names of what it is about, in all languages that have one: shown only where they were looked for.
    subjects = models.TextField(blank=True, default="")
    # The place it belongs to, whose name is among its words.
    place = models.CharField(max_length=200, blank=True)
    place_id = models.BigIntegerField(null=True, blank=True)
    language = models.CharField(max_length=10, blank=True)
    address = models.TextField()
    at = models.DateTimeField(null=True, blank=True)
    title_begin = models.CharField(max_length=60, blank=True)
    title_words = WordsField()
    words = WordsField()

    class Meta:
        indexes = [
            models.Index(fields=["source", "source_id"], name="search_source"),
            models.Index(fields=["scope", "scope_id"], name="search_scope"),
            models.Index(fields=["place_id"], name="search_place"),
        ]

    def __str__(self) -> str:
        return self.title


class SearchChange(models.Model):
    """Something changed since the index was made; written by triggers, one row for each change.

    Never one row for a thing: a change that is not committed yet must not hide behind an older note.
    """

    source = models.CharField(max_length=20)
    source_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.source} {self.source_id}"
