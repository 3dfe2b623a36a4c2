"""What a clause names: its words, the metric that they word, whole or part."""
