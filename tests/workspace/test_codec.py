from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graphkit.models import ParsedNote, Verdict
from graphkit.workspace import codec


@given(st.from_type(ParsedNote))
def test_a_parsed_note_is_read_as_it_was_written(parsed: ParsedNote) -> None:
    assert repr(codec.load(ParsedNote, codec.dump(parsed))) == repr(parsed)  # NaN is not itself


@given(st.from_type(Verdict))
def test_a_verdict_is_read_as_it_was_written(verdict: Verdict) -> None:
    assert repr(codec.load(Verdict, codec.dump(verdict))) == repr(verdict)
