"""Questions in, hits out: passages, keywords, vectors, their fusion, and knowing when to decline.

Importing this loads neither numpy nor a model; keyword search never does.
"""

from __future__ import annotations

from graphkit.search import encoder, store
from graphkit.search.passage import Passage, passages
from graphkit.search.rank import find, related

__all__ = ["Passage", "encoder", "find", "passages", "related", "store"]
