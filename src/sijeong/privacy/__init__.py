"""Personal data in text and files: found, masked, never guessed away. Pure: imports no Django."""
