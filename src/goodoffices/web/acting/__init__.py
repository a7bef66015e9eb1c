"""Acting: the form of any command, drawn from its fields, and the signing of what is binding."""
