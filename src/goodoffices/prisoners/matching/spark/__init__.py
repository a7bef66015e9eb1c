"""Matching on Spark, for lists whose pairs outgrow one machine.

Splink (its Spark backend) finds the pairs, by an array of hashes that each row brings; compares them, by a function of
ours that runs in Spark's Python workers and gives the very levels of ``comparisons``; and weighs them, by the model
that ``weights`` has learned from how many pairs have which levels. Reading the lists before, and rarity, pairing and
decisions after, are the same code as on one machine, and so are the results. ``docs/design/lists.md`` says what the
cluster gets to see (no name), and what Spark puts on its disks (nothing in the clear).

Nothing here is imported before ``--engine spark`` is asked for: pyspark, splink and pyarrow come with the extra
``goodoffices[spark]``. The workers of a cluster need this package, numpy and pyarrow in their Python.
"""
