"""Many people in files: a table in, conclusions out, in batches, by several processes or a cluster, and resumable.

The reasoning is that of `engine.cohort`; this room owns files, batches, workers and what makes a result reproducible.
"""
