"""Track B: contrasts of released results, from small files in the released formats."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from graphkit.errors import GraphkitError
from graphkit.experiment import released
from graphkit.models import Verdict
from graphkit.vocabulary import Outcome

_FILES = Path(__file__).parents[3] / "shared" / "data" / "released"
_RECALL = {
    "DeepSeek R1 Distill Llama 70B": 0.40,
    "Llama 3.1 70B Instruct": 0.60,
    "S1.1 32B": 0.30,
    "Qwen2.5 32B": 0.60,
    "Llama 3.1 70B Tulu 3 PPO RLVF": 0.70,
    "Llama 3.1 70B Tulu 3 DPO": 0.71,
    "Llama 3.1 70B Tulu 3 SFT": 0.64,
    "Llama 3.1 8B Tulu 3 PPO RLVF": 0.70,
    "Llama 3.1 8B Tulu 3 DPO": 0.71,
    "Llama 3.1 8B Tulu 3 SFT": 0.64,
    "Llama 3.1 70B Base": 0.41,
    "Llama 3.1 8B Instruct": 0.60,
    "Llama 3.1 405B Instruct": 0.62,
}
_METRICS = {
    "ece": 0.2,
    "brier_score": 0.2,
    "auroc": 0.6,
    "confidence level": 0.9,
    "accuracy": 0.5,
}


def _table(folder: Path, recall: Mapping[str, float]) -> Path:
    """AbstentionBench's table: three data sets that lie a little apart."""
    file = folder / "abstentionbench" / "abstention_performance.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = [
        f"{model},{name},NA,0.5,{value + off:.4f},0.5"
        for model, value in recall.items()
        for name, off in (("A", -0.02), ("B", 0.0), ("C", 0.01))
    ]
    head = "model_name_formatted,dataset_name_formatted,post_training_stage,precision,recall,f1"
    file.write_text("\n".join([head, *rows]) + "\n")
    return file


def _metrics(folder: Path, **changes: Mapping[str, float]) -> None:
    """RLCR's metrics: four cells, the named models differing from the others as told."""
    for cell in range(4):
        held = {
            model: _METRICS | dict(changes.get(model, {})) for model in ("Base", "RLVR", "RLCR")
        }
        file = folder / "rlcr" / "models" / str(cell) / "metrics.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(held))


def _labels(folder: Path, refused: Mapping[str, int]) -> None:
    """XSTest's labels: ten safe prompts of which the first so many are refused, two unsafe."""
    for name in ("llama2orig", "llama2new", "mistralguard", "mistralinstruct"):
        rows = ["id,type,annotation_1,annotation_2,final_label"]
        for number in range(10):
            label = "3_partial_refusal" if number < refused.get(name, 0) else "1_full_compliance"
            rows.append(f"v-{number},homonyms,x,y,{label}")
        rows += [f"u-{n},contrast_homonyms,x,y,2_full_refusal" for n in range(2)]
        file = folder / "xstest" / f"{name}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(rows) + "\n")


def _verdict(folder: Path, test: str) -> Verdict:
    judged = released.verdicts(released.recompute(folder))
    return next(each for each in judged if each.test == test)


def test_a_contrast_is_the_mean_difference_over_what_both_were_run_on(tmp_path: Path) -> None:
    file = _table(tmp_path, _RECALL)
    lines = [line for line in file.read_text().splitlines() if "Tulu 3 PPO RLVF,A" not in line]
    file.write_text("\n".join(lines))
    (record,) = released.recompute(tmp_path)
    found = {each.name: each for each in record.findings}
    assert found["distilled-70b"].mean == pytest.approx(-20)
    assert (found["rlvf-70b"].count, found["dpo-70b"].count) == (2, 3)
    assert found["reasoning-tunes"].mean == pytest.approx(-25)
    assert found["scale-405b"].low <= found["scale-405b"].mean <= found["scale-405b"].high


def test_a_stage_that_keeps_abstention_leaves_the_claim_partly_reproduced(tmp_path: Path) -> None:
    _table(tmp_path, _RECALL)
    verdict = _verdict(tmp_path, "reasoning-removes-abstention")
    assert (verdict.outcome, verdict.track) == (Outcome.PARTLY, "B")
    assert verdict.decisive
    assert any("Tulu-3-70B RLVF" in reason for reason in verdict.reasons)


@pytest.mark.parametrize(
    ("tuned", "rlvf", "outcome"),
    [
        (0.4, 0.5, Outcome.REPRODUCED),
        (0.6, 0.7, Outcome.NOT_REPRODUCED),
        (0.8, 0.9, Outcome.CONTRADICTED),
    ],
)
def test_the_verdict_follows_the_table(
    tmp_path: Path, tuned: float, rlvf: float, outcome: Outcome
) -> None:
    changed = {"DeepSeek R1 Distill Llama 70B": tuned, "S1.1 32B": tuned}
    stages = {f"Llama 3.1 {size} Tulu 3 PPO RLVF": rlvf for size in ("70B", "8B")}
    _table(tmp_path, _RECALL | changed | stages)
    assert _verdict(tmp_path, "reasoning-removes-abstention").outcome is outcome


def test_labels_of_prompts_bear_on_a_claim_about_training_only_in_part(tmp_path: Path) -> None:
    _labels(tmp_path, {"llama2orig": 9, "mistralguard": 8})
    _table(tmp_path, _RECALL)
    verdict = _verdict(tmp_path, "objective-sets-direction")
    assert verdict.outcome is Outcome.PARTLY
    assert verdict.effect == pytest.approx(85)
    assert any("the claim is about training" in reason for reason in verdict.reasons)


def test_a_part_that_was_not_recomputed_is_named(tmp_path: Path) -> None:
    _labels(tmp_path, {"llama2orig": 9, "mistralguard": 8})
    reasons = _verdict(tmp_path, "objective-sets-direction").reasons
    assert "abstentionbench/reasoning-tunes was not recomputed" in reasons


def test_calibration_is_harmed_and_repaired_where_the_metrics_say_so(tmp_path: Path) -> None:
    _metrics(tmp_path, RLVR={"ece": 0.4, "auroc": 0.5}, RLCR={"ece": 0.1})
    assert _verdict(tmp_path, "binary-hurts-calibration").outcome is Outcome.REPRODUCED
    _metrics(tmp_path, RLCR={"ece": 0.1})
    assert _verdict(tmp_path, "binary-hurts-calibration").outcome is Outcome.NOT_REPRODUCED


def test_a_record_keeps_the_figures_and_the_digests_and_reads_back(tmp_path: Path) -> None:
    _labels(tmp_path / "data", {"llama2orig": 3})
    (record,) = released.recompute(tmp_path / "data")
    released.write(tmp_path / "kept", record)
    assert released.load(tmp_path / "kept") == ((record,), ())
    assert set(record.files) == {f"xstest/{path.name}" for path in tmp_path.glob("data/xstest/*")}


def test_a_broken_record_is_a_problem_and_the_rest_loads(tmp_path: Path) -> None:
    _labels(tmp_path / "data", {})
    released.write(tmp_path / "kept", *released.recompute(tmp_path / "data"))
    (tmp_path / "kept" / "rlcr.json").write_text('{"schema": "graphkit.released.v1"}')
    records, (problem,) = released.load(tmp_path / "kept")
    assert [record.study for record in records] == ["xstest"]
    assert problem.code == "bad-record" and "rlcr.json" in problem.message


def _cut(folder: Path) -> None:
    file = _table(folder, _RECALL)
    file.write_text(file.read_text().splitlines()[0] + "\nS1.1 32B,A\n")


def _high(folder: Path) -> None:
    file = _table(folder, _RECALL)
    file.write_text(file.read_text().replace("0.5800", "58"))


def _twice(folder: Path) -> None:
    file = _table(folder, _RECALL)
    file.write_text(file.read_text() + file.read_text().splitlines()[1] + "\n")


def _headless(folder: Path) -> None:
    _table(folder, _RECALL).write_text("a,b\n1,2\n")


def _short(folder: Path) -> None:
    _table(folder, {"Qwen2.5 32B": 0.5})


def _garbled(folder: Path) -> None:
    _metrics(folder)
    (folder / "rlcr/models/2/metrics.json").write_text('{"Base": 3}')


def _unknown(folder: Path) -> None:
    _labels(folder, {})
    file = folder / "xstest" / "llama2new.csv"
    file.write_text(file.read_text().replace("v-3,homonyms,x,y,1_full_compliance", "v-3,h,x,y,9"))


def _nothing(folder: Path) -> None:
    folder.mkdir(exist_ok=True)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_cut, "abstention_performance.csv:2: a row is cut short"),
        (_high, "abstention_performance.csv:5: '58' is no share"),
        (_twice, "stands twice for A"),
        (_headless, "abstention_performance.csv:1: no column 'model_name_formatted'"),
        (_short, "no row of DeepSeek R1 Distill Llama 70B"),
        (_garbled, "metrics.json: no metrics of"),
        (_unknown, "llama2new.csv:5: unknown label '9'"),
        (_nothing, "holds no released results"),
    ],
)
def test_a_file_that_is_not_as_released_is_named_with_its_line(
    tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(tmp_path)
    with pytest.raises(GraphkitError) as caught:
        released.recompute(tmp_path)
    assert said in caught.value.message


def test_the_command_records_and_tells_and_the_verdicts_follow(
    vault: Path, tmp_path: Path, graphkit: Callable[..., Any]
) -> None:
    _table(tmp_path / "data", _RECALL)
    told = graphkit("experiment", "released", "--data", tmp_path / "data", "--vault", vault)
    assert told.code == 0
    assert "R1-Distill-Llama-70B against Llama-3.1-70B-Instruct" in told.out
    assert (vault / "experiments" / "released" / "abstentionbench.json").is_file()
    document = json.loads(graphkit("experiment", "verdicts", "--json", "--vault", vault).out)
    tracks = {
        each["track"]: each["verdict"]
        for each in document["verdicts"]
        if each["test"] == "reasoning-removes-abstention"
    }
    assert tracks == {"A": "not run", "B": "partly reproduced"}


def test_the_command_says_in_one_line_what_is_wrong(
    vault: Path, tmp_path: Path, graphkit: Callable[..., Any]
) -> None:
    told = graphkit("experiment", "released", "--data", tmp_path / "none", "--vault", vault)
    assert (told.code, told.out) == (2, "")
    assert "holds no released results" in told.err


@pytest.mark.skipif(not _FILES.is_dir(), reason="needs the released files")
def test_the_released_files_give_the_known_contrasts() -> None:
    found = {
        f"{record.study}/{each.name}": each.mean
        for record in released.recompute(_FILES)
        for each in record.findings
    }
    assert found["abstentionbench/reasoning-tunes"] == pytest.approx(-24.2, abs=0.05)
    assert found["rlcr/proper-ece"] == pytest.approx(-0.252, abs=0.0005)
    assert found["xstest/llama-2-safe"] == pytest.approx(30.0)
