"""Models other than the packaged one: a tiny one with random weights, made on the spot."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graphkit import Workspace
from graphkit.errors import ModelError
from graphkit.search import encoder

pytestmark = pytest.mark.xdist_group("model")

WORDS = ("otters", "hold", "hands", "paws", "rafts", "do", "the", "sea", "is", "salty")
SIZE = 8  # dimensions


def made(folder: Path, seed: int = 0) -> Path:
    """A sentence-transformers model of one layer, saved in a folder."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    marks = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
    inner = folder / "inner"
    inner.mkdir(parents=True)
    (inner / "vocab.txt").write_text("\n".join((*marks, *WORDS)), encoding="utf-8")
    BertTokenizer(str(inner / "vocab.txt")).save_pretrained(inner)
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(marks) + len(WORDS),
        hidden_size=SIZE,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=SIZE,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(inner)
    reader = Transformer(str(inner), max_seq_length=64)
    SentenceTransformer(modules=[reader, Pooling(SIZE)], device="cpu").save(str(folder / "model"))
    return folder / "model"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def vault(tmp_path: Path, tiny: Path) -> Path:
    root = tmp_path / "vault"
    root.mkdir()
    (root / "otters.md").write_text("# Do otters hold hands?\n\nOtters hold paws.\n", "utf-8")
    (root / "sea.md").write_text("# Is the sea salty?\n\nThe sea is salty.\n", "utf-8")
    named(root, tiny)
    return root


def named(vault: Path, model: Path | str, device: str = "cpu") -> None:
    text = f"[search]\nmodel = '{model}'\ndevice = '{device}'\n"
    (vault / "graphkit.toml").write_text(text, encoding="utf-8")


def test_a_folder_is_a_model_and_its_device_is_honoured(tmp_path: Path, tiny: Path) -> None:
    model = encoder.load(tmp_path, str(tiny), device="cpu")
    vectors = model.encode(["otters hold hands", ""])
    assert vectors.shape == (2, SIZE)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert isinstance(model, encoder.ReferenceEncoder)
    assert model.transformer.device.type == "cpu"


def test_a_fingerprint_is_of_what_a_model_is_and_not_of_where_it_lies(
    tmp_path: Path, tiny: Path
) -> None:
    first, other = made(tmp_path / "same"), made(tmp_path / "other", seed=1)
    prints = [encoder.ReferenceEncoder(str(each)).fingerprint for each in (tiny, first, other)]
    assert prints[0] == prints[1] != prints[2]


@pytest.mark.parametrize("device", ["no such device", "cuda:99"])
def test_a_device_that_is_none_is_one_clear_line(tmp_path: Path, tiny: Path, device: str) -> None:
    with pytest.raises(ModelError, match=f"does not load on '{device}'") as raised:
        encoder.load(tmp_path, str(tiny), device=device)
    assert "\n" not in raised.value.message


def test_a_vault_names_its_model(vault: Path) -> None:
    workspace = Workspace.open(vault)
    assert not workspace.no_model
    assert workspace.encode() > 0
    assert workspace.store.matrix(workspace.store.model()).vectors.shape[1] == SIZE
    assert workspace.search("otters", mode="semantic")


def test_a_model_inside_the_vault_is_named_by_its_place_there(vault: Path) -> None:
    inside = made(vault / "models")
    named(vault, inside.relative_to(vault))
    assert Workspace.open(vault).encode() > 0


def test_a_changed_model_says_so_and_encodes_only_on_request(vault: Path, tmp_path: Path) -> None:
    count = Workspace.open(vault).encode()
    named(vault, made(tmp_path / "other", seed=1))
    changed = Workspace.open(vault)
    assert "graphkit index --reencode" in changed.no_model
    assert changed.encode() == 0
    assert changed.search("otters")[0].path == "otters.md"  # by keywords
    assert changed.encode(anew=True) == count
    assert not Workspace.open(vault).no_model
    assert Workspace.open(vault).encode() == 0


def test_a_model_that_is_gone_leaves_keywords(vault: Path) -> None:
    named(vault, vault / "nowhere")
    workspace = Workspace.open(vault)
    assert "does not load" in workspace.no_model
    assert "\n" not in workspace.no_model
    assert workspace.search("salty")[0].path == "sea.md"
