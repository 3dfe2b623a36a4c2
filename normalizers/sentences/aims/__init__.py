"""What is planned and what was done: targets, plans in brackets, results."""
