"""What is planned and what was done: targets, plans that are changed, results."""
