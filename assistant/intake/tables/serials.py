"""Excel's serial numbers: days since the end of 1899 (or since 1904), the clock as a part of a day."""

from __future__ import annotations

from datetime import datetime, timedelta

EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
LAST_DAY = 2_958_465  # 9999-12-31


def serial_moment(days: float, epoch: datetime = EPOCH) -> datetime | None:
    """The moment of a serial number, to the second; None outside the years Excel knows."""
    return epoch + timedelta(seconds=round(days * 86_400)) if 0 <= days < LAST_DAY else None


def serial_text(value: str, epoch: datetime = EPOCH) -> str:
    """A serial number as an ISO stamp; only the day where there is no clock, only a clock below 1; "" for others."""
    try:
        days = float(value)
    except ValueError:
        return ""
    at = serial_moment(days, epoch)
    if at is None:
        return ""
    if days < 1:
        return at.strftime("%H:%M:%S")
    return at.date().isoformat() if at.time() == datetime.min.time() else at.isoformat(sep=" ")
