import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest
from made_records import made, outcomes

from graphkit.errors import RecordError
from graphkit.experiment import digest, record


def test_a_record_comes_back_as_it_was_written(tmp_path: Path) -> None:
    written = made("k-binary", 4, outcomes(60, 40), curves={"reward": [0.1, 0.5]})
    path = record.write(tmp_path / "records", written)
    assert path.name == "quick-k-binary-seed4.json"
    assert record.load(path.parent) == ((written,), ())
    assert json.loads(path.read_text())["schema"] == "graphkit.run.v1"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda text: text[: len(text) // 2], "is not whole JSON"),
        (lambda text: text.replace("graphkit.run.v1", "graphkit.run.v9"), "of schema"),
        (lambda text: text.replace('"seed":1', '"seed":"one"'), "not a whole record: seed"),
        (lambda text: text.replace('"seed":1', '"seed":7'), "holds the record"),
        (lambda text: text.replace('"arm":"k-base"', '"arm":"k-gone"'), "another version: arm"),
        (lambda _: "", "is not whole JSON"),
    ],
)
def test_a_spoilt_record_is_a_problem_and_the_rest_loads(
    tmp_path: Path, spoil: object, complaint: str
) -> None:
    assert callable(spoil)
    good = made("k-base", 2, outcomes(60, 40))
    record.write(tmp_path, good)
    path = record.write(tmp_path, made("k-base", 1, outcomes(60, 40)))
    path.write_text(spoil(path.read_text()))
    records, problems = record.load(tmp_path)
    assert records == (good,)
    assert [problem.code for problem in problems] == ["bad-record"]
    assert complaint in problems[0].message
    assert problems[0].span.path.endswith("quick-k-base-seed1.json")


def test_a_missing_folder_and_a_folder_named_like_a_record_hold_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.json").mkdir()
    assert record.load(tmp_path) == ((), ())
    assert record.load(tmp_path / "nowhere") == ((), ())


def test_a_link_to_nothing_is_a_problem_and_the_rest_loads(tmp_path: Path) -> None:
    good = made("k-base", 2, outcomes(60, 40))
    record.write(tmp_path, good)
    (tmp_path / "quick-k-base-seed1.json").symlink_to(tmp_path / "gone.json")
    records, [problem] = record.load(tmp_path)
    assert records == (good,)
    assert "cannot read the record quick-k-base-seed1.json" in problem.message


def test_a_record_that_cannot_be_replaced_is_intact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = record.write(tmp_path, made("k-base", 1, outcomes(60, 40)))
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(RecordError, match="could not be written: No space left") as caught:
        record.write(tmp_path, made("k-base", 1, outcomes(10, 40)))
    assert "what was recorded before is intact" in caught.value.hint
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_what_cannot_be_written_is_said_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "records").write_text("a file where the folder should be")
    with pytest.raises(RecordError, match=r"quick-k-base-seed1\.json could not be written"):
        record.write(tmp_path / "records", made("k-base", 1, outcomes(60, 40)))


def test_a_number_that_is_none_cannot_enter_a_record() -> None:
    with pytest.raises(ValueError, match="finite"):
        made("k-base", 1, outcomes(60, 40), metrics={"loss": float("nan")})


def test_prose_and_layout_do_not_change_a_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digest, "ROOM", tmp_path)
    versions = {
        "plain": "def f(x):\n    return x + 1\n",
        "prose": '"""Words."""\n\ndef f(x: int) -> int:\n    """Add."""\n    # 1\n    return x+1\n',
        "changed": "def f(x):\n    return x + 2\n",
    }
    for name, text in versions.items():
        (tmp_path / f"{name}.py").write_text(text)
    plain, prose, changed = map(digest.module, versions)
    assert plain == prose
    assert plain != changed


def test_a_digest_of_definitions_follows_what_they_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digest, "ROOM", tmp_path)
    text = "STEP = 1\ndef f(x):\n    return x + STEP\ndef g(x):\n    return x\n"
    (tmp_path / "one.py").write_text(text)
    (tmp_path / "two.py").write_text(text.replace("return x\n", "return -x\n"))
    (tmp_path / "three.py").write_text(text.replace("STEP = 1", "STEP = 2"))
    one, two, three = (digest.definitions(name, ["f"]) for name in ("one", "two", "three"))
    assert one == two
    assert one != three


def test_verdicts_need_no_torch() -> None:
    program = (
        "import sys; import graphkit.experiment; from graphkit.experiment import claims, record; "
        "claims.verdicts(()); sys.exit('torch' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
