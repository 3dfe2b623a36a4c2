"""Made-up documents of the kinds that Vietnamese authorities publish, with all their figures known."""
