"""Files that belong to a government: streamed in, sniffed, hashed, served only through the access door."""
