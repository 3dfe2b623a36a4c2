"""Grids to tables: heads, rows, territories, values and what they mean."""
