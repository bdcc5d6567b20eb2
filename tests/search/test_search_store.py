from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from small_vault import SIZE, WordEncoder, note

from graphkit.errors import VaultError
from graphkit.models import Note
from graphkit.search import find, vectors, words
from graphkit.search.encoder import Progress
from graphkit.search.store import Store, Synced

if TYPE_CHECKING:
    from graphkit.search.encoder import Vectors

VAULT = (
    note("Rewards shape abstention", "A ternary reward makes abstaining learnable."),
    note("Guardrails differ", "Refusals depend on who is asking."),
    note("校准", "模型会承认自己不知道。"),
)


def filled(path: Path) -> Store:
    store = Store(path)
    store.sync(VAULT)
    return store


def test_only_what_changed_is_written_and_encoded(tmp_path: Path) -> None:
    encoder = WordEncoder()
    with Store(tmp_path / "index.sqlite") as store:
        assert store.sync(VAULT) == Synced(added=3)
        assert store.encode(encoder) > 0
        edited = note("Guardrails differ", "Refusals depend on the persona.")
        assert store.sync((*VAULT[:1], edited)) == Synced(changed=1, removed=1)
        encoder.encoded.clear()
        store.encode(encoder)
        assert encoder.encoded
        assert all("persona" in text for text in encoder.encoded)
        assert store.sync((*VAULT[:1], edited)) == Synced()
        assert store.encode(encoder) == 0


def test_text_that_comes_back_is_not_encoded_again(tmp_path: Path) -> None:
    encoder = WordEncoder()
    with filled(tmp_path / "index.sqlite") as store:
        store.encode(encoder)
        store.sync(VAULT[:2])
        store.sync(VAULT)
        assert store.encode(encoder) == 0


def test_passages_are_the_same_before_and_after_they_are_cut(tmp_path: Path) -> None:
    with filled(tmp_path / "index.sqlite") as store:
        before = [[piece for _, piece in store.passages(row)] for row in store.rows()]
        store.encode(WordEncoder())
        assert [[piece for _, piece in store.passages(row)] for row in store.rows()] == before
        assert all(before)


def test_a_note_that_another_process_changed_is_not_cut_in_its_old_form(tmp_path: Path) -> None:
    edited = note("Guardrails differ", "Refusals depend on the persona.")
    path, encoder = tmp_path / "index.sqlite", WordEncoder()
    with filled(path) as store, Store(path) as other:
        other.sync((*VAULT[:1], edited))
        store.encode(encoder)
        assert not any("who is asking" in text for text in encoder.encoded)
        other.encode(encoder)
        assert any("persona" in text for text in encoder.encoded)


def test_another_model_encodes_anew_and_does_not_mix(tmp_path: Path) -> None:
    encoder, other = WordEncoder(), WordEncoder()
    other.fingerprint = "other"
    with filled(tmp_path / "index.sqlite") as store:
        count = store.encode(encoder)
        assert store.encode(other) == count
        assert len(store.matrix("words").notes) == len(store.matrix("other").notes)


def test_an_equal_stamp_spares_the_comparison(tmp_path: Path) -> None:
    with Store(tmp_path / "index.sqlite") as store:
        store.sync(VAULT, stamp="1")
        assert store.sync((), stamp="1") == Synced()
        assert store.sync((), stamp="2") == Synced(removed=3)


def test_progress_counts_passages(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    with filled(tmp_path / "index.sqlite") as store:
        count = store.encode(WordEncoder(), lambda done, total: seen.append((done, total)))
    assert seen[-1] == (count, count)


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 300])
def test_a_file_that_is_no_index_is_made_anew_with_one_clear_line(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "index.sqlite"
    path.write_bytes(content)
    with filled(path) as store:
        assert find(store, "ternary reward", mode="keyword")
        assert [problem.code for problem in store.problems] == ["index-rebuilt"] * bool(content)


def damage(path: Path) -> None:
    """Spoil every page but the first."""
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))


def test_damage_inside_the_file_is_healed_while_reading(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    filled(path).close()
    damage(path)
    with filled(path) as store:
        assert [hit.path for hit in find(store, "persona asking", mode="keyword")] == [
            "guardrails-differ.md"
        ]
        assert store.problems
        assert "made anew" in store.problems[0].message


NO_VECTORS = {
    "short": b"short",
    "empty": b"",
    "broken": b"\xff" * 4 * SIZE,
    "not numbers": b"\0\0\xc0\x7f" * SIZE,
}


@pytest.mark.parametrize("vector", NO_VECTORS.values(), ids=NO_VECTORS)
def test_a_damaged_vector_is_dropped_with_one_clear_line_and_encoded_again(
    tmp_path: Path, vector: bytes
) -> None:
    path, encoder = tmp_path / "index.sqlite", WordEncoder()
    with filled(path) as store:
        store.encode(encoder)
        count = sum(len(store.passages(row)) for row in store.rows())
        spoil = "UPDATE vector SET data = ? WHERE digest = (SELECT min(digest) FROM vector)"
        with sqlite3.connect(path) as base:
            base.execute(spoil, (vector,))
        base.close()
        assert find(store, "ternary reward", encoder=encoder)
        assert [problem.message for problem in store.problems] == [
            "vectors of the search index were damaged; they are encoded again"
        ]
        assert len(store.matrix("words").notes) < count
        assert store.encode(encoder) == 1
        assert len(store.matrix("words").notes) == count


def vectors_beside(index: Path) -> Path:
    (file,) = index.parent.glob("*.vectors")
    return file


def test_vectors_are_mapped_from_a_file_that_is_made_anew_when_they_change(tmp_path: Path) -> None:
    path, encoder = tmp_path / "index.sqlite", WordEncoder()
    with filled(path) as store:
        store.encode(encoder)
        gathered, first = store.matrix("words"), vectors_beside(path)
        mapped = store.matrix("words")
        assert not mapped.vectors.flags.owndata
        for part in ("vectors", "notes", "forms", "passages"):
            assert getattr(mapped, part).tolist() == getattr(gathered, part).tolist()
        store.sync(VAULT[:2])
        assert len(store.matrix("words").notes) < len(mapped.notes)
        assert vectors_beside(path) != first
        assert not store.problems


@pytest.mark.parametrize("kept", [0, 100, -1], ids=["empty", "cut short", "one byte less"])
def test_a_file_of_vectors_that_was_cut_short_is_copied_anew_with_one_clear_line(
    tmp_path: Path, kept: int
) -> None:
    spoilt(tmp_path / "index.sqlite", lambda data: data[:kept])


def test_a_file_of_vectors_with_one_wrong_bit_is_copied_anew_with_one_clear_line(
    tmp_path: Path,
) -> None:
    spoilt(tmp_path / "index.sqlite", lambda data: data[:300] + bytes([data[300] ^ 1]) + data[301:])


def spoilt(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Change the file of vectors under a search that has used it."""
    encoder = WordEncoder()
    with filled(path) as store:
        before = find(store, "ternary reward", encoder=encoder)
        file = vectors_beside(path)
        file.write_bytes(change(file.read_bytes()))
        assert find(store, "ternary reward", encoder=encoder) == before
        assert [problem.message for problem in store.problems] == [
            f"the vectors in {file.name} were damaged; they are copied anew"
        ]
        assert find(store, "ternary reward", encoder=encoder) == before


class Interrupted(WordEncoder):
    """A model that is stopped by Ctrl-C at its third batch."""

    def encode(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        if len(self.encoded) >= 2 * len(texts):
            raise KeyboardInterrupt
        return super().encode(texts, on_progress)


def test_what_was_encoded_before_an_interruption_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "ENCODE_AT_ONCE", 2)
    first, second = Interrupted(), WordEncoder()
    with filled(tmp_path / "index.sqlite") as store, pytest.raises(KeyboardInterrupt):
        store.encode(first)
    with Store(tmp_path / "index.sqlite") as store:
        store.encode(second)
    assert len(first.encoded) == 4
    assert not set(first.encoded) & set(second.encoded)
    assert second.encoded


def test_another_schema_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE note(old TEXT)")
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    with filled(path) as store:
        assert len(store.rows()) == 3


def test_a_place_that_cannot_hold_a_file_is_an_error_with_a_next_step(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(VaultError, match="writable"):
        Store(tmp_path / "file" / "index.sqlite")


def test_two_processes_may_sync_at_once(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    script = (
        "import sys; from pathlib import Path\n"
        "from graphkit.models import Note; from graphkit.search.store import Store\n"
        "from graphkit.vocabulary import Kind\n"
        "notes = [Note(f'{n}.md', str(n), Kind.NOTE, f'Note {n}') for n in range(40)]\n"
        "for turn in range(4):\n"
        "    with Store(Path(sys.argv[1])) as store:\n"
        "        store.sync(notes[turn:])\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", script, str(path)]) for _ in range(2)]
    assert [process.wait(timeout=60) for process in running] == [0, 0]
    with Store(path) as store:
        assert len(store.rows()) == 37
        assert not store.problems


def test_threads_may_share_a_store(tmp_path: Path) -> None:
    encoder = WordEncoder()
    with filled(tmp_path / "index.sqlite") as store, ThreadPoolExecutor(8) as pool:

        def visit(turn: int) -> list[str]:
            if turn % 4 == 0:
                store.sync(VAULT if turn % 8 else VAULT[:2])
            store.remember(f"turn {turn}", str(turn))
            return [hit.path for hit in find(store, "ternary reward", encoder=encoder)]

        found = list(pool.map(visit, range(24)))
        assert {paths[0] for paths in found} == {"rewards-shape-abstention.md"}
        assert all(store.remembered(f"turn {turn}") == str(turn) for turn in range(24))
        assert not store.problems


def test_a_text_is_encoded_once_however_many_threads_ask_for_it(tmp_path: Path) -> None:
    encoder = WordEncoder()
    with filled(tmp_path / "index.sqlite") as store, ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _: store.encode(encoder), range(8)))
    assert sum(counts) == len(encoder.encoded) == len(set(encoder.encoded))


def test_threads_that_meet_a_damaged_file_heal_it_once(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    filled(path).close()
    damage(path)
    with filled(path) as store, ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda _: find(store, "persona asking", mode="keyword"), range(8))
        assert {hits[0].path for hits in found} == {"guardrails-differ.md"}
        assert [problem.code for problem in store.problems] == ["index-rebuilt"]


def test_odd_notes_are_kept(tmp_path: Path) -> None:
    odd = (
        Note("a\ud800.md", "A\0", VAULT[0].kind, "\ud83d \0 title"),
        Note("empty.md", "E", VAULT[0].kind, ""),
    )
    with Store(tmp_path / "index.sqlite") as store:
        assert store.sync(odd).added == 2
        assert store.sync(odd) == Synced()
        assert store.encode(WordEncoder()) == 1


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("rewarding", "rewards-shape-abstention.md"),
        ("GUARDRAIL", "guardrails-differ.md"),
        ("abst*", "rewards-shape-abstention.md"),
        ('"who is asking"', "guardrails-differ.md"),
        ("知道", "校准.md"),
        ("校", "校准.md"),
        ("réwärd", "rewards-shape-abstention.md"),
    ],
)
def test_words_are_found_by_stem_prefix_phrase_and_pair(
    tmp_path: Path, query: str, path: str
) -> None:
    with filled(tmp_path / "index.sqlite") as store:
        rows = store.rows()
        scores = store.keyword(words.expression(query))
        assert rows[max(scores, key=lambda row: scores[row])].path == path
