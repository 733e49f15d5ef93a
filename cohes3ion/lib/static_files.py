"""Static files with hashed names, and one style sheet instead of nine requests."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("([^"]+)"\);')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def with_imports(path: Path) -> str:
    """The style sheet with every file it imports written in its place."""
    text = path.read_text(encoding="utf-8")

    def written(match: re.Match[str]) -> str:
        part = path.parent / match[1]
        # url() is relative to the file it stands in; the parts may live one folder deeper.
        depth = "../" * (len(part.relative_to(path.parent).parts) - 1)
        return with_imports(part).replace(f'url("{depth}../', 'url("../')

    return IMPORT.sub(written, text)


class SiteStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """collectstatic writes css/site.css, which only names its parts, as one file without comments."""

    bundles = ("css/site.css",)

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        for name in self.bundles:
            if name in paths and not dry_run:
                source, path = paths[name]
                css = COMMENT.sub("", with_imports(Path(source.path(path))))
                Path(self.path(name)).write_text(re.sub(r"\s*\n\s*", "\n", css), encoding="utf-8")
                paths[name] = (self, name)  # hash what was written here, not the source
        yield from super().post_process(paths, dry_run=dry_run, **options)
