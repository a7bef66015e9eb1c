"""Papers: documents by digest, presented openly: delivered by one delegation, received by those it is meant for.

``presented`` has the commands, rules and state, and the outcome that talks may wait for (``outcomes``). A paper's
content is a particular of the room it was presented in; sealed exchanges of papers are another matter.
``topics`` names the topics of conditions, ``conditions`` reads a conditions paper, ``marked`` reads YAML with places.
"""
