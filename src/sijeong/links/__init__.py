"""Other systems: personal tokens, and what every address of the API shares."""
