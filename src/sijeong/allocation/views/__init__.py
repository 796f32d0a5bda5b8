"""Pages: thin. Through ``access``, validate, call one action, answer."""
