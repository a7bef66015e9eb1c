"""What is said to have been said: statements by speaker, issue and channel; accounts of a meeting side by side."""
