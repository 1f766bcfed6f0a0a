"""Whether a point lies in its country, by the outlines of Natural Earth; used by divisions, cities and packs. Not a command."""

import gzip
import json
import math

from world_sources import DATA

# Codes whose land Natural Earth draws under another code or name.
ALSO = {"GF": ["FR"], "GP": ["FR"], "MQ": ["FR"], "RE": ["FR"], "YT": ["FR"], "SJ": ["NO"], "BQ": ["NL"], "GI": ["ES"],
        "CC": ["Indian Ocean Ter."], "CX": ["Indian Ocean Ter."], "CY": ["N. Cyprus"], "SO": ["Somaliland"],
        "XK": ["Kosovo"], "UA": ["RU"], "SY": ["IL"], "PS": ["IL"], "IN": ["Siachen Glacier", "CN", "PK"],
        "PK": ["Siachen Glacier", "IN"], "MA": ["EH"], "EH": ["MA"], "SS": ["SD"], "SD": ["EG"], "UM": ["US"], "IL": ["SY", "PS"]}
# Archipelagos of which a map of 1:50 million shows the larger islands only.
ARCHIPELAGOS = set("AS BS CK CO CR EC FM FJ GD GQ GG KI MH MP MU MV PF PT PW SB SC SH TO UM VE ES CL HK".split())
OFFSHORE = {"CN", "PH", "TW", "VN"}  # larger countries with small islands far off the coast
# Too small for a map of 1:50 million, or not on it at all.
NO_OUTLINE = {"TV", "TK", "BV", "GI", "CC", "CX"}


def _rings(geometry):
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [ring for polygon in polygons for ring in polygon]


def _unwrapped(ring):
    """A ring that crosses the antimeridian, with longitudes beyond 180 degrees instead of a jump."""
    if any(abs(x1 - x2) > 180 for (x1, _), (x2, _) in zip(ring, ring[1:])):
        return [(x + 360 if x < 0 else x, y) for x, y in ring]
    return ring


class Outlines:
    """Country code -> rings with their boxes."""

    def __init__(self):
        self.rings = {}
        with gzip.open(DATA / "outlines" / "ne_countries_50m.geojson.gz", "rt", encoding="utf-8") as file:
            for feature in json.load(file)["features"]:
                key = feature["properties"]["iso2"] or feature["properties"]["name"]
                for ring in _rings(feature["geometry"]):
                    ring = _unwrapped(ring)
                    xs, ys = [point[0] for point in ring], [point[1] for point in ring]
                    self.rings.setdefault(key, []).append((min(xs), min(ys), max(xs), max(ys), ring))

    def distance_km(self, country, lat, lon, near_km=150):
        """0 inside, else the distance to the outline in kilometres; None beyond `near_km` or without an outline.

        Only Crimea may lie in the outline of Russia though its country is Ukraine.
        """
        keys = [country] + [key for key in ALSO.get(country, []) if key != "RU" or (lat < 46.3 and 32 < lon < 36.8)]
        best, scale = None, max(0.1, math.cos(math.radians(lat)))
        reach = near_km / 111.2
        for key in keys:
            inside = False
            for west, south, east, north, ring in self.rings.get(key, []):
                x = lon + 360 if east > 180 and lon < 0 else lon
                if not (west - reach / scale <= x <= east + reach / scale and south - reach <= lat <= north + reach):
                    continue
                inside ^= _crosses(ring, lat, x)
                for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
                    gap = _gap((x1 - x) * scale, y1 - lat, (x2 - x) * scale, y2 - lat)
                    best = gap if best is None or gap < best else best
            if inside:
                return 0.0
        kilometres = None if best is None else math.sqrt(best) * 111.2
        return kilometres if kilometres is not None and kilometres <= near_km else None

    def holds(self, country, lat, lon, tolerance_km=25, strict=False):
        """Whether the point lies in the country or on its coast; true where there is no outline to tell.

        Islands that the map leaves out are taken for their country's, unless `strict`.
        """
        if country in NO_OUTLINE and not strict or not any(key in self.rings for key in [country] + ALSO.get(country, [])):
            return True
        if strict:
            tolerance_km = min(tolerance_km, 100)
        elif country in ARCHIPELAGOS:
            tolerance_km = 1200
        elif country in OFFSHORE:
            tolerance_km = 150
        distance = self.distance_km(country, lat, lon, tolerance_km)
        return distance is not None and distance <= tolerance_km


def _crosses(ring, lat, lon):
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _gap(x1, y1, x2, y2):
    """The squared distance of the origin from a segment."""
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = 0 if length == 0 else max(0, min(1, -(x1 * dx + y1 * dy) / length))
    return (x1 + along * dx) ** 2 + (y1 + along * dy) ** 2


def distance_km(lat1, lon1, lat2, lon2):
    """The distance of two points on the sphere in kilometres."""
    a, b = math.radians(lat1), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(min(1, math.sqrt(half)))


def drop_neighbours(folder, kilometres=3):
    """Further names that are the canonical name of a place this near belong to that one (El Escorial beside San Lorenzo)."""
    named, points = {}, {}
    for entry in folder.entries.values():
        if entry["latitude"]:
            points[entry["id"]] = float(entry["latitude"]), float(entry["longitude"])
            named.setdefault(entry["name"], []).append(entry["id"])

    def is_neighbours(row):
        others = [other for other in named.get(row["spelling"], ()) if other != row["entry"] and row["entry"] in points]
        return row["kind"] != "canonical" and any(distance_km(*points[row["entry"]], *points[other]) < kilometres for other in others)

    folder.names = {key: row for key, row in folder.names.items() if not is_neighbours(row)}
