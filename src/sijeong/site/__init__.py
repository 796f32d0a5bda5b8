"""The building around the rooms: settings, urls, base templates and theme, command line, health."""
