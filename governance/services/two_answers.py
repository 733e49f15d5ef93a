"""Two people, one field, both kept: how two texts are joined, and how the talk about the two begins."""

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from governance.models import Comment

# Of each text in a talk: the remark stays short enough to be changed; in full they stand in the field.
QUOTED = 1400


def are_two(*, theirs: str, mine: str) -> bool:
    """Where one text is part of the other there is nothing to talk about."""
    return theirs not in mine and mine not in theirs


def first_remark(*, theirs: str, mine: str, is_joined: bool) -> str:
    """How the talk about two values of a row begins; empty where there is nothing to talk about."""
    if not is_joined:
        return about_answers(theirs=theirs, mine=mine)
    return about_texts(theirs=theirs, mine=mine) if are_two(theirs=theirs, mine=mine) else ""


def is_said(*, text: str, **about: Any) -> bool:
    """Whether an open discussion holds this remark already: a second click opens no second one."""
    said = {f"thread__{name}": value for name, value in about.items()}
    return Comment.objects.filter(text=text, thread__is_settled=False, **said).exists()


def about_texts(*, theirs: str, mine: str) -> str:
    """The first remark of a talk about two texts that stand one below the other."""
    question = _("Two texts were kept, one below the other. What shall stand there?")
    return "\n\n".join([question, *(f"“{Truncator(one).chars(QUOTED)}”" for one in (theirs, mine))])


def about_answers(*, theirs: str, mine: str) -> str:
    """The first remark of a talk about two values, in words, of which the stored one stays for now."""
    text = _("Two answers were kept: %(theirs)s, and mine: %(mine)s. Which one is ours?")
    quoted = [Truncator(one).chars(QUOTED) or _("no answer") for one in (theirs, mine)]
    return text % {"theirs": quoted[0], "mine": quoted[1]}
