"""Prisoner exchange: lists of names, who is who across them, the plan and the handover.

A matter of the talks, and an engine that works on files without a server. Nothing here decides who is who: a program
compares and sorts, people decide. Every prisoner in this repository is synthetic.
"""
