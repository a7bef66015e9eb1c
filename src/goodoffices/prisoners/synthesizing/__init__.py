"""Synthetic lists with the truth beside them: for trying, measuring and exercising. Nobody in them exists.

Surnames and places are put together from syllables; everything follows from a seed.
"""
