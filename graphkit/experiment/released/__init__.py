"""Track B: what released results of real models say of the claims, computed again from their files.

Read in this order: `contrast` (the nouns), one file a study (`abstentionbench`, `rlcr`, `xstest`),
`recompute` (files to contrasts), `record` (contrasts on disk, not the files), `judge` (the rule).
The released files are the reader's own; a record keeps the contrasts, the digests of the files and
whom to cite.
"""

from graphkit.experiment.released.judge import verdicts
from graphkit.experiment.released.recompute import recompute
from graphkit.experiment.released.record import StudyRecord, load, write

__all__ = ["StudyRecord", "load", "recompute", "verdicts", "write"]
