"""The one-time export of the packaged model to ONNX. Loads torch; runs once per machine."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphkit.errors import ModelError
from graphkit.search.encoder import OnnxEncoder, ReferenceEncoder, complete, session

if TYPE_CHECKING:
    from torch import Tensor

LEAST_COSINE: Final = 0.999
PROBES: Final = (
    "",
    "?",
    "Do models know what they do not know?",
    "abstention",
    "A reward of minus one for a wrong answer, zero for none and one for a right one.",
    "Wer nicht fragt, bleibt dumm. Où est la bibliothèque? Кто там?",
    "模型知道自己不知道什么吗？",
    "🙂 snake_case, CamelCase, 28.9 %, arXiv:2509.25760",
    "A sentence that is repeated until nothing of it fits any more. " * 60,
)


def export(reference: ReferenceEncoder, folder: Path) -> None:
    """Write the reference model to `folder` as an optimised ONNX graph beside its weights.

    Raises ModelError when a probe's vector has a cosine below 0.999 with the reference's.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".export-") as scratch, _quiet():
        made = Path(scratch) / "made"
        made.mkdir()
        shutil.copyfile(Path(reference.model) / "tokenizer.json", made / "tokenizer.json")
        _write_graph(reference, made)
        cosine = agreement(OnnxEncoder(made), reference)
        if cosine < LEAST_COSINE:
            raise ModelError(
                f"the exported model differs from the reference (cosine {cosine:.4f})",
                "please report it with the versions of torch and onnxruntime",
            )
        _sign(made, cosine)
        _publish(made, folder)


def agreement(encoder: OnnxEncoder, reference: ReferenceEncoder) -> float:
    """The least cosine between the two encoders' vectors over the probes."""
    ours = encoder.encode(PROBES)
    return float((ours * reference.encode(PROBES)).sum(axis=1).min())


def _write_graph(reference: ReferenceEncoder, folder: Path) -> None:
    """PyTorch to ONNX, fused by onnxruntime, the weights in a file of their own.

    Weights apart from the graph are mapped into memory instead of parsed: a session then opens
    in 20 ms instead of 160.
    """
    import onnx

    plain, fused = folder / "plain.onnx", folder / "fused.onnx"
    _trace(reference.transformer, plain)
    session(plain, threads=1, packed=False, optimise_into=fused)
    onnx.save_model(
        onnx.load(fused),
        folder / "model.onnx",
        save_as_external_data=True,
        location="model.weights",
        size_threshold=1024,
    )
    plain.unlink()
    fused.unlink()


def _trace(transformer: Any, path: Path) -> None:
    import torch

    class Pooled(torch.nn.Module):
        """The model's three modules: token vectors, their mean over the text, length 1."""

        def __init__(self) -> None:
            super().__init__()
            self.body = transformer[0].auto_model

        def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
            tokens = self.body(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            real = attention_mask.unsqueeze(-1).to(tokens.dtype)
            mean = (tokens * real).sum(1) / real.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=-1)

    ids = torch.ones((2, 16), dtype=torch.long)
    shape = {0: torch.export.Dim("texts"), 1: torch.export.Dim("tokens", max=512)}
    torch.onnx.export(
        Pooled().eval(),
        (ids, torch.ones_like(ids)),
        path,
        input_names=["input_ids", "attention_mask"],
        output_names=["vectors"],
        dynamic_shapes={"input_ids": shape, "attention_mask": shape},
        external_data=False,
        dynamo=True,
        verbose=False,
    )


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """The exporter's own remarks (missing torchvision, progress) say nothing to our reader."""
    from transformers.utils import logging as transformers_logging

    shown = transformers_logging.is_progress_bar_enabled()
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call] # no types there
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(logging.NOTSET)
        if shown:
            transformers_logging.enable_progress_bar()  # type: ignore[no-untyped-call] # as above


def _sign(folder: Path, cosine: float) -> None:
    sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    (folder / "manifest.json").write_text(json.dumps({"cosine": cosine, "sizes": sizes}))


def _publish(made: Path, folder: Path) -> None:
    """Move the finished export into place; of two processes the second keeps the first's."""
    if folder.exists() and not complete(folder):
        shutil.rmtree(folder)
    try:
        made.rename(folder)
    except OSError:
        if not complete(folder):
            raise
