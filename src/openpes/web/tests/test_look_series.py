"""Maps of tiles, lines with bands and breaks, bars in pairs: the arithmetic, with plain values."""

from __future__ import annotations

from openpes.web.look.charts_series import Point, pair_shape, series_shape
from openpes.web.look.charts_tiles import WIDTH, Tile, level_ends, level_of, tile_layout, tile_map
from openpes_countries import known_countries, load_country

SQUARE = {"NW": (10.0, 0.0), "NE": (10.0, 10.0), "SW": (0.0, 0.0), "SE": (0.0, 10.0)}


def test_tiles_lie_as_the_areas_do() -> None:
    spots = tile_layout(SQUARE)
    assert spots["NW"][0] == spots["NE"][0] < spots["SW"][0] == spots["SE"][0]
    assert spots["NW"][1] == spots["SW"][1] < spots["NE"][1] == spots["SE"][1]
    assert tile_layout(dict(reversed(SQUARE.items()))) == spots


def test_an_area_without_a_point_stands_below_the_others() -> None:
    spots = tile_layout({**SQUARE, "??": None})
    assert spots["??"][0] > max(row for code, (row, _column) in spots.items() if code != "??")
    assert tile_layout({"A": None}) == {"A": (0, 0)} and tile_layout({}) == {}


def test_every_country_has_a_map_that_fits_a_small_phone() -> None:
    for code in known_countries():
        tops = [one for one in load_country(code).areas if not one.parent]
        points = {
            one.code: None if one.latitude is None or one.longitude is None else (one.latitude, one.longitude)
            for one in tops
        }
        spots = tile_layout(points)
        assert set(spots) == set(points) and len(set(spots.values())) == len(points)
        shape = tile_map([Tile(one, one, one, 1.0, "1") for one in points], spots)
        assert float(shape["width"]) <= WIDTH, code
        assert float(shape["side"]) >= 24, code


def test_levels_part_the_areas_and_the_dots_say_the_same() -> None:
    ends = level_ends([1, 2, 3, 4, 5, 6, 7, 8])
    assert [level_of(value, ends) for value in (1, 3, 5, 8)] == [1, 2, 3, 4]
    tiles = [Tile("NW", "a", "a", 1.0, "1"), Tile("NE", "b", "b", 9.0, "9"), Tile("SE", "c", "c", None, "–")]
    low, high, hidden = tile_map(tiles, tile_layout(SQUARE))["tiles"]
    assert len(low["dots"]) < len(high["dots"]) and low["ground"] != high["ground"]
    assert (hidden["level"], hidden["dots"], hidden["ground"]) == (0, [], "#ffffff")
    assert level_ends([]) == []


def test_a_hidden_month_is_a_gap_and_a_new_definition_breaks_the_line() -> None:
    points = [
        Point("1", 10),
        Point("2", 20),
        Point("3", None),
        Point("4", 30),
        Point("5", 40, breaks=True),
        Point("6", 50),
    ]
    shape = series_shape(points, str)
    assert len(shape["dots"]) == 5
    assert [line.count(",") for line in shape["lines"]] == [2, 2]
    assert len(shape["breaks"]) == 1


def test_the_band_goes_there_and_back() -> None:
    points = [Point("1", 10, 8, 12), Point("2", 20, 16, 24), Point("3", 30)]
    shape = series_shape(points, str)
    assert [band.count(",") for band in shape["bands"]] == [4]
    assert shape["smooth"] == ""
    assert series_shape(points, str, smooth=[1, 2, 3])["smooth"].count(",") == 3
    assert series_shape([], str)["lines"] == [] and series_shape([Point("1", 5)], str)["lines"] == []


def test_pairs_write_what_is_not_known() -> None:
    (row,) = pair_shape([("young", 10.0, None)], str, unknown="…")["rows"]
    assert [bar["known"] for bar in row["bars"]] == [True, False]
    assert row["bars"][1]["text"] == "…" and row["bars"][1]["width"] == "0"
