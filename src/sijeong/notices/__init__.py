"""What a person is told, by which channel, exactly once."""
