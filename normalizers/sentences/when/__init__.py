"""Of which time a figure of running text is, and which time a text is at."""
