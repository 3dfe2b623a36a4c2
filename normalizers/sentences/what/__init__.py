"""What a figure of running text counts, and how: level, change, growth, share."""
