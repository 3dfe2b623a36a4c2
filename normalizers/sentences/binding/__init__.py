"""What each figure of a sentence measures: those before it, lists and brackets bind it."""
