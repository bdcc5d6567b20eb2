"""The vectors of an index: encoded where they are missing, and gathered into one matrix.

Each is kept by the digest of its text and the fingerprint of the model, so that only what changed
is encoded again.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from graphkit.search import tables

if TYPE_CHECKING:
    from graphkit.search.cosine import Matrix
    from graphkit.search.encoder import Encoder, Progress
    from graphkit.search.file import File
    from graphkit.search.store import Wanted

ENCODE_AT_ONCE: Final = 256  # texts; what is done stays done when a run is interrupted
CUT_AT_ONCE: Final = 512  # notes; so is this


def encode(file: File, wanted: Wanted, encoder: Encoder, on_progress: Progress | None) -> int:
    """Encode the passages that have no vector of this model yet; how many there were."""
    model = encoder.fingerprint
    if tables.remembered(file, "complete") == f"{model} {_layout(file)}":
        return 0
    _cut(file, wanted)
    missing = file.read(tables.MISSING, model)
    missing.sort(key=lambda row: len(row[1]))
    for start in range(0, len(missing), ENCODE_AT_ONCE):
        part = missing[start : start + ENCODE_AT_ONCE]
        found = encoder.encode([text for _, text in part])
        with file.writing() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO vector VALUES(?, ?, ?)",
                (
                    (digest, model, vector.tobytes())
                    for (digest, _), vector in zip(part, found, strict=True)
                ),
            )
            tables.moved(connection)
        if on_progress:
            on_progress(start + len(part), len(missing))
    with file.writing() as connection:
        tables.forget_vectors(connection)
        tables.complete(connection, model)
    tables.remember(file, "model", model)
    return len(missing)


def _cut(file: File, wanted: Wanted) -> None:
    """Cut the notes that have not been; one that another process changed is left to it."""
    found = file.read("SELECT row, path FROM note WHERE NOT cut")
    if not found:
        return
    uncut = [(row, path) for row, path in found if path in wanted.notes]
    for start in range(0, len(uncut), CUT_AT_ONCE):
        with file.writing() as connection:
            for row, path in uncut[start : start + CUT_AT_ONCE]:
                note, digest = wanted.notes[path], wanted.digest(path)
                tables.cut(connection, row, note, digest, wanted.common)
            tables.moved(connection)


def readable(file: File, model: str) -> bool:
    """Whether a model of this fingerprint may read on: it has read here, or none has."""
    query = """SELECT EXISTS (SELECT 1 FROM vector WHERE model = ?)
        OR NOT EXISTS (SELECT 1 FROM vector)"""
    ((may,),) = file.read(query, model)
    return bool(may)


def matrix(file: File, model: str) -> Matrix:
    """All vectors of a model, mapped into memory from a file beside the index.

    One that is damaged is made anew, with a Problem.
    """
    from graphkit.search import mapped

    beside = file.path.with_name(f"{file.path.stem}-{model}-{_layout(file)}.vectors")
    try:
        return mapped.read(beside)
    except FileNotFoundError:
        pass
    except mapped.DamagedError:
        file.report(f"the vectors in {beside.name} were damaged; they are copied anew")
    made = gathered(file, model)
    if len(made.notes):
        mapped.write(beside, made)
    return made


def gathered(file: File, model: str) -> Matrix:
    """All vectors of a model as the index holds them.

    A vector that is none (cut short, or not of numbers) is dropped with a Problem; its passage
    is encoded again the next time.
    """
    import numpy as np

    from graphkit.search.cosine import Matrix

    query = """SELECT passage.note, passage.form, passage.row, vector.data FROM passage
        JOIN vector ON vector.digest = passage.digest AND vector.model = ?
        ORDER BY passage.note, passage.row"""
    found = file.read(query, model)
    (size, _), *others = Counter(len(row[-1]) for row in found).most_common() or [(0, 0)]
    if others:
        _drop(file, model, "length(data) <> ?", size)
        found = [row for row in found if len(row[-1]) == size]
    notes, forms, rows, data = zip(*found, strict=True) if found else ((), (), (), ())
    vectors = np.frombuffer(b"".join(data), dtype=np.float32).reshape(len(found), size // 4)
    if not np.isfinite(vectors.sum()):
        for at in np.flatnonzero(~np.isfinite(vectors).all(axis=1)).tolist():
            _drop(file, model, "data = ?", data[at])
        return gathered(file, model)
    return Matrix(
        vectors,
        np.array(notes, dtype=np.int64),
        np.array(forms, dtype=np.str_),
        np.array(rows, dtype=np.int64),
    )


def _drop(file: File, model: str, which: str, value: int | bytes) -> None:
    """Delete vectors that are none."""
    with file.writing() as connection:
        # One of two conditions that stand above.
        connection.execute(f"DELETE FROM vector WHERE model = ? AND {which}", (model, value))  # noqa: S608
        tables.moved(connection)
    file.report("vectors of the search index were damaged; they are encoded again")


def _layout(file: File) -> str:
    """What passages and vectors there are: another word whenever one comes or goes."""
    return tables.remembered(file, "layout") or "first"
