"""Who gets the scarce thing, and why: a definition as text, its applicants and resources, the solved rounds with a
reason for each decision, their release, and what a citizen may look up or check. ``solving`` is pure: no Django."""
