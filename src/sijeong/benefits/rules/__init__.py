"""Rules as code: one definition for one person, for a population, and on a cluster.

Pure: no Django. A rule is a class in a city folder (`language`), its amounts dated text (`parameters`). It is
run for one person in plain Python (`decision`), for a population as one compiled kernel (`kernel`), and on a
cluster (`spark`); the three are equal bit for bit.
"""
