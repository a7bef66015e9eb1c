"""Lists of prisoners in a list room: filing, findings, versions, leave, taking out and erasing."""
