"""The model: a small pre-LN transformer that reads each token with the two before it.

With the usual embedding of one token, two layers did not learn to look a premise up within the
budget; adding embeddings of the two tokens before (a causal smear) makes it easy. There is no
dropout, no bias in a linear map and no tying of the two ends.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (the name every reader of PyTorch knows)

from graphkit.experiment.world import words

CONTEXT = 48
SMEAR = 3  # tokens that an input position sees at once


class Past(NamedTuple):
    """What the model has read: enough to go on without reading it again."""

    tail: Tensor  # [batch, SMEAR - 1] the last tokens
    attended: tuple[tuple[Tensor, Tensor], ...]  # keys and values by layer [batch, heads, t, d]

    def repeat(self, times: int) -> Past:
        """Each row so many times in a row: one prompt, many completions."""
        return Past(
            self.tail.repeat_interleave(times, 0),
            tuple(
                (k.repeat_interleave(times, 0), v.repeat_interleave(times, 0))
                for k, v in self.attended
            ),
        )


class Block(nn.Module):
    """Attention, then a feed-forward layer, each added to what it read."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.before_attention = nn.LayerNorm(width)
        self.before_mlp = nn.LayerNorm(width)
        self.query_key_value = nn.Linear(width, 3 * width, bias=False)
        self.project = nn.Linear(width, width, bias=False)
        self.widen = nn.Linear(width, 4 * width, bias=False)
        self.narrow = nn.Linear(4 * width, width, bias=False)

    def forward(
        self, x: Tensor, past: tuple[Tensor, Tensor] | None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        batch, length, width = x.shape
        joint = self.query_key_value(self.before_attention(x))
        query, key, value = joint.view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        if past is not None:
            key, value = torch.cat([past[0], key], 2), torch.cat([past[1], value], 2)
        seen = None
        if past is not None and length > 1:
            seen = torch.ones(length, key.shape[2], dtype=torch.bool, device=x.device)
            seen = seen.tril(key.shape[2] - length)
        mixed = F.scaled_dot_product_attention(
            query, key, value, attn_mask=seen, is_causal=past is None
        )
        x = x + self.project(mixed.transpose(1, 2).reshape(batch, length, width))
        x = x + self.narrow(F.gelu(self.widen(self.before_mlp(x))))
        return x, (key, value)


class GPT(nn.Module):
    """The whole model; 48 positions, 2 layers of width 64 with 4 heads unless said otherwise."""

    def __init__(self, width: int = 64, layers: int = 2, heads: int = 4) -> None:
        super().__init__()
        size = len(words.WORDS)
        self.embeddings = nn.ModuleList(nn.Embedding(size, width) for _ in range(SMEAR))
        self.positions = nn.Embedding(CONTEXT, width)
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, size, bias=False)
        self.apply(_initialise)

    def take(self, array: np.ndarray) -> Tensor:
        """An array as a tensor where the weights are."""
        return torch.from_numpy(array).to(self.head.weight.device)

    def forward(self, tokens: Tensor, past: Past | None = None) -> tuple[Tensor, Past]:
        """What each token comes to [batch, length, width], and the past to go on from.

        `head` makes logits of it; kept apart because most positions need none.
        """
        batch, length = tokens.shape
        tail = tokens.new_zeros(batch, SMEAR - 1) if past is None else past.tail
        start = 0 if past is None else past.attended[0][0].shape[2]
        row = torch.cat([tail, tokens], 1)
        x = self.positions.weight[start : start + length]
        for back, embedding in enumerate(self.embeddings):
            x = x + embedding(row[:, SMEAR - 1 - back : SMEAR - 1 - back + length])
        attended = []
        for index, block in enumerate(self.blocks):
            x, pair = block(x, None if past is None else past.attended[index])
            attended.append(pair)
        return self.norm(x), Past(row[:, -(SMEAR - 1) :], tuple(attended))


def _initialise(module: nn.Module) -> None:
    match module:
        case nn.Linear():
            nn.init.normal_(module.weight, std=module.in_features**-0.5)
        case nn.Embedding():
            nn.init.normal_(module.weight, std=0.5)


@torch.no_grad()
def complete(
    model: GPT, prompts: Tensor, length: int, *, samples: int = 1, greedy: bool = False
) -> Tensor:
    """Completions [prompts * samples, length], a prompt's samples in a row, padded after the end.

    Each prompt is read once and its keys and values shared among its samples.
    """
    state, past = model(prompts)
    token = _next(model.head(state[:, -1]), samples, greedy=greedy).flatten()
    written = token.new_full((len(token), length), words.PAD)
    written[:, 0] = token
    past = past.repeat(samples) if length > 1 else past
    done = token == words.EOS
    for place in range(1, length):
        if bool(done.all()):
            break
        state, past = model(token[:, None], past)
        token = _next(model.head(state[:, -1]), 1, greedy=greedy)[:, 0]
        token = token.masked_fill(done, words.PAD)
        written[:, place] = token
        done |= token == words.EOS
    return written


def _next(logits: Tensor, samples: int, *, greedy: bool) -> Tensor:
    """The likeliest token of each row, or so many draws from it [rows, samples]."""
    if greedy:
        return logits.argmax(1, keepdim=True).expand(-1, samples)
    # Inverting the distribution takes one random number a draw; torch.multinomial takes one a word.
    steps = logits.softmax(1).cumsum(1)
    return torch.searchsorted(
        steps, torch.rand(len(steps), samples, device=steps.device) * steps[:, -1:]
    )
