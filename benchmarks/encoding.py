"""How fast passages are encoded, and what that costs in quality.

    python benchmarks/encoding.py [FOLDER...] [--passages 256] [--threads 2] [--rounds 3]

The passages of the bundled notes are encoded in turn by sentence-transformers and by the export in
floats and in eight bits, so that a busy machine slows all of them alike. Printed are passages per
second, by the clock and by processor time, each in its best round, their ratios to
sentence-transformers, and the least and mean cosine with its vectors; for collections in BEIR
layout also nDCG@10 of the semantic and of the hybrid ranking, passages and queries encoded alike,
and what that is beside the floats'. Speed may cost .005 of it at most, on any collection.

Tried beside these, by processor time on one thread (AVX-512 with VNNI), the reference being 1:

    batches padded to their longest text, floats                            1.27
    onnxruntime's dynamic scales, one a batch, in every layer               1.7, beyond the limit
    the same but for attention                                              1.56, vectors vary
    scales for each token, in every layer (without padding 2.0)              1.32
    MatMulNBits, weights in blocks of 128, activations in eight bits        0.98
    scales set once, in every layer (.0047 lost on one collection of four)  2.69
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from graphkit import Workspace
from graphkit.models import Note
from graphkit.search import bench, collection, encoder, measures, rank, words
from graphkit.search.collection import Collection, Query
from graphkit.search.encoder import Encoder, Precision
from graphkit.search.passage import passages
from graphkit.search.store import Store

NOTES = Path(__file__).parents[1] / "notes"


class Speed(NamedTuple):
    """How fast one encoder was in its best round."""

    rate: float  # passages per second
    rate_of_processor: float  # passages per second of processor time, which others do not take away
    vectors: np.ndarray


def speeds(encoders: Mapping[str, Encoder], texts: Sequence[str], rounds: int) -> dict[str, Speed]:
    """Each encoder's best round."""
    for each in encoders.values():
        each.encode(texts[:64])
    found = [{name: timed(each, texts) for name, each in encoders.items()} for _ in range(rounds)]
    return {
        name: Speed(
            max(each[name].rate for each in found),
            max(each[name].rate_of_processor for each in found),
            found[0][name].vectors,
        )
        for name in encoders
    }


def timed(model: Encoder, texts: Sequence[str]) -> Speed:
    began, spent = time.perf_counter(), time.process_time()
    vectors = model.encode(texts)
    wall, processor = time.perf_counter() - began, time.process_time() - spent
    return Speed(len(texts) / wall, len(texts) / processor, vectors)


def told(found: Mapping[str, Speed]) -> None:
    reference, *_ = found.values()
    print(
        f"{'':<24}{'passages/s':>10}{'ratio':>7}{'per CPU s':>11}{'ratio':>7}  least, mean cosine"
    )
    for name, each in found.items():
        cosines = (each.vectors * reference.vectors).sum(axis=1)
        by_wall = each.rate / reference.rate
        by_processor = each.rate_of_processor / reference.rate_of_processor
        print(
            f"{name:<24}{each.rate:>10.1f}{by_wall:>7.2f}{each.rate_of_processor:>11.1f}"
            f"{by_processor:>7.2f}  {cosines.min():.4f} {cosines.mean():.4f}"
        )


def ranked(folder: Path, encoders: Mapping[str, Encoder]) -> None:
    """Print nDCG@10 by what encoded passages and queries, beside that of the first encoder."""
    found = collection.read(folder)
    asked = [each for each in found.queries if each.id in found.relevant]
    first: tuple[float, ...] = ()
    with tempfile.TemporaryDirectory() as scratch, Store(Path(scratch) / "index") as store:
        store.sync(found.notes)
        for name, each in encoders.items():
            gains = tuple(np.mean(list(gained(store, found, asked, each)), axis=0).tolist())
            first = first or gains
            beside = (
                f"{kind} {gain:.4f} ({gain - before:+.4f})"
                for kind, gain, before in zip(("semantic", "hybrid"), gains, first, strict=True)
            )
            print(f"{found.name:<12}{name:<24}nDCG@10 {', '.join(beside)}", flush=True)


def gained(
    store: Store, found: Collection, asked: Sequence[Query], model: Encoder
) -> Iterator[tuple[float, float]]:
    """nDCG@10 of each query, semantic and hybrid."""
    store.encode(model)
    matrix = store.matrix(model.fingerprint)
    documents = {row.row: row.id for row in store.rows().values()}
    vectors = model.encode([each.text for each in asked])
    for query, vector in zip(asked, vectors, strict=True):
        spoken = store.keyword(words.expression(query.text))
        scores = rank.measure(rank.Query(query.text, spoken, matrix, vector))
        semantic, hybrid = (
            [documents[note] for note in bench.ordered(each)]
            for each in (scores.semantic, rank.fuse(scores))
        )
        gains = found.relevant[query.id]
        yield measures.ndcg(semantic, gains), measures.ndcg(hybrid, gains)


def encoded(notes: Sequence[Note], most: int) -> list[str]:
    return list(dict.fromkeys(piece.encoded for note in notes for piece in passages(note)))[:most]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--passages", type=int, default=256)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    import torch

    torch.set_num_threads(arguments.threads)
    with tempfile.TemporaryDirectory() as scratch:
        encoders: dict[str, Encoder] = {"sentence-transformers": encoder.reference(device="cpu")}
        for each in (Precision.FLOATS, Precision.EIGHT_BITS):
            encoders[each] = encoder.load(Path(scratch), precision=each, threads=arguments.threads)
        texts = encoded(Workspace.open(NOTES).notes, arguments.passages)
        told(speeds(encoders, texts, arguments.rounds))
        for folder in arguments.folders:
            ranked(folder, {name: encoders[name] for name in list(encoders)[1:]})


if __name__ == "__main__":
    main()
