"""A refusal of the API in our own words (problems.py makes the reply of it)."""

from typing import Any

from rest_framework.exceptions import APIException


class Refusal(APIException):
    """A refusal with a code, a sentence and the path of what it is about; `more`: further members."""

    def __init__(self, status: int, code: str, sentence: str, *, path: str = "", **more: Any) -> None:
        super().__init__(sentence, code)
        self.status_code = status
        self.default_code = code
        self.path = path
        self.more = more
