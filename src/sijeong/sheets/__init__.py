"""Spreadsheets as offices write them: headers matched leniently, every cell with its place. Knows no room and no database."""
