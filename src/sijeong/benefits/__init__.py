"""Who may receive what, how much, from when: one rule for one citizen and for nine million.

`rules` holds what needs no database. Around it stand the public self-check, which keeps nothing; applications
as cases, decided by the rule and paid from a list; and simulations that can be run again to the same figure.
"""
