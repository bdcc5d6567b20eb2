"""One spelling for each work, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.parse import identifiers

SPELLINGS = {
    "arXiv:2509.25760": (
        "arXiv:2509.25760", "arxiv:2509.25760v2", "ARXIV: 2509.25760", "arXiv 2509.25760",
        "2509.25760", "2509.25760v1", "https://arxiv.org/abs/2509.25760v3",
        "http://www.arxiv.org/pdf/2509.25760.pdf", "arxiv.org/abs/2509.25760?x=1",
        "https://doi.org/10.48550/arXiv.2509.25760", "doi:10.48550/arxiv.2509.25760",
        " arXiv:2509.25760 ",
    ),
    "arXiv:hep-th/9901001": ("arXiv:hep-th/9901001v1", "https://arxiv.org/abs/hep-th/9901001"),
    "doi:10.1000/x.y(1)": (
        "10.1000/x.y(1)", "doi:10.1000/X.Y(1)", "https://doi.org/10.1000/x.y(1)",
        "http://dx.doi.org/10.1000/x.y%281%29", "DOI: 10.1000/x.y(1)",
    ),
    "@smith2020": ("@smith2020",),
    "https://example.org/A?b=c": ("https://example.org/A?b=c", "HTTPS://Example.ORG/A?b=c#part"),
    "https://example.org": ("https://example.org", "https://example.org/"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("spelling", "name"), [(each, name) for name, all_ in SPELLINGS.items() for each in all_]
)
def test_spellings_of_one_work(spelling: str, name: str) -> None:
    assert identifiers.normalise(spelling) == name


@pytest.mark.parametrize(
    "text",
    ["", "x", "2509", "10.1000", "smith2020", "@", "ftp://example.org", "https://", "https://[x"],
)
def test_what_names_no_work(text: str) -> None:
    assert identifiers.normalise(text) is None


@given(
    st.sampled_from([each for all_ in SPELLINGS.values() for each in all_]) | st.text(max_size=30)
)
def test_a_normal_name_is_its_own_normal_form(text: str) -> None:
    name = identifiers.normalise(text)
    assert name is None or identifiers.normalise(name) == name
