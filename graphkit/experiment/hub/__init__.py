"""Beyond the tiny model: the same rewards and measures on any causal language model.

Read in this order: `questions` (files to questions), `reading` (what an answer in prose amounts
to), `measure` (a model's answers and their rates), `tuning` (GRPO under one of our rewards),
`record` (what is kept). Needs the extra `llm`; a graphics processor is used where there is one.
"""
