"""Who gets the scarce thing, and why: definitions as text, exact solving, a reason for every decision,
and a bundle with which anyone can check it. Everything here but the pages is pure: no Django."""
