"""BERT's encoder (Devlin et al., arXiv:1810.04805) as an ONNX graph in onnxruntime's operators.

Six layers of all-MiniLM-L6-v2, the mean over the tokens, length 1. Texts of one batch have the same
number of tokens, so nothing is padded and nothing masked. How a dense layer is computed is left to
a function, as that is where the time goes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from onnx import TensorProto, helper, numpy_helper

if TYPE_CHECKING:
    import numpy.typing as npt

    Weights = dict[str, npt.NDArray[np.float32]]

LAYERS: Final = 6
HEADS: Final = 12
EPSILON: Final = 1e-12  # of the layer norms
IR: Final = 10  # version of the file format, and below of the operators
OPERATORS: Final = (("", 17), ("com.microsoft", 1))
FUSED: Final = frozenset(
    {"EmbedLayerNormalization", "Gelu", "MatMulIntegerToFloat", "MultiHeadAttention"}
)


class Linear(NamedTuple):
    """A dense layer: what goes in times `weight`, plus `bias`."""

    weight: npt.NDArray[np.float32]  # (inputs, outputs)
    bias: npt.NDArray[np.float32]  # (outputs,)


class Graph:
    """Operators and weights in the order in which they are added. Values are named by number."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def hold(self, array: npt.NDArray[Any] | np.generic) -> str:
        """The name of a constant."""
        name = f"weight{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.array(array, order="C"), name))
        return name

    def apply(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """The name of an operator's first result."""
        result = f"value{len(self.nodes)}"
        domain = "com.microsoft" if operator in FUSED else ""
        self.nodes.append(helper.make_node(operator, inputs, [result], domain=domain, **attributes))
        return result

    def model(self, *results: str) -> Any:
        """Token ids of shape (texts, tokens) to these values."""
        ids = helper.make_tensor_value_info("input_ids", TensorProto.INT32, ("texts", "tokens"))
        found = [helper.make_tensor_value_info(each, TensorProto.FLOAT, None) for each in results]
        return helper.make_model(
            helper.make_graph(self.nodes, "encoder", [ids], found, self.weights),
            opset_imports=[helper.make_opsetid(*each) for each in OPERATORS],
            ir_version=IR,
        )


# Of the graph, the place ("3.heads"), a value and the layers that read it: what comes out of each.
Dense = Callable[[Graph, str, str, Sequence[Linear]], list[str]]


def in_floats(graph: Graph, _place: str, taken: str, layers: Sequence[Linear]) -> list[str]:
    """Dense layers as they were published, in 32 bits, wherever they stand."""
    products = [graph.apply("MatMul", taken, graph.hold(each.weight)) for each in layers]
    return [
        graph.apply("Add", product, graph.hold(each.bias))
        for product, each in zip(products, layers, strict=True)
    ]


def encoder(weights: Weights, dense: Dense) -> Any:
    """Token ids of shape (texts, tokens) to vectors of shape (texts, 384), length 1."""
    graph = Graph()
    tokens = _embedded(graph, _under("embeddings.", weights))
    for layer in range(LAYERS):
        own = _under(f"encoder.layer.{layer}.", weights)
        tokens = _attended(graph, dense, layer, _under("attention.", own), tokens)
        tokens = _transformed(graph, dense, layer, own, tokens)
    mean = graph.apply("ReduceMean", tokens, axes=[1], keepdims=0)
    return graph.model(graph.apply("LpNormalization", mean, axis=1, p=2))


def _under(prefix: str, weights: Weights) -> Weights:
    """The weights of one part of the model by their name in it."""
    return {
        name.removeprefix(prefix): weight
        for name, weight in weights.items()
        if name.startswith(prefix)
    }


def _linear(own: Weights, name: str) -> Linear:
    return Linear(own[f"{name}.weight"].T, own[f"{name}.bias"])


def _embedded(graph: Graph, own: Weights) -> str:
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


def _attended(graph: Graph, dense: Dense, layer: int, own: Weights, tokens: str) -> str:
    """Self-attention with its residual."""
    parts = [_linear(own, f"self.{part}") for part in ("query", "key", "value")]
    heads = dense(graph, f"{layer}.heads", tokens, parts)
    heard = graph.apply("MultiHeadAttention", *heads, num_heads=HEADS)
    return _added(graph, dense, f"{layer}.joined", _under("output.", own), heard, tokens)


def _transformed(graph: Graph, dense: Dense, layer: int, own: Weights, tokens: str) -> str:
    """The two dense layers of each token with their residual."""
    (wide,) = dense(graph, f"{layer}.widened", tokens, [_linear(own, "intermediate.dense")])
    wide = graph.apply("Gelu", wide)
    return _added(graph, dense, f"{layer}.narrowed", _under("output.", own), wide, tokens)


def _added(graph: Graph, dense: Dense, place: str, own: Weights, inner: str, tokens: str) -> str:
    """A dense layer's result added to what went in, and normed."""
    (found,) = dense(graph, place, inner, [_linear(own, "dense")])
    # The operator that fuses these (SkipLayerNormalization) is slower: of all passages, by 8 %.
    total = graph.apply("Add", found, tokens)
    return graph.apply("LayerNormalization", total, *_norm(graph, own), epsilon=EPSILON)


def _norm(graph: Graph, own: Weights) -> tuple[str, str]:
    return graph.hold(own["LayerNorm.weight"]), graph.hold(own["LayerNorm.bias"])
