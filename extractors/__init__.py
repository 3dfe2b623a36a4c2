"""Bytes to grids and passages: knows formats, knows no metric and no region."""
