"""JSON and summaries bring no screen library along."""

from __future__ import annotations

import subprocess
import sys


def test_documents_and_summaries_load_no_rich() -> None:
    code = (
        "import sys; from graphkit import render; "
        "render.documents.hits([]); render.summary.causes([], []); render.block.MISSING; "
        "sys.exit('rich' in sys.modules or 'markdown_it' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
