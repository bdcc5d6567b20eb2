from dataclasses import replace
from pathlib import Path

import pytest

from graphkit.errors import RecordError
from graphkit.experiment import claims, record, registration

BUNDLED = Path(__file__).parents[2] / "notes" / "experiments"


def test_the_bundled_records_are_judged_by_the_rules_fixed_before_them() -> None:
    assert registration.changed(BUNDLED) == ()


def test_a_bound_moved_after_the_fact_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registration.write(tmp_path)
    assert registration.changed(tmp_path) == ()
    first, *others = claims.BUILT
    monkeypatch.setattr(claims, "BUILT", (replace(first, smallest=1.0), *others))
    assert registration.changed(tmp_path) == (first.name,)


def test_a_missing_registration_is_said(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no registration"):
        registration.changed(tmp_path)


def test_rules_that_cannot_be_fixed_are_said(tmp_path: Path) -> None:
    (tmp_path / "experiments").write_text("a file where the folder should be")
    with pytest.raises(RecordError, match=r"registration\.json could not be written"):
        registration.write(tmp_path / "experiments")


def test_the_bundled_records_are_of_the_present_protocol() -> None:
    records, problems = record.load(BUNDLED / "records")
    assert records
    assert not problems
    verdicts = {v.test: v for v in claims.verdicts(records)}
    assert not any(verdict.stale for verdict in verdicts.values())
    assert all(verdicts[test.name].effect is not None for test in claims.BUILT)
