"""The record: entries, acts, tree, checkpoints, signatures, bundles and their verifier."""
