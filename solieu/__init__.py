"""What every room of Solieu may import: the types, the errors, text and printed numerals."""
