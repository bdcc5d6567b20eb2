"""Claim tests without arms, because they need more than a small model: why, and how one would."""

from __future__ import annotations

from typing import Final

from graphkit.experiment.rule import ClaimTest

NOT_TESTABLE: Final = (
    ClaimTest(
        "persona-refusals",
        "What a user says of themselves changes what an assistant refuses",
        cited="refusal rate of GPT-3.5 by biography",
        not_testable="it needs an assistant tuned on people's words; a word-level world has no "
        "personas",
        protocol="Give an instruction-tuned model the same requests after biographies that "
        "differ in one trait, several wordings a trait. Label refusals by two raters or a "
        "validated classifier. Effect: difference of refusal rates by trait, paired by "
        "request; bootstrap over requests and wordings. Control: biographies shuffled among "
        "requests.",
    ),
    ClaimTest(
        "villain-roleplay",
        "Safety-tuned models play morally worse characters less faithfully",
        cited="judged fidelity 3.21 for the best characters, 2.62 for the worst, 17 models",
        not_testable="it needs open-ended role-play and a judge of character; a world of "
        "templates has neither",
        protocol="Let base, instruction-tuned and safety-tuned stages of one model write "
        "scenes for characters of four moral levels. Two blind raters score fidelity against "
        "the character sheet. Effect: slope of fidelity over moral level, safety-tuned minus "
        "instruction-tuned, paired by character.",
    ),
    ClaimTest(
        "grounding-acts",
        "Preference tuning makes assistants check their understanding less",
        cited="77.5 % fewer grounding acts than humans; the tuning effect is separate and smaller",
        not_testable="it needs dialogues with people and preference data; no reward here "
        "stands for it",
        protocol="Let the supervised and the preference-tuned checkpoint of one model continue "
        "the same human dialogues. Label clarifying, acknowledging and follow-up acts with a "
        "classifier checked on human labels. Effect: rate of acts, preference-tuned minus "
        "supervised, paired by dialogue; the human rate as a reference line, not as the "
        "control.",
    ),
    ClaimTest(
        "political-refusal",
        "Refusing political topics can come from missing representation, not from a refusal reflex",
        cited="7.3 times more features in the steerable model",
        not_testable="it needs the inner features of large models trained on different "
        "corpora; a world written here could only return what was put in",
        protocol="Train sparse autoencoders at the same layers of two hub models of one size, "
        "one of which declines the topics. Count features that respond to the topics on "
        "held-out text, then steer along them and measure answers. Effect: answers gained by "
        "steering, against random directions of the same norm.",
    ),
    ClaimTest(
        "recipe-scores",
        "A 3B model reaches frontier scores on verifiable tasks by its training recipe",
        cited="94.3 on AIME26, 80.2 on LiveCodeBench (Pass@1)",
        not_testable="the claim is about the scores of one 3B recipe on named benchmarks; it "
        "needs its data and GPU weeks",
        protocol="Take the released weights, or train by the released recipe with each stage "
        "left out in turn. Score Pass@1 over 16 samples on tasks published after the data "
        "cut-off, with contamination checks. Effect: score minus that of the same base under "
        "plain tuning.",
    ),
)
