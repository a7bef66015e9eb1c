"""The handover of prisoners: stages by day and point, the page for a phone at a point, and countersigning."""
