"""When: printed times to SDMX periods."""
