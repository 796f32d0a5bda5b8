"""Orders that anyone can compute again: by receipt, or by a lottery over a list frozen before the draw.

The list is frozen and its SHA-256 published; only then is the random value known, either a seed to which the
city committed (its SHA-256 was published with the list) or the value of a public beacon round. The order is
that of HMAC-SHA256(random value, published number), so nobody can aim at a place in it (RFC 2104).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import Any

import numpy as np

from .flow import Ints


def commitment(seed: bytes) -> str:
    """What is published before the draw: the SHA-256 of the secret seed."""
    return hashlib.sha256(seed).hexdigest()


def draw(seed: bytes, ids: Sequence[str]) -> Ints:
    """The lottery's rank of every number, 0 first. Depends on the set of numbers only, not on their order."""
    tickets = [hmac.digest(seed, number.encode(), "sha256") for number in ids]
    return ranked(list(zip(tickets, ids, strict=True)))


def receipt(moments: Sequence[int] | Ints, ids: Sequence[str]) -> Ints:
    """The rank by time of receipt, 0 first; at the same moment by number."""
    when = np.asarray(moments, np.int64)
    order = np.argsort(when, kind="stable")
    if (np.diff(when[order]) == 0).any():
        return ranked(list(zip(when.tolist(), ids, strict=True)))
    rank = np.empty(len(when), np.int64)
    rank[order] = np.arange(len(when))
    return rank


def ranked(keys: Sequence[tuple[Any, str]]) -> Ints:
    order = sorted(range(len(keys)), key=keys.__getitem__)
    rank = np.empty(len(keys), np.int64)
    rank[order] = np.arange(len(keys))
    return rank


def pseudonym(salt: bytes, number: str) -> str:
    """The published number of an application: known to the applicant by their receipt, to others not a name."""
    return hmac.new(salt, number.encode(), hashlib.sha256).hexdigest()[:20]
