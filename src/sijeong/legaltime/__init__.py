"""Statutory periods and public holidays, counted as the law counts them. Pure: no Django, no clock."""
