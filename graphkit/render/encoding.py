"""The bytes of a note as text and back again, without the loss of one."""

from __future__ import annotations

import codecs
from typing import Final, NamedTuple

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Encoding(NamedTuple):
    """A byte order mark, which may be empty, and the encoding of what follows it."""

    mark: bytes
    name: str

    def text(self, data: bytes, errors: str = "strict") -> str:
        """The text of a note that is written so.

        Raises:
            UnicodeDecodeError: with `errors="strict"`, some bytes are not in this encoding.
        """
        return data.removeprefix(self.mark).decode(self.name, errors)

    def data(self, text: str) -> bytes:
        """The bytes of a text written so."""
        return self.mark + text.encode(self.name)


def encoding(data: bytes) -> Encoding:
    """What a note is written in: as its byte order mark says, else UTF-8."""
    return next((Encoding(*each) for each in _MARKS if data.startswith(each[0])), UTF8)


UTF8: Final = Encoding(b"", "utf-8")
