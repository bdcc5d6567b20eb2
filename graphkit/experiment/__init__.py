"""The bundled experiment: a tiny transformer, post-trained under different rewards.

Read it in this order: `world`, `model`, `train` and `reinforce`, `rewards`, `evaluate`, `record`,
`statistics`, `rule`, `claims`, `report`; `protocol` is the table of what is run and `run` runs it.
Importing this package loads no torch: verdicts need only records.
"""
