"""The synthetic worlds: K (who has what), R (chains of sums), S (requests, harmful or not).

A world is a function of its seed. It gives documents to train on and tasks to answer, as NumPy
arrays over one vocabulary of words; it knows nothing of models.
"""
