"""Who goes in an exchange of prisoners, and the plan: persons, refusals, lists, plans, manifests."""
