"""Running text: the figures of press releases with their meaning."""
