"""A run end to end at the size of `smoke`, and what happens when it is cut short or too slow."""

import errno
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from made_records import made, outcomes

from graphkit import experiment
from graphkit.errors import RecordError, VaultError
from graphkit.experiment import claims, record, registration, runner, train
from graphkit.experiment.job import Job, perform
from graphkit.experiment.protocol import PROFILES
from graphkit.experiment.runner import Progress, guard, missing, ready
from graphkit.experiment.trials import ARMS, BUILT, TUNED
from graphkit.vocabulary import Outcome

CLARIFY = ("clarification-reward",)


def jobs(*arms: str, seeds: tuple[int, ...] = (1, 2, 3)) -> list[Job]:
    place = Path("nowhere")
    return [Job("quick", arm, seed, place, place) for seed in seeds for arm in arms]


def interrupted(progress: Progress) -> None:
    if progress.done == 3:
        raise KeyboardInterrupt


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    folder, cache = tmp_path / "records", tmp_path / "cache"
    with pytest.raises(KeyboardInterrupt):
        experiment.run("smoke", folder, CLARIFY, jobs=1, cache=cache, on_progress=interrupted)
    early, problems = record.load(folder)
    assert len(early) == 3
    assert not problems

    seen: list[Progress] = []
    rest = experiment.run("smoke", folder, CLARIFY, jobs=1, cache=cache, on_progress=seen.append)
    assert set(rest.kept) == {r.name for r in early}
    assert not rest.failed
    assert [p.done for p in seen] == list(range(1, len(rest.written) + 1))
    assert seen[-1].seconds_left == 0
    records, problems = record.load(folder)
    assert not problems
    assert {r.name for r in records} == {*rest.kept, *rest.written}


@pytest.mark.skipif(sys.platform != "linux", reason="children are read from /proc")
def test_a_killed_run_leaves_no_workers_at_its_queue(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    told = f"""if True:
        from pathlib import Path
        from graphkit import experiment
        place = Path({str(tmp_path)!r})
        done = lambda progress: print(progress.done, flush=True)
        experiment.run("smoke", place / "records", cache=place / "cache", on_progress=done)
    """
    with subprocess.Popen([sys.executable, "-c", told], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        process.kill()
    begun = len(list(folder.glob("*.json")))
    for child in children:
        while _runs(child):
            time.sleep(0.05)
    assert len(list(folder.glob("*.json"))) <= begun + len(children)


def _runs(process: str) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def test_a_run_under_other_rules_than_those_fixed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registration.write(tmp_path)
    moved = [replace(t, smallest=1.0) if t.name in CLARIFY else t for t in BUILT]
    monkeypatch.setattr(registration, "BUILT", tuple(moved))
    with pytest.raises(RecordError, match=r"not the rules that were fixed.*clarification") as found:
        experiment.run("smoke", tmp_path / "records", CLARIFY, cache=tmp_path / "cache")
    assert "move that file away" in found.value.hint
    assert not (tmp_path / "records").exists()


def test_every_arm_runs_and_three_steps_teach_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PROFILES, "smoke", replace(PROFILES["smoke"], seeds=(1,)))
    folder = tmp_path / "records"
    done = experiment.run("smoke", folder, jobs=1, cache=tmp_path / "cache")
    ran = {name.removeprefix("smoke-").removesuffix("-seed1.json") for name in done.written}
    assert {*ARMS} - ran <= {arm.name for arm in TUNED}  # settings of arms that did run
    assert not done.failed
    assert all(path.stat().st_size < 60_000 for path in folder.iterdir())
    assert registration.problems(tmp_path) == ()  # fixed before the first record
    verdicts = {v.test: v for v in claims.verdicts(record.load(folder)[0])}
    for test in BUILT:
        assert verdicts[test.name].outcome is Outcome.INCONCLUSIVE
        assert verdicts[test.name].reasons[0].startswith("gate failed: ")
        assert not verdicts[test.name].stale


def test_a_job_run_again_gives_the_same_numbers(tmp_path: Path) -> None:
    job = Job("smoke", "k-base", 1, tmp_path / "records", tmp_path / "cache")
    first, second = perform(job), perform(job)
    assert first.metrics == second.metrics
    assert first.items == second.items
    assert first.curves == second.curves


def test_a_loss_that_is_no_number_leaves_a_record_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "loss_on", lambda model, _: model.head.weight.sum() * float("nan"))
    done = experiment.run("smoke", tmp_path, CLARIFY, jobs=1, cache=tmp_path / "cache")
    assert "smoke-r-base-seed1.json: the loss is nan" in done.failed[0]
    assert "r-sft of seed 1 is not run: r-base failed: the loss is nan" in done.dropped
    records, _ = record.load(tmp_path)
    verdict = next(v for v in claims.verdicts(records) if v.test == CLARIFY[0])
    assert verdict.outcome is not Outcome.REPRODUCED


@pytest.mark.parametrize(("profile", "tests"), [("huge", ()), ("smoke", ("persona-refusals",))])
def test_an_unknown_profile_or_test_is_refused_with_what_there_is(
    tmp_path: Path, profile: str, tests: tuple[str, ...]
) -> None:
    with pytest.raises(RecordError) as caught:
        experiment.run(profile, tmp_path, tests)
    assert caught.value.hint.startswith("there are ")


def test_a_device_that_is_not_here_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no device 'no_such_device' here") as caught:
        experiment.run("smoke", tmp_path / "records", CLARIFY, device="no_such_device")
    assert caught.value.hint == "there is always cpu"
    assert [*tmp_path.iterdir()] == []


def test_the_device_is_in_the_record(tmp_path: Path) -> None:
    job = Job("smoke", "n-base", 1, tmp_path / "records", tmp_path / "cache", device="cpu:0")
    assert perform(job).versions["device"] == "cpu:0"


def test_a_full_disk_stops_the_run_and_keeps_what_was_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, cache = tmp_path / "records", tmp_path / "cache"
    wanted = ("domain-complexity",)
    experiment.run("smoke", folder, wanted, jobs=1, cache=cache)
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}

    def full(*_: object) -> None:
        raise VaultError("the disk is full") from OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(record, "write_atomically", full)
    with pytest.raises(RecordError, match="could not be written: No space left"):
        experiment.run("smoke", folder, CLARIFY, jobs=1, cache=cache)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == kept


def test_a_start_without_weights_is_trained_again_only_if_something_needs_it() -> None:
    wanted = jobs("r-base", "r-sft", "r-correct", seeds=(1,))
    names = [j.name for j in wanted]
    held = {name: made("r-base", 1, outcomes(1, 1)) for name in names}
    assert missing(wanted, held) == []
    assert missing(wanted, {n: held[n] for n in names[:2]}) == wanted
    assert missing(wanted, {names[2]: held[names[2]]}) == wanted[:2]


def test_jobs_wait_for_what_they_start_from() -> None:
    pending = jobs("r-base", "r-sft", "r-correct", "k-base", "k-binary", seeds=(1, 2))
    first = ready(pending)
    assert {j.arm for j in first} == {"r-base", "k-base"}
    assert first[0].arm == "r-base"  # the longest first
    later = ready([j for j in pending if j not in first])
    assert {j.arm for j in later} == {"r-sft", "k-binary"}


def test_nothing_is_trained_again_for_arms_that_a_gate_shuts_out(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    for seed in PROFILES["quick"].seeds:
        record.write(folder, made("r-base", seed, outcomes(50, 25)))
        start = made("r-sft", seed, outcomes(50, 25))
        spoilt = start.model_copy(update={"metrics": start.metrics | {"false refusals": 0.9}})
        record.write(folder, spoilt)
    done = experiment.run("quick", folder, CLARIFY, jobs=1, cache=tmp_path / "no weights here")
    assert done.written == ()
    assert len(done.kept) == 6
    assert any("false refusals 0.900 is above 0.2" in reason for reason in done.dropped)


def test_what_looked_late_once_is_run_where_time_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[int] = []

    def wavering(pending: Sequence[Job], *_: float) -> dict[Job, str]:
        rounds.append(len(pending))
        return dict.fromkeys(pending[-1:], "too late") if len(rounds) == 2 else {}

    monkeypatch.setattr(runner, "guard", wavering)
    done = experiment.run("smoke", tmp_path / "records", CLARIFY, jobs=1, cache=tmp_path / "cache")
    assert len(rounds) > 2
    assert len(done.written) == rounds[0]
    assert not done.dropped


def test_the_guard_drops_seeds_then_arms_and_says_so() -> None:
    pending = jobs("k-base", "k-binary", "k-ternary")
    assert guard(pending, 0, 1e6, 1.0, 2) == {}
    assert guard(pending, 1e9, 0, 1.0, 2) == {}  # no limit

    all_of_it = ARMS["k-base"].cpu_seconds + 2 * ARMS["k-binary"].cpu_seconds
    dropped = guard(pending, 0, 2.5 * all_of_it, 1.0, 1)
    assert {j.seed for j in dropped} == {3}
    assert set(dropped.values()) == {
        f"seed 3 is left out: {2.5 * all_of_it:.0f} s would not be enough"
    }

    tight = guard(pending, 0, 1.9 * all_of_it, 1.0, 1)
    assert {(j.seed, j.arm) for j in tight if j.seed != 3} == {(1, "k-ternary"), (2, "k-ternary")}
