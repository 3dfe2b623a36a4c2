"""Figures and observations to findings: one file per law of arithmetic."""
