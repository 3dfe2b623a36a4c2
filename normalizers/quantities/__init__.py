"""How much: amounts in running text with their unit, qualifier and place."""
