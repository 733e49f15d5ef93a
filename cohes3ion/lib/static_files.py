"""Static files with hashed names, one style sheet instead of nine requests, and no comments on the wire."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("([^"]+)"\);')
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
JS_COMMENT_LINE = re.compile(r"^\s*//.*$", re.MULTILINE)
# Spaces a style sheet does not need; those in selectors and in calc() stay.
CSS_SPACE = re.compile(r"(?<=[:,;{]) +| (?={)|;?\s*(?=})")


def with_imports(path: Path) -> str:
    """The style sheet with every file it imports written in its place."""
    text = path.read_text(encoding="utf-8")

    def written(match: re.Match[str]) -> str:
        part = path.parent / match[1]
        # url() is relative to the file it stands in; the parts may live one folder deeper.
        depth = "../" * (len(part.relative_to(path.parent).parts) - 1)
        return with_imports(part).replace(f'url("{depth}../', 'url("../')

    return IMPORT.sub(written, text)


def squeezed(path: Path) -> str:
    """A style sheet or script of ours without comments and indentation. Nothing else changes."""
    if path.suffix == ".js":
        text = JS_COMMENT_LINE.sub("", path.read_text(encoding="utf-8"))
    else:
        text = CSS_SPACE.sub("", CSS_COMMENT.sub("", with_imports(path)))
    return re.sub(r"\s*\n\s*", "\n", text).strip() + "\n"


class SiteStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """collectstatic squeezes our own css/ and js/; css/site.css, which names its parts, becomes one file."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        for name in list(paths):
            if name.startswith(("css/", "js/")) and not dry_run:
                source, path = paths[name]
                Path(self.path(name)).write_text(squeezed(Path(source.path(path))), encoding="utf-8")
                paths[name] = (self, name)  # hash what was written here, not the source
        yield from super().post_process(paths, dry_run=dry_run, **options)
