"""The sealed exchange of papers: keys, terms, and each step of it, in the page or with files from the command line."""
