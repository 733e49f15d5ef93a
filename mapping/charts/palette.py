"""The colours of the charts, by the names that `static/css/tokens.css` gives them.

The page takes them from the style sheet, so that dark mode and print can swap them. The values here are the
light ones: they stand in the drawing as attributes and serve where there is no style sheet, in a PDF or in a
downloaded picture. A test compares both files.
"""

from functools import lru_cache

COLOURS = {
    "ink": "#0f1b36",
    "text": "#1d2943",
    "muted": "#55617a",
    "line": "#d6dce8",
    "line-strong": "#7b879f",
    "surface": "#fff",
    "canvas": "#f5f7fb",
    "tint": "#eaf0fb",
    "tint-2": "#dbe5f8",
    "brand": "#003399",
    "brand-deep": "#00226b",
    "accent": "#ffcc00",
    "q0": "#e3e7ee",
    "q1": "#fff3b0",
    "q2": "#9ad0b0",
    "q3": "#56b4c3",
    "q4": "#2a78b5",
    "q5": "#1f3a86",
    "q1t": "#0f1b36",
    "q2t": "#0f1b36",
    "q3t": "#0f1b36",
    "q4t": "#fff",
    "q5t": "#fff",
    "gap": "#c8500a",
    "gap-soft": "#f6c9a4",
    "over": "#1b5fb0",
    "over-soft": "#b4d0f0",
    "neutral": "#f1f3f7",
    "mid": "#8b95a8",
    "c1": "#2b7bd0",
    "c2": "#d9540b",
    "c3": "#17604b",
    "c4": "#6b1d6e",
    "c5": "#a98a3f",
    "c6": "#6b7280",
    "land": "#e1e6ef",
    "land-2": "#edf0f6",
    "sea": "#f5f8fd",
    "border-n": "#fff",
    "border-c": "#aab4c6",
}
SEQUENTIAL = ("q1", "q2", "q3", "q4", "q5")
DIVERGING = ("gap", "gap-soft", "neutral", "over-soft", "over")
CATEGORICAL = ("c1", "c2", "c3", "c4")


@lru_cache(maxsize=512)
def paint(*, fill: str = "", stroke: str = "") -> str:
    """Attributes for a fill and a line colour: class names first, light colours as a fallback.

    Without a fill the shape stays hollow.
    """
    classes = [name for name in (fill and f"cf-{fill}", stroke and f"cs-{stroke}") if name]
    parts = [f'class="{" ".join(classes)}"'] if classes else []
    parts.append(f'fill="{COLOURS[fill]}"' if fill else 'fill="none"')
    if stroke:
        parts.append(f'stroke="{COLOURS[stroke]}"')
    return " ".join(parts)
