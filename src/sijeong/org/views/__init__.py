"""Pages of the organisation: flat and thin."""
