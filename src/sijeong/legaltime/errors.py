class LegalTimeError(ValueError):
    """Facts no statute can count from. The message is Korean, names the value and says what is allowed."""
