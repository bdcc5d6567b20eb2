"""Dense layers in integers of eight bits, by scales that are set once.

Weights have a scale for each output. What goes into a layer has one scale, made from what the model
does with its own vocabulary, so a text's vector is the same whatever it is encoded with; scales
made while encoding are those of a batch, and slower. Where a few channels reach far beyond the
others, these are divided by a factor and their weights multiplied by it (SmoothQuant, Xiao et al.,
arXiv:2211.10438). The last layer of the first block, where a third of the error would come
from, stays in floats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from graphkit.search import bert
from graphkit.search.bert import Dense, Graph, Linear, in_floats
from graphkit.search.encoder import session

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

IN_FLOATS: Final = frozenset({"0.narrowed"})
OPENS, CLOSES, FIRST_WORD, WORDS = 101, 102, 999, 30_522  # pieces of the tokenizer
LENGTHS: Final = (0, 1, 4, 16, 64, 254)  # pieces, of the texts made of the vocabulary
TEXTS: Final = 120
LEVELS: Final = 255  # of what goes in
STEPS: Final = 127  # of weights, to either side of 0


class Reach(NamedTuple):
    """The least and the largest value of each channel: (inputs,) each."""

    low: Floats
    high: Floats


def scales(weights: bert.Weights) -> dict[str, Reach]:
    """What goes into each dense layer, by its place, while the model reads its vocabulary."""
    import onnx

    taken: dict[str, str] = {}

    def noted(graph: Graph, place: str, value: str, layers: Sequence[Linear]) -> list[str]:
        taken[place] = value
        return in_floats(graph, place, value, layers)

    model = bert.encoder(weights, noted)
    model.graph.output.extend(onnx.helper.make_empty_tensor_value_info(v) for v in taken.values())
    run = session(model.SerializeToString(), threads=1, packed=True).run
    found: dict[str, Reach] = {}
    for text in vocabulary():
        for place, values in zip(taken, run([*taken.values()], {"input_ids": text}), strict=True):
            low, high = values.min(axis=(0, 1)), values.max(axis=(0, 1))
            known = found.get(place, Reach(low, high))
            found[place] = Reach(np.minimum(low, known.low), np.maximum(high, known.high))
    return found


def vocabulary() -> Iterator[npt.NDArray[np.int32]]:
    """Texts of many lengths, of word pieces from all over the vocabulary: (1, tokens) each."""
    for at, start in enumerate(np.linspace(FIRST_WORD, WORDS, TEXTS, endpoint=False, dtype=int)):
        end = min(start + LENGTHS[at % len(LENGTHS)], WORDS)
        yield np.array([[OPENS, *range(start, end), CLOSES]], dtype=np.int32)


def in_integers(seen: Mapping[str, Reach]) -> Dense:
    """Dense layers in eight bits, for what was seen to go into each."""

    def dense(graph: Graph, place: str, taken: str, layers: Sequence[Linear]) -> list[str]:
        if place in IN_FLOATS:
            return in_floats(graph, place, taken, layers)
        low, high = seen[place]
        if evened := FACTORS.get(place.split(".")[1]):
            factors = evened(np.maximum(high, -low), layers)
            low, high = low / factors, high / factors
            taken = graph.apply("Mul", taken, graph.hold(1 / factors))
            layers = [Linear(each.weight * factors[:, None], each.bias) for each in layers]
        return _products(graph, taken, layers, float(low.min()), float(high.max()))

    return dense


def _shared(most: Floats, layers: Sequence[Linear]) -> Floats:
    """Factors by which what goes in and the weights share the work of being rounded."""
    heaviest = np.max([np.abs(each.weight).max(axis=1) for each in layers], axis=0)
    factors = most**0.75 / heaviest**0.25
    return np.asarray(factors / np.median(factors), dtype=np.float32)


def _capped(most: Floats, _layers: Sequence[Linear]) -> Floats:
    """Factors that bring channels down to 4 and leave all below it, which are nearly all."""
    return np.maximum(1, most / 4).astype(np.float32)


# What comes from attention is even as it is.
FACTORS: Final[Mapping[str, Callable[[Floats, Sequence[Linear]], Floats]]] = {
    "heads": _shared,
    "widened": _shared,
    "narrowed": _capped,
}


def _products(
    graph: Graph, taken: str, layers: Sequence[Linear], low: float, high: float
) -> list[str]:
    step = graph.hold(np.float32((high - low) / LEVELS))
    zero = graph.hold(np.uint8(round(-low / (high - low) * LEVELS)))
    whole = graph.apply("QuantizeLinear", taken, step, zero)
    return [_product(graph, whole, step, zero, each) for each in layers]


def _product(graph: Graph, whole: str, step: str, zero: str, layer: Linear) -> str:
    steps = np.abs(layer.weight).max(axis=0) / STEPS  # (outputs,)
    weight = np.rint(layer.weight / steps).astype(np.int8)
    held = [graph.hold(each) for each in (weight, steps, layer.bias)]
    return graph.apply("MatMulIntegerToFloat", whole, held[0], step, held[1], zero, "", held[2])
