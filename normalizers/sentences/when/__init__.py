"""Of which time a figure of running text is."""
