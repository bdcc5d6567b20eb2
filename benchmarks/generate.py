"""Writes a made-up vault: the same notes for the same arguments, on every machine.

    python benchmarks/generate.py FOLDER [--notes 2000] [--links 5] [--seed 1] [--light]

Each note has front matter, two sections of prose and exactly so many links: by title and by
file name, some with an alias or a heading, some typed, all to notes that exist. A light note has
one paragraph of short prose and no sections: markdown-it alone parses almost twice as many of
them in the same time.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

SUBJECTS = (
    "attention calibration curriculum distillation retrieval gradient prompt reward sampling "
    "tokenizer benchmark dataset memory planning verification abstention decoding pruning "
    "alignment transfer regularisation pretraining optimiser embedding"
)
QUALITIES = (
    "sparse dense noisy early late shallow robust brittle narrow broad delayed partial hidden "
    "shared frozen adaptive random balanced"
)
VERBS = (
    "improves weakens explains predicts delays stabilises replaces exposes bounds follows "
    "precedes reshapes"
)
TAILS = (
    "when the batch is small", "on every held-out split", "in two of the five runs",
    "although the seed was fixed", "once the schedule is shortened", "for the smaller models",
    "after the second epoch", "if the labels are noisy", "without any change to the data",
    "under the same budget",
)  # fmt: skip
OPENINGS = ("In practice", "By contrast", "As a rule", "In this setting", "Later on", "At first")
RELATIONS = ("supports", "depends on", "is similar to", "extends")
FOLDERS = 20
LONG = 300  # notes that together are longer than
HALF_A_MEGABYTE = 500_000  # characters


class Name(NamedTuple):
    """What a note can be linked by."""

    path: str  # without its suffix
    title: str

    @property
    def stem(self) -> str:
        return self.path.rpartition("/")[2]


class Weight(NamedTuple):
    """How much there is to parse in a note."""

    sentences: tuple[int, int]  # the fewest and the most between two links
    sections: bool


FULL = Weight((3, 5), sections=True)
LIGHT = Weight((1, 1), sections=False)


def notes(count: int, links: int, seed: int, weight: Weight = FULL) -> dict[str, str]:
    """The text of each note by its path."""
    chance = random.Random(seed)
    names = [_name(chance, number) for number in range(count)]
    return {f"{name.path}.md": _note(chance, name, names, links, weight) for name in names}


def write(folder: Path, count: int, links: int = 5, seed: int = 1, weight: Weight = FULL) -> None:
    """Write the vault into a new or empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise SystemExit(f"{folder} is not empty")
    for path, text in notes(count, links, seed, weight).items():
        file = folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def write_heavy(folder: Path, megabytes: int, seed: int = 1) -> None:
    """A vault of so many megabytes in long notes of half a megabyte, each many notes in one."""
    folder.mkdir(parents=True, exist_ok=True)
    bodies = [text.partition("\n---\n")[2] for text in notes(LONG, 5, seed).values()]
    chance, written, number = random.Random(seed), 0, 0
    while written < megabytes * 1_000_000:
        chance.shuffle(bodies)
        number += 1
        text = f"# Long note {number}\n\n{''.join(bodies)}"[:HALF_A_MEGABYTE]
        written += (folder / f"long-{number}.md").write_text(text, encoding="utf-8", newline="\n")


def _name(chance: random.Random, number: int) -> Name:
    quality, subject = _word(chance, QUALITIES), _word(chance, SUBJECTS)
    title = f"{quality.capitalize()} {subject} {_word(chance, VERBS)} {_word(chance, SUBJECTS)}"
    return Name(f"part-{number % FOLDERS:02}/{quality}-{subject}-{number}", f"{title} ({number})")


def _note(
    chance: random.Random, name: Name, names: Sequence[Name], links: int, weight: Weight
) -> str:
    targets = [chance.choice(names) for _ in range(links)]
    typed, inline = targets[: links // 2], targets[links // 2 :]
    listed = "\n".join(
        f"- {chance.choice(RELATIONS)} [[{target.title}]] ({chance.choice(TAILS)})"
        for target in typed
    )
    prose = partial(_paragraph, chance, weight)
    detail = [f"{prose()} See {_wikilink(chance, target, weight)}." for target in inline]
    tags = f"[{_word(chance, SUBJECTS)}, {_word(chance, QUALITIES)}]"
    matter, title = f"---\ntitle: {name.title}\ntags: {tags}\n---", f"# {name.title}"
    if not weight.sections:
        return "\n\n".join((matter, title, " ".join(detail), listed)) + "\n"
    background = (prose(), "## Background", prose())
    sections = (matter, title, *background, "## Details", *detail, "## Relations", listed)
    return "\n\n".join(sections) + "\n"


def _wikilink(chance: random.Random, target: Name, weight: Weight) -> str:
    heading = "Background" if weight.sections else target.title
    return chance.choice(
        (
            f"[[{target.stem}]]",
            f"[[{target.title}]]",
            f"[[{target.path}]]",
            f"[[{target.stem}|{target.title.lower()}]]",
            f"[[{target.stem}#{heading}]]",
        )
    )


def _word(chance: random.Random, words: str) -> str:
    return chance.choice(words.split())


def _paragraph(chance: random.Random, weight: Weight) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randint(*weight.sentences)))


def _sentence(chance: random.Random) -> str:
    core = (
        f"{_word(chance, QUALITIES)} {_word(chance, SUBJECTS)} {_word(chance, VERBS)} the "
        f"{_word(chance, QUALITIES)} {_word(chance, SUBJECTS)} {chance.choice(TAILS)}"
    )
    if chance.random() < 0.3:
        return f"{chance.choice(OPENINGS)}, *{core}*."
    return f"{core.capitalize()}."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--notes", type=int, default=2000)
    parser.add_argument("--links", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--light", action="store_true")
    asked = parser.parse_args()
    weight = LIGHT if asked.light else FULL
    write(asked.folder, asked.notes, asked.links, asked.seed, weight)


if __name__ == "__main__":
    main()
