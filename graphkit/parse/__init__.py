"""Text in, `ParsedNote` out. This room opens no file.

`note` reads one note, `decode` its bytes, `blocks.find` its managed summary, and
`identifiers.normalise` names works in one spelling.
"""

from __future__ import annotations

from graphkit.parse import blocks, identifiers
from graphkit.parse.assemble import note
from graphkit.parse.encoding import decode

__all__ = ["blocks", "decode", "identifiers", "note"]
