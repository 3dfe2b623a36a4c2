"""Results to Parquet, a data package and a report."""
