"""The vaults that the explorer is measured on: the bundled notes, a made one, one hard to show."""

from __future__ import annotations

import shutil
from pathlib import Path

import generate

HERE = Path(__file__).parents[1]
NAMES = ("bundled", "made", "hard")
EDGES = 5000  # of the hub
LEVELS = 100  # of the deepest list


def vault(name: str, folder: Path, notes: int) -> Path:
    """The vault of a name in a folder, where it is made unless it is there; `notes` of the made."""
    path = folder / (f"made-{notes}" if name == "made" else name)
    if path.exists():
        return path
    if name == "bundled":
        shutil.copytree(HERE / "notes", path, ignore=shutil.ignore_patterns(".graphkit"))
    elif name == "made":
        generate.write(path, notes)
    else:
        _write_hard(path)
    return path


def _write_hard(folder: Path) -> None:
    """A hub, long notes, endless lines, deep lists, many-column tables, text that would act."""
    folder.mkdir(parents=True)
    for name, text in _hard().items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


def _hard() -> dict[str, str]:
    cells = "| " + " | ".join(f"column {n}" for n in range(60)) + " |\n"
    return {
        "hub": "# The hub\n\n" + "".join(f"- cites [[Work {n}]]\n" for n in range(EDGES)),
        "long": "# Long\n\n" + "Some words of it.\n\n" * 30_000,
        "line": "# One line\n\n" + "word " * 200_000 + "\n",
        "solid": "# Solid\n\n" + "x" * 1_000_000 + "\n",
        "links": "# All links\n\n" + "[[Work 1]] [w](https://example.org/x) " * 4_000 + "\n",
        "stars": "# Stars\n\n" + "*a **b " * 5_000 + "\n",
        "quotes": "# Quotes\n\n" + "> " * LEVELS + "deep\n",
        "deep": "# Deep\n\n" + "".join("  " * n + "- a\n" for n in range(LEVELS)),
        "table": "# Table\n\n" + cells + "|---" * 60 + "|\n" + cells * 150,
        "acting": "# \x1b[31mred\u202e [b]x[/b]\n\n\x07\x1b]0;t\x07\x9b31m [link=x]no[/link]\n",
        "right": "# \u05e9\u05dc\u05d5\u05dd\n\n"
        + "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 " * 500,
        "wide": "# \u4f60\u597d\n\n" + "\u4f60\u597d\uff0c\u4e16\u754c" * 3_000,
        "faces": "# \U0001f600\n\n"
        + "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1fa\U0001f1f3 e\u0301\u0327 " * 500,
        "zero": "# Nothing wide\n\n" + "\u200b\u200d\ufeff\u00ad" * 2_000 + "\n",
        **{f"work-{n}": f"# Work {n}\n\nThe work of number {n}.\n" for n in range(300)},
    }
