"""What a person is told, by which channel, exactly once. Knows people, not what they are told about.

A notice is kept for one person under a key; the key comes from what it tells, so that making it twice makes it once.
On the page it is there with the transaction that made it; by mail it leaves through ``sending``.
"""
