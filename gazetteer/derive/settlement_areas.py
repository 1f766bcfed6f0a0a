"""Where a point lies: country, district or region, disputed area.

Outlines are those of Who's On First (districts of Azerbaijan, provinces of Armenia, regions of Georgia) and Natural Earth
(countries). Faults mended here: outline 147626 "Lankaran" is Lachin, the two outlines "Şəki" and "Lankaran" of AZ-SA and
AZ-LA are the cities, 148449 is Stepanakert and not Khojaly.

The disputed areas:

- Abkhazia: the outline of the Abkhazeti Autonomous Republic.
- Nagorno-Karabakh: the districts Khojaly, Khojavend and Shusha and Stepanakert wholly; in the districts that the former
  oblast shares with others (Tartar, Aghdam, Kalbajar) a place belongs to it if the nearest
  curated village or town does. The seven districts around do not count, as in the curated file.
- South Ossetia: the north and the east after Natural Earth's breakaway areas (1:50 million, public domain); the south and the
  west by hand along the border of the former oblast, between villages whose side is known, since Natural Earth's line lies up
  to 8 km off there (it takes in Nikozi and Ergneti). Near the line a place may stand on the wrong side.
"""

import gzip
import json
import math
from collections import Counter, defaultdict
from pathlib import Path

# ISO 3166-2 code of the outline → id of the entry that contains what lies in it.
CONTAINERS = {
    "AZ-BA": "baku", "AZ-GA": "ganja", "AZ-MI": "mingachevir", "AZ-SM": "sumgait", "AZ-NA": "naftalan",
    "AZ-SR": "shirvan", "AZ-NV": "nakhchivan", "AZ-XA": "stepanakert", "AZ-LA": "lankaran-district",
    "AZ-SA": "shaki-district", "AZ-YE": "yevlakh-district", "AM-ER": "yerevan", "GE-TB": "tbilisi",
}
# GeoNames or Who's On First name of an outline → id, where the curated entry has no identifier of it.
NAMED = {
    "AZ-AGA": "agstafa-district", "AZ-LAN": "lankaran-district", "AZ-SAK": "shaki-district", "AZ-SAR": "sharur-district",
    "AZ-KAN": "kangarli-district", "AZ-LAC": "lachin-district", "AZ-XCI": "khojaly-district", "AZ-GOR": "goranboy-district",
    "AZ-SAB": "sabirabad-district", "AZ-YEV": "yevlakh-district", "AZ-SUS": "shusha-district",
    "Samagrelo-Zemo Svaneti": "samegrelo-zemo-svaneti", "Imereti": "imereti", "Kakheti": "kakheti",
    "Shida Kartli": "shida-kartli", "Mtskheta-Mtianeti": "mtskheta-mtianeti", "Kvemo Kartli": "kvemo-kartli",
    "Ajara Autonomous Republic": "adjara", "Samtskhe-Javakheti": "samtskhe-javakheti", "Guria": "guria",
    "Abkhazeti Autonomous Republic": "abkhazia", "Racha-Leckhumi-Kvemo Svaneti": "racha-lechkhumi-and-kvemo-svaneti",
}
WHOLLY_KARABAKH = {"khojaly-district", "khojavend-district", "shusha-district", "stepanakert", "shusha"}
PARTLY_KARABAKH = {"tartar-district", "aghdam-district", "kalbajar-district"}
# Codes that GeoNames gave to the Soviet districts Leningori (Akhalgori) and Java.
OSSETIAN_CODES = {"05", "24"}
# Codes of Georgia's regions of today around it, Shida Kartli and Mtskheta-Mtianeti apart: Imereti, Racha-Lechkhumi and Kvemo Svaneti.
GEORGIAN_CODES = {"66", "70"}
# Longitude, latitude; clockwise from the north-west.
SOUTH_OSSETIA = [
    (43.575, 42.52), (43.60, 42.56), (43.61, 42.60), (43.68, 42.625), (43.76, 42.60), (43.826, 42.572), (43.957, 42.567),
    (44.005, 42.596), (44.103, 42.616), (44.2, 42.654), (44.354, 42.513), (44.395, 42.461), (44.555, 42.363), (44.6, 42.338),
    (44.617, 42.304), (44.64, 42.178), (44.624, 42.136), (44.57, 42.08), (44.50, 42.06), (44.40, 42.03), (44.33, 42.05),
    (44.32, 42.10), (44.24, 42.14), (44.18, 42.19), (44.13, 42.235), (44.105, 42.222), (44.09, 42.232), (44.03, 42.235),
    (44.00, 42.212), (43.975, 42.203), (43.94, 42.20), (43.92, 42.18), (43.88, 42.178), (43.855, 42.175), (43.85, 42.14),
    (43.82, 42.13), (43.80, 42.16), (43.75, 42.165), (43.66, 42.20), (43.60, 42.25), (43.61, 42.33), (43.615, 42.385),
    (43.60, 42.42), (43.575, 42.46),
]


def kilometres(latitude, longitude, other_latitude, other_longitude):
    """Distance of two near points."""
    across = (longitude - other_longitude) * math.cos(math.radians(latitude))
    return 111.2 * math.hypot(latitude - other_latitude, across)


def is_inside(ring, longitude, latitude):
    """Whether a ray to the east crosses the ring an odd number of times."""
    inside = False
    last_x, last_y = ring[-1][:2]
    for x, y, *_ in ring:
        if (y > latitude) != (last_y > latitude) and longitude < (last_x - x) * (latitude - y) / (last_y - y) + x:
            inside = not inside
        last_x, last_y = x, y
    return inside


class Outline:
    """The outline of one area."""

    def __init__(self, feature):
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        self.properties = feature["properties"]
        self.rings = [(ring, *self.box(ring)) for polygon in polygons for ring in polygon]

    @staticmethod
    def box(ring):
        xs, ys = [point[0] for point in ring], [point[1] for point in ring]
        return min(xs), min(ys), max(xs), max(ys)

    def contains(self, latitude, longitude):
        """Whether the point lies in the area (holes cancel themselves)."""
        inside = False
        for ring, west, south, east, north in self.rings:
            if west <= longitude <= east and south <= latitude <= north and is_inside(ring, longitude, latitude):
                inside = not inside
        return inside

    def distance(self, latitude, longitude):
        """Kilometres to the nearest corner of the outline: near enough, the outlines are drawn finely."""
        return min(kilometres(latitude, longitude, y, x) for ring, *_ in self.rings for x, y, *_ in ring)


def read_outlines(path):
    """The outlines of a gzipped GeoJSON file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [Outline(feature) for feature in json.load(file)["features"]]


class Areas:
    """Answers where a point lies."""

    def __init__(self, data, curated):
        folder = Path(data) / "outlines"
        by_geonames = {row["geonames"]: row["id"] for row in curated if row["kind"] in ("district", "region")}
        self.districts = []
        for outline in read_outlines(folder / "wof_admin1_AM_AZ_GE.geojson.gz"):
            about = outline.properties
            if about["placetype"] == "country":
                continue
            entry = CONTAINERS.get(about["iso"]) or NAMED.get(about["iso"]) or NAMED.get(about["name"])
            entry = entry or by_geonames.get(str(about["geonames_id"]))
            if entry:
                self.districts.append((outline, about["country"], entry))
        self.districts.sort(key=lambda item: len(item[0].rings[0][0]))
        self.countries = [(outline, outline.properties["iso2"])
                          for outline in read_outlines(folder / "ne_countries_10m_region.geojson.gz")]
        self.witnesses = [(float(row["latitude"]), float(row["longitude"]), row) for row in curated
                          if row["kind"] in ("village", "town", "city") and row["latitude"]]

    def find(self, latitude, longitude):
        """Country and id of the smallest area around the point, or `None`."""
        found = [(country, entry) for outline, country, entry in self.districts if outline.contains(latitude, longitude)]
        return found[0] if found else None

    def nearest(self, latitude, longitude, country):
        """The nearest area of the country and its distance, for points on a border or at sea."""
        around = [(outline.distance(latitude, longitude), entry)
                  for outline, owner, entry in self.districts if owner == country]
        return min(around)

    def learn_codes(self, places):
        """Which area each first-level code of GeoNames means: the one that nine in ten of its places lie in."""
        counted = defaultdict(Counter)
        for place in places:
            if place.admin1 not in ("", "00") and place.code.startswith("PPL"):
                found = self.find(place.latitude, place.longitude)
                counted[place.country, place.admin1][found[1] if found else ""] += 1
        self.codes = {}
        for key, count in counted.items():
            entry, most = count.most_common(1)[0]
            if most >= 10 and most >= .8 * sum(number for area, number in count.items() if area):
                self.codes[key] = entry

    def coded(self, place):
        """The area that the first-level code of GeoNames names, or `None`."""
        return self.codes.get((place.country, place.admin1))

    def away(self, latitude, longitude, entry):
        """Kilometres from a point to the outline of an area."""
        return min(outline.distance(latitude, longitude) for outline, _, known in self.districts if known == entry)

    def country(self, latitude, longitude):
        """The country by Natural Earth."""
        return next((code for outline, code in self.countries if outline.contains(latitude, longitude)), None)

    def neighbour(self, latitude, longitude, skip=""):
        """The nearest curated settlement of Azerbaijan."""
        around = ((kilometres(latitude, longitude, y, x), row["id"], row) for y, x, row in self.witnesses
                  if row["country"] == "AZ" and row["id"] != skip)
        return min(around)[2]

    def disputed(self, latitude, longitude, within, skip="", code=""):
        """The disputed area of a place and, in Karabakh, the district that the nearest curated place of it is filed under."""
        if within == "abkhazia":
            return "abkhazia", within
        if within in ("shida-kartli", "mtskheta-mtianeti", "imereti", "racha-lechkhumi-and-kvemo-svaneti"):
            inside = is_inside(SOUTH_OSSETIA, longitude, latitude) and code not in GEORGIAN_CODES
            if inside or code in OSSETIAN_CODES:
                return "south-ossetia", "south-ossetia"
        if within in WHOLLY_KARABAKH:
            return "nagorno-karabakh", within
        if within in PARTLY_KARABAKH:
            neighbour = self.neighbour(latitude, longitude, skip)
            if neighbour["disputed"] == "nagorno-karabakh":
                return "nagorno-karabakh", neighbour["within"]
        return "", within
