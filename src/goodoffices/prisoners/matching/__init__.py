"""Who on one list may be whom on another: candidates, comparisons, weights, and what is certain, doubtful or unmatched.

Probabilistic matching after Fellegi and Sunter (1969), with the share of agreement among true pairs estimated by
expectation and maximisation from the lists themselves. All of it runs in memory, in numpy; nothing of a prisoner is
written anywhere. Nothing is decided: ``certain`` means that the program finds nothing to doubt, and people say who is
who.
"""
