"""Grids and passages to figures and observations: knows Vietnamese, knows no format."""
