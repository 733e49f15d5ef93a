"""Make the third-party files of static/ from the packages named in vendor.json.

Run with the project's own Python when a package has a new version:

    python static/vendor/vendor.py [folder with the unpacked packages]

Without a folder it fetches the packages with `npm pack`, which runs no install script. The site gets lean
variable fonts per script (the browser loads only what a page needs); the PDF engine, which knows no
unicode-range, gets one file per weight with all scripts. Those are not compressed: unpacking them took each
process that renders half a second.
"""

import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from fontTools.merge import Merger, Options
from fontTools.subset import Options as SubsetOptions
from fontTools.subset import Subsetter, parse_unicodes
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "fonts"
RECORD = json.loads((HERE / "vendor.json").read_text(encoding="utf-8"))


def fetch(folder: Path) -> None:
    """Unpack each npm package into a folder of its short name."""
    for package in RECORD["packages"]:
        name = f"{package['name']}@{package['version']}"
        packed = subprocess.run(
            ["npm", "pack", name, "--silent"], cwd=folder, check=True, capture_output=True, text=True
        )
        with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
            archive.extractall(folder / package["folder"], filter="data")


def lean(font: TTFont, unicodes: str, features: list[str]) -> TTFont:
    options = SubsetOptions()
    options.layout_features = features
    options.hinting = False
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(unicodes))
    subsetter.subset(font)
    return font


def save(font: TTFont, path: Path) -> None:
    font.flavor = "woff2" if path.suffix == ".woff2" else None
    font["head"].modified = font["head"].created  # the same input gives the same bytes
    font.save(path, reorderTables=False)
    sys.stdout.write(f"{path.relative_to(HERE.parent)} {path.stat().st_size}\n")


def web_fonts(source: Path) -> None:
    for row in RECORD["web"]:
        font = TTFont(source / row["from"], recalcTimestamp=False)
        lean(font, row["unicodes"], RECORD["web_features"])
        instantiateVariableFont(font, {"wght": tuple(row["wght"])}, inplace=True)
        save(font, FONTS / row["to"])


def print_fonts(source: Path) -> None:
    for row in RECORD["print"]:
        with tempfile.TemporaryDirectory() as scratch:
            parts = []
            for script in row["scripts"]:
                font = TTFont(source / row["from"].format(script=script), recalcTimestamp=False)
                lean(font, RECORD["print_unicodes"], RECORD["print_features"])
                instantiateVariableFont(font, {"wght": row["wght"]}, inplace=True)
                part = Path(scratch) / f"{script}.ttf"
                font.flavor = None
                font.save(part)
                parts.append(str(part))
            merged = Merger(options=Options(drop_tables=["GDEF", "STAT", "DSIG", "meta"])).merge(parts)
            merged["OS/2"].usWeightClass = row["wght"] // 100 * 100  # WeasyPrint knows hundreds only
            save(merged, FONTS / "print" / row["to"])


def build(source: Path) -> None:
    for row in RECORD["copies"]:
        shutil.copyfile(source / row["from"], HERE.parent / row["to"])
    web_fonts(source)
    print_fonts(source)


def main() -> None:
    (FONTS / "print").mkdir(parents=True, exist_ok=True)
    if len(sys.argv) > 1:
        build(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        fetch(Path(folder))
        build(Path(folder))


if __name__ == "__main__":
    main()
