"""Whose a figure of running text is: the territories that its sentence and its text name."""
