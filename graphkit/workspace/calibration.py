"""The calibration of a vault, made when it is due, and what it is worth."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from graphkit.measured import CalibrationReport
from graphkit.search import abstain, reliability
from graphkit.workspace import lookup

if TYPE_CHECKING:
    from graphkit.workspace import Workspace


def report(workspace: Workspace, *, force: bool = False) -> CalibrationReport:
    """The vault's calibration, made anew when the vault has changed enough or when forced to."""
    encoder = workspace.encoder
    links = partial(lookup.linked, workspace.graph)
    changed = abstain.changed(workspace.store, encoder, links)
    fresh = force or changed is None or changed > abstain.CHANGED
    report_ = partial(workspace.progress, lookup.CALIBRATING)
    calibration = abstain.calibrate(
        workspace.store, encoder, links, force=force, on_progress=report_
    )
    made = workspace.store.remembered(abstain.made_key(encoder)) or ""
    return reliability.report(calibration, made=made, fresh=fresh, changed=changed or 0.0)
