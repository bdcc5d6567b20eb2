"""The packaged model as an ONNX graph, written once per machine from its weights alone.

The graph is BERT's encoder (Devlin et al., arXiv:1810.04805) in the six layers of
all-MiniLM-L6-v2, the mean over the tokens, length 1, in onnxruntime's fused operators. Tracing the
reference with torch gives the same vectors and takes twenty times as long, most of it imports. So
that nobody has to trust this file, every export is compared with vectors that sentence-transformers
made of the same weights, and a test compares those with sentence-transformers itself.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphkit.errors import ModelError
from graphkit.search.encoder import Encoder, OnnxEncoder, complete

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from graphkit.search.encoder import Vectors

    Weights = dict[str, npt.NDArray[np.float32]]

LEAST_COSINE: Final = 0.999
LAYERS: Final = 6
HEADS: Final = 12
DIMENSIONS: Final = 384
EPSILON: Final = 1e-12  # of the layer norms
IR: Final = 10  # version of the file format, and below of the operators
OPERATORS: Final = (("", 17), ("com.microsoft", 1))
FUSED: Final = frozenset({"Attention", "BiasGelu", "EmbedLayerNormalization"})
LARGE: Final = 1024  # bytes, from which on a weight is mapped from a file of its own


def export(weights: Path, folder: Path) -> None:
    """Write the model of these weights, and of the tokenizer beside them, to `folder`.

    Raises ModelError when a probe's vector has a cosine below 0.999 with the reference's.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".export-") as scratch:
        made = Path(scratch) / "made"
        made.mkdir()
        shutil.copyfile(weights.parent / "tokenizer.json", made / "tokenizer.json")
        _write(weights, made)
        cosine = agreement(OnnxEncoder(made))
        if cosine < LEAST_COSINE:
            raise ModelError(
                f"the exported model differs from the reference (cosine {cosine:.4f})",
                "please report it with the version of onnxruntime",
            )
        _sign(made, cosine)
        _publish(made, folder)


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


def _write(weights: Path, folder: Path) -> None:
    """The graph beside its weights: mapped, not parsed, so that a session opens in 20 ms."""
    import onnx
    from safetensors.numpy import load_file

    onnx.save_model(
        _model(load_file(weights)),
        folder / "model.onnx",
        save_as_external_data=True,
        location="model.weights",
        size_threshold=LARGE,
    )


class _Graph:
    """Operators and weights in the order in which they are added. Values are named by number."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def hold(self, array: npt.NDArray[Any]) -> str:
        """The name of a constant."""
        import numpy as np
        from onnx import numpy_helper

        name = f"weight{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def apply(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """The name of an operator's first result."""
        from onnx import helper

        result = f"value{len(self.nodes)}"
        domain = "com.microsoft" if operator in FUSED else ""
        self.nodes.append(helper.make_node(operator, inputs, [result], domain=domain, **attributes))
        return result


def _model(weights: Weights) -> Any:
    """Token ids and mask, both of shape (texts, tokens), to vectors of shape (texts, 384)."""
    from onnx import TensorProto, helper

    graph = _Graph()
    tokens = _embedded(graph, _under("embeddings.", weights))
    for layer in range(LAYERS):
        tokens = _attended(graph, _under(f"encoder.layer.{layer}.attention.", weights), tokens)
        tokens = _transformed(graph, _under(f"encoder.layer.{layer}.", weights), tokens)
    vectors = _pooled(graph, tokens)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT32, ("texts", "tokens"))
        for name in ("input_ids", "attention_mask")
    ]
    outputs = [helper.make_tensor_value_info(vectors, TensorProto.FLOAT, ("texts", DIMENSIONS))]
    return helper.make_model(
        helper.make_graph(graph.nodes, "encoder", inputs, outputs, graph.weights),
        opset_imports=[helper.make_opsetid(*each) for each in OPERATORS],
        ir_version=IR,
    )


def _under(prefix: str, weights: Weights) -> Weights:
    """The weights of one part of the model by their name in it."""
    return {
        name.removeprefix(prefix): weight
        for name, weight in weights.items()
        if name.startswith(prefix)
    }


def _embedded(graph: _Graph, own: Weights) -> str:
    """Word plus place plus segment; every text is one segment, the first."""
    places = own["position_embeddings.weight"] + own["token_type_embeddings.weight"][0]
    tokens = graph.apply(
        "EmbedLayerNormalization",
        "input_ids",
        "",
        graph.hold(own["word_embeddings.weight"]),
        graph.hold(places),
        "",
        *_norm(graph, own),
        epsilon=EPSILON,
    )
    graph.nodes[-1].output.append("")  # it insists on a second result, which may go unnamed
    return tokens


def _attended(graph: _Graph, own: Weights, tokens: str) -> str:
    """Self-attention with its residual."""
    import numpy as np

    parts = [f"self.{part}." for part in ("query", "key", "value")]
    heard = graph.apply(
        "Attention",
        tokens,
        graph.hold(np.concatenate([own[part + "weight"] for part in parts]).T),
        graph.hold(np.concatenate([own[part + "bias"] for part in parts])),
        "attention_mask",
        num_heads=HEADS,
    )
    return _added(graph, _under("output.", own), heard, tokens)


def _transformed(graph: _Graph, own: Weights, tokens: str) -> str:
    """The two dense layers of each token with their residual."""
    wide = graph.apply("MatMul", tokens, graph.hold(own["intermediate.dense.weight"].T))
    wide = graph.apply("BiasGelu", wide, graph.hold(own["intermediate.dense.bias"]))
    return _added(graph, _under("output.", own), wide, tokens)


def _added(graph: _Graph, own: Weights, inner: str, tokens: str) -> str:
    """A dense layer's result added to what went in, and normed."""
    dense = graph.apply("MatMul", inner, graph.hold(own["dense.weight"].T))
    dense = graph.apply("Add", dense, graph.hold(own["dense.bias"]))
    # The operator that fuses these (SkipLayerNormalization) is slower: of all passages, by 8 %.
    total = graph.apply("Add", dense, tokens)
    return graph.apply("LayerNormalization", total, *_norm(graph, own), epsilon=EPSILON)


def _norm(graph: _Graph, own: Weights) -> tuple[str, str]:
    return graph.hold(own["LayerNorm.weight"]), graph.hold(own["LayerNorm.bias"])


def _pooled(graph: _Graph, tokens: str) -> str:
    """The sum of the tokens of each text in length 1, which is their mean in length 1."""
    import numpy as np
    from onnx import TensorProto

    row = graph.hold(np.array([1]))
    mask = graph.apply("Cast", "attention_mask", to=TensorProto.FLOAT)
    total = graph.apply("MatMul", graph.apply("Unsqueeze", mask, row), tokens)
    return graph.apply("LpNormalization", graph.apply("Squeeze", total, row), axis=1, p=2)


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
