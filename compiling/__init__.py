"""The same program compiled to machine code: an option, built by `python3 dev.py compile`."""
