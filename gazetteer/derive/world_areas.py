"""The middle and the extent of an area given by its outline; used by countries, points and division_outlines. Not a command.

The centroid is that of the area on the sphere: half the sum over the sides of the angle of a side times the unit vector that
is upright on it. So the antimeridian needs no special case. An outline around a pole is not
understood: Antarctica's.
"""

import math

from world_outlines import _crosses, _unwrapped, distance_km

EARTH_KM = 6371.0
LONGEST_SIDE = 1.0  # degrees; longer sides are cut, as those of maps follow parallels and those of the sum great circles
LARGE_PIECE = 0.1  # of the whole area


class Area:
    """Closed rings of longitude and latitude in degrees, holes the other way round."""

    def __init__(self, rings):
        self.rings = [_unwrapped(list(ring)) for ring in rings if len(ring) > 3]
        xs, ys = [x for ring in self.rings for x, _ in ring], [y for ring in self.rings for _, y in ring]
        self.box = (min(xs), min(ys), max(xs), max(ys)) if xs else (0, 0, 0, 0)

    def holds(self, lat, lon):
        west, south, east, north = self.box
        if not south <= lat <= north:
            return False
        return any(sum(_crosses(ring, lat, x) for ring in self.rings) % 2 for x in (lon, lon + 360) if west <= x <= east)

    def radius_km(self):
        """The radius of a circle of the same area."""
        return math.sqrt(abs(sum(map(_signed_km2, self.rings))) / math.pi)

    def centroid(self):
        """Latitude and longitude of the centroid, which need not lie inside."""
        x, y, z = (sum(parts) for parts in zip(*map(_upright_sum, self.rings)))
        if sum(map(_signed_km2, self.rings)) < 0:
            x, y, z = -x, -y, -z
        return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))

    def middle(self):
        """The centroid if that is inside; else that of a large piece, the one nearest to the centroid of all."""
        lat, lon = self.centroid()
        if self.holds(lat, lon):
            return lat, lon
        sizes = [abs(_signed_km2(ring)) for ring in self.rings]
        pieces = [Area([ring])._inside() for ring, size in zip(self.rings, sizes) if size >= LARGE_PIECE * sum(sizes)]
        return min(pieces or [self._inside()], key=lambda point: distance_km(lat, lon, *point))

    def _inside(self):
        """The centroid of a single piece; if that is outside, the middle of the piece's longest stretch on the same parallel."""
        lat, lon = self.centroid()
        return (lat, lon) if self.holds(lat, lon) else (lat, _longest_stretch(self.rings[0], lat))


def _signed_km2(ring):
    """The area between the ring and the equator's cylinder, which keeps areas; its sign tells the direction."""
    total = 0.0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        total += math.radians(x2 - x1) * (math.sin(math.radians(y1)) + math.sin(math.radians(y2))) / 2
    return -total * EARTH_KM * EARTH_KM


def _cut(ring):
    """The ring's points, with more between those that are far apart."""
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        pieces = max(1, math.ceil(max(abs(x2 - x1), abs(y2 - y1)) / LONGEST_SIDE))
        for step in range(pieces):
            yield x1 + (x2 - x1) * step / pieces, y1 + (y2 - y1) * step / pieces
    yield ring[0]


def _upright_sum(ring):
    vectors = [(math.cos(math.radians(y)) * math.cos(math.radians(x)), math.cos(math.radians(y)) * math.sin(math.radians(x)),
                math.sin(math.radians(y))) for x, y in _cut(ring)]
    total = [0.0, 0.0, 0.0]
    for (a, b, c), (d, e, f) in zip(vectors, vectors[1:]):
        upright = b * f - c * e, c * d - a * f, a * e - b * d
        length = math.sqrt(sum(part * part for part in upright))
        if length:
            angle = math.atan2(length, a * d + b * e + c * f)
            total = [old + angle * part / length / 2 for old, part in zip(total, upright)]
    return total


def _longest_stretch(ring, lat):
    """The longitude in the middle of the longest stretch of the parallel that is inside the ring."""
    crossings = sorted((x2 - x1) * (lat - y1) / (y2 - y1) + x1 for (x1, y1), (x2, y2) in zip(ring, ring[1:]) if (y1 > lat) != (y2 > lat))
    west, east = max(zip(crossings[::2], crossings[1::2]), key=lambda pair: pair[1] - pair[0])
    return ((west + east) / 2 + 180) % 360 - 180
