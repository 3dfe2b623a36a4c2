"""An address to bytes: the only code that touches the network or the archive."""
