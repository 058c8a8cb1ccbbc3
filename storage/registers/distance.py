"""The distance between two locations."""

from math import asin, cos, radians, sin, sqrt

_EARTH = 6371.0


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The distance in kilometres between two locations in degrees; NaN if one of them has NaN."""
    up = sin(radians(other_latitude - latitude) / 2) ** 2
    across = sin(radians(other_longitude - longitude) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(up + cos(radians(latitude)) * cos(radians(other_latitude)) * across)))
