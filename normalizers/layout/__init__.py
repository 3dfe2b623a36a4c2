"""How a page or sheet is laid out: titles, segments, unit lines, role words."""
