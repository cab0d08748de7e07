"""Intervals for shares and for changes of shares, at 95 %."""

from __future__ import annotations

import math

Z = 1.959964


def share_between(count: float, total: float) -> tuple[float, float]:
    """Wilson's interval for a share of `count` in `total` (Wilson 1927)."""
    if total <= 0:
        return 0.0, 1.0
    p = count / total
    middle = p + Z * Z / (2 * total)
    reach = Z * math.sqrt(p * (1 - p) / total + Z * Z / (4 * total * total))
    return max(0.0, (middle - reach) / (1 + Z * Z / total)), min(1.0, (middle + reach) / (1 + Z * Z / total))


def ratio_between(late: float, late_total: float, early: float, early_total: float) -> tuple[float, float, float]:
    """How many times larger a share became, with its interval (log ratio, half a case added to each)."""
    a, b = late + 0.5, early + 0.5
    n, m = late_total + 1.0, early_total + 1.0
    ratio = (a / n) / (b / m)
    reach = Z * math.sqrt(max(1 / a - 1 / n, 0) + max(1 / b - 1 / m, 0))
    return ratio, ratio * math.exp(-reach), ratio * math.exp(reach)
