"""The packaged model as an ONNX graph, written once per machine from its weights alone.

Tracing the reference with torch gives the same vectors and takes twenty times as long, most of it
imports. So that nobody has to trust `bert` and `eight_bits`, every export is compared with vectors
that sentence-transformers made of the same weights, and a test compares those with
sentence-transformers itself. Where integers of eight bits miss their mark, which some processors
without instructions for them do by overflowing, the model is written in floats.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphkit.errors import ModelError
from graphkit.search.encoder import FILES, Encoder, OnnxEncoder, Precision, kept, mark

if TYPE_CHECKING:
    from graphkit.search import bert
    from graphkit.search.encoder import Vectors

LEAST_COSINE: Final = {Precision.EIGHT_BITS: 0.98, Precision.FLOATS: 0.999}  # of each probe
LARGE: Final = 1024  # bytes, from which on a weight is mapped from a file of its own


def export(weights: Path, folder: Path, precision: Precision) -> Precision:
    """Write the model of these weights, and of the tokenizer beside them, to `folder`.

    Returns the precision written: floats where eight bits turn out too coarse here. Raises
    ModelError when a probe's vector in floats has a cosine below 0.999 with the reference's.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".export-") as scratch:
        for tried in dict.fromkeys((precision, Precision.FLOATS)):
            made = Path(scratch) / tried
            made.mkdir()
            shutil.copyfile(weights.parent / "tokenizer.json", made / "tokenizer.json")
            _write(weights, made, tried)
            cosine = agreement(OnnxEncoder(made, tried))
            if cosine >= LEAST_COSINE[tried]:
                _sign(made, tried, cosine)
                _publish(made, folder)
                return tried
    raise ModelError(
        f"the exported model differs from the reference (cosine {cosine:.4f})",
        "please report it with the version of onnxruntime",
    )


def probes() -> tuple[tuple[str, ...], Vectors]:
    """Texts, and the vectors that sentence-transformers makes of them: (probes, 384), length 1."""
    import numpy as np

    kept = json.loads(files("graphkit.search").joinpath("probes.json").read_text("utf-8"))
    vectors = np.array([probe["thousandths"] for probe in kept], dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return tuple(probe["text"] for probe in kept), vectors


def agreement(encoder: Encoder) -> float:
    """The least cosine between an encoder's vectors of the probes and the reference's."""
    texts, expected = probes()
    return float((encoder.encode(texts) * expected).sum(axis=1).min())


def _write(weights: Path, folder: Path, precision: Precision) -> None:
    """The graph beside its weights: mapped, not parsed, so that a session opens in 20 ms."""
    import onnx
    from safetensors.numpy import load_file

    onnx.save_model(
        _model(load_file(weights), precision),
        folder / "model.onnx",
        save_as_external_data=True,
        location="model.weights",
        size_threshold=LARGE,
    )


def _model(weights: bert.Weights, precision: Precision) -> Any:
    from graphkit.search import bert, eight_bits

    if precision == Precision.FLOATS:
        return bert.encoder(weights, bert.in_floats)
    return bert.encoder(weights, eight_bits.in_integers(eight_bits.scales(weights)))


def _sign(folder: Path, precision: Precision, cosine: float) -> None:
    files = {name: mark(folder / name) for name in FILES}
    signed = {"precision": precision, "cosine": cosine, "files": files}
    (folder / "manifest.json").write_text(json.dumps(signed))


def _publish(made: Path, folder: Path) -> None:
    """Move the finished export into place; of two processes the second keeps the first's."""
    if folder.exists() and not kept(folder):
        shutil.rmtree(folder)
    try:
        made.rename(folder)
    except OSError:
        if not kept(folder):
            raise
