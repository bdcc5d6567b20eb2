"""`graphkit ask`: what the notes answer, on what evidence, or that they do not."""

from typing import Annotated

import typer

from graphkit.commands.options import (
    BatchOption,
    ExplainOption,
    JsonOption,
    VaultOption,
    complete,
    opened,
)
from graphkit.commands.terminal import answer_batch, leave, say, say_limits, show, show_json
from graphkit.vocabulary import AnswerState

app = typer.Typer()

RiskOption = Annotated[
    float,
    typer.Option(
        "--risk",
        min=0.001,
        max=0.49,
        help="At most this share of all questions, half of them without an answer in the notes, "
        "gets one all the same. Promised for questions like those that the notes raise; few notes "
        "keep a small share by declining more.",
    ),
]


SaveOption = Annotated[
    str | None,
    typer.Option(
        "--save",
        metavar="NAME",
        help="Also append the question to the vault's queries.jsonl, for `graphkit bench queries`: "
        "with the claim that should come first, or `none`.",
        autocompletion=complete,
    ),
]
NONE = "none"


@app.command()
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="What to ask.")] = "",
    risk: RiskOption = 0.1,
    explain: ExplainOption = False,
    save: SaveOption = None,
    json: JsonOption = False,
    queries: BatchOption = None,
    vault: VaultOption = None,
) -> None:
    """Answer from the notes, or say that they hold no answer."""
    from graphkit import render

    if question.strip() and queries:
        raise typer.BadParameter("give QUESTION or --batch FILE.jsonl, not both")
    if not question.strip() and not queries:
        raise typer.BadParameter("give a QUESTION in quotes, or --batch FILE.jsonl")
    workspace = opened(vault)
    if queries:
        answer_batch(queries, lambda each: render.documents.answer(workspace.ask(each, risk)))
        return
    answer = workspace.ask(question, risk)
    say_limits(workspace, question)
    if json:
        show_json(render.documents.answer(answer))
    else:
        show(render.answer(answer, workspace.vault.vocabulary, explain=explain))
    if save is not None:
        from graphkit.workspace import saved_questions

        file = saved_questions.save(workspace, question, "" if save == NONE else save)
        say(f"saved in {file}; try all of them: graphkit bench queries")
    declined = answer.state is AnswerState.NOT_IN_THESE_NOTES
    if declined and (level := answer.level) and level > risk:
        say(f"declined at --risk {risk:g}; --risk {level:g} would answer")
    leave(found=not declined)
