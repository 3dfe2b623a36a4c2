"""The same pure function over many documents."""
