"""Good Offices: the secretariat a third party lends two adversaries."""
