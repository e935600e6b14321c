"""The street network of a walker: darts, atoms, sight and shortest ways, against networkx, shapely and brute force."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.people.nearby import Pairs
from simulation.people.network import Network
from tests.people.mazes import SEEDS, maze
from tests.worlds import made_neighbourhood

NETWORKS = [*SEEDS, "made"]


def network_of(which: int | str) -> Network:
    return Network(made_neighbourhood()) if which == "made" else maze(int(which))


def lines_of(network: Network) -> list[shapely.LineString]:
    """Give the geometry of each edge."""
    streets = network.map.streets
    lines = []
    for edge in range(len(streets.edge_nodes)):
        pieces = streets.piece_xy[streets.edge_piece[edge] : streets.edge_piece[edge + 1]]
        lines.append(shapely.LineString([*pieces[:, :2].tolist(), pieces[-1, 2:].tolist()]))
    return lines


def metres_between(network: Network, start: tuple[int, float], goal: tuple[int, float]) -> float:
    """Solve the distance of two points with networkx, each made a node of its own."""
    graph = nx.MultiGraph()
    for edge, (tail, head) in enumerate(network.map.streets.edge_nodes.tolist()):
        length = float(network.edge_length[edge])
        cuts = sorted((at, name) for name, (on, at) in (("start", start), ("goal", goal)) if on == edge)
        stops = [(0.0, tail), *cuts, (length, head)]
        for (low, one), (high, other) in pairwise(stops):
            graph.add_edge(one, other, weight=high - low)
    return float(nx.dijkstra_path_length(graph, "start", "goal"))


def test_a_map_without_sight_lines_makes_no_network() -> None:
    with pytest.raises(ValueError, match="sight lines"):
        Network(replace(made_neighbourhood(), sight=None))


@pytest.mark.parametrize("which", NETWORKS)
def test_a_dart_and_its_neighbour_are_one_edge_both_ways(which: int | str) -> None:
    network = network_of(which)
    darts = np.arange(len(network.dart_head))
    assert np.array_equal(network.dart_head[darts ^ 1], network.dart_tail)
    assert np.array_equal(np.column_stack([network.dart_tail, network.dart_head])[::2], network.map.streets.edge_nodes)
    np.testing.assert_allclose(network.dart_length, np.repeat(network.map.edge_lengths(), 2), rtol=1e-14)


@pytest.mark.parametrize("which", NETWORKS)
def test_one_goes_on_by_every_street_but_the_one_one_came_by(which: int | str) -> None:
    network = network_of(which)
    dead_ends = 0
    for dart, head in enumerate(network.dart_head.tolist()):
        count = int(network.onward_count[dart])
        onward = network.onward[dart]
        leaving = set(np.flatnonzero(network.dart_tail == head).tolist())
        assert set(onward[:count].tolist()) == (leaving - {dart ^ 1} or {dart ^ 1})
        assert (onward[count:] == -1).all()
        dead_ends += leaving == {dart ^ 1}
    assert dead_ends >= 1


@pytest.mark.parametrize("which", NETWORKS)
def test_atoms_tile_each_edge(which: int | str) -> None:
    network = network_of(which)
    atoms = network.atoms
    for edge, length in enumerate(network.edge_length.tolist()):
        part = slice(int(atoms.of_edge[edge]), int(atoms.of_edge[edge + 1]))
        begin, end = atoms.begin[part], atoms.end[part]
        assert begin[0] == pytest.approx(0.0, abs=2e-6)
        assert end[-1] == pytest.approx(length, abs=2e-6)
        np.testing.assert_allclose(begin[1:], end[:-1], rtol=0.0, atol=2e-6)
        assert (end > begin).all()


@pytest.mark.parametrize("which", NETWORKS)
def test_an_atom_lies_in_its_piece_and_its_cell(which: int | str) -> None:
    network = network_of(which)
    atoms, streets, sight = network.atoms, network.map.streets, network.sight
    edge = np.repeat(np.arange(len(network.edge_length)), np.diff(atoms.of_edge))
    assert np.array_equal(network.edge_of_piece[atoms.piece], edge)
    ends = streets.piece_at + np.hypot(*(streets.piece_xy[:, 2:] - streets.piece_xy[:, :2]).T)
    assert (atoms.begin >= streets.piece_at[atoms.piece] - 2e-6).all()
    assert (atoms.end <= ends[atoms.piece] + 2e-6).all()
    cell_length = (network.edge_length / np.diff(sight.edge_cell))[edge]
    number = atoms.cell - sight.edge_cell[edge]
    assert (atoms.begin >= number * cell_length - 2e-6).all()
    assert (atoms.end <= (number + 1) * cell_length + 2e-6).all()


@pytest.mark.parametrize("which", NETWORKS)
def test_atoms_lie_on_the_street(which: int | str) -> None:
    network = network_of(which)
    atoms, lines = network.atoms, lines_of(network)
    edge = np.repeat(np.arange(len(network.edge_length)), np.diff(atoms.of_edge))
    length = atoms.end - atoms.begin
    for share in (0.0, 0.5, 1.0):
        points = [lines[on].interpolate(at) for on, at in zip(edge, atoms.begin + share * length, strict=True)]
        found = np.column_stack([atoms.x + share * length * atoms.ux, atoms.y + share * length * atoms.uy])
        np.testing.assert_allclose(found, [(point.x, point.y) for point in points], rtol=0.0, atol=1e-6)
    np.testing.assert_allclose(np.hypot(atoms.ux, atoms.uy), 1.0, rtol=1e-12)


@pytest.mark.parametrize("which", NETWORKS)
def test_the_paces_of_a_dart_are_the_atoms_of_its_edge_as_one_walks_them(which: int | str) -> None:
    network = network_of(which)
    atoms, paces = network.atoms, network.paces
    for dart, length in enumerate(network.dart_length.tolist()):
        own = slice(int(paces.of_dart[dart]), int(paces.of_dart[dart + 1]))
        of_edge = np.arange(atoms.of_edge[dart // 2], atoms.of_edge[dart // 2 + 1])
        back = dart % 2 == 1
        assert np.array_equal(paces.atom[own], of_edge[::-1] if back else of_edge)
        begin, end = atoms.begin[paces.atom[own]], atoms.end[paces.atom[own]]
        assert np.array_equal(paces.begin[own], length - end if back else begin)
        assert np.array_equal(paces.end[own], length - begin if back else end)


@pytest.mark.parametrize("which", NETWORKS)
def test_shortest_ways_are_those_of_networkx(which: int | str) -> None:
    network = network_of(which)
    graph = nx.MultiGraph()
    for edge, (tail, head) in enumerate(network.map.streets.edge_nodes.tolist()):
        graph.add_edge(tail, head, weight=float(network.edge_length[edge]))
    for goal in range(0, len(network.map.streets.node_xy), 3):
        ways, metres = network.ways_to(goal), nx.single_source_dijkstra_path_length(graph, goal)
        assert ways.metres == pytest.approx([metres[node] for node in range(len(metres))], rel=1e-12)
        assert network.ways_to(goal) is ways
        for node, dart in enumerate(ways.dart):
            assert (dart == -1) == (node == goal)
            if dart >= 0:
                assert network.dart_tail[dart] == node
                rest = ways.metres[network.dart_head[dart]]
                assert ways.metres[node] == pytest.approx(network.dart_length[dart] + rest)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_asked_for_before_changes_no_way(seed: int) -> None:
    # Ways are searched for as far as they are needed; here one time far from each other, one time all at once.
    edges = len(maze(seed).edge_length)
    pairs = [((one, 1.0), (other, 2.0)) for one in range(edges) for other in range(0, edges, 3)]
    part, whole = Network(maze(seed).map), Network(maze(seed).map)
    for node in range(len(whole.map.streets.node_xy)):
        whole.ways_to(node)
    assert {pair: part.way(*pair) for pair in pairs[::-1]} == {pair: whole.way(*pair) for pair in pairs}
    assert [part.ways_to(node).dart for node in range(5)] == [whole.ways_to(node).dart for node in range(5)]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_distances_from_a_point_are_those_of_the_shortest_ways(seed: int) -> None:
    network = maze(seed)
    for edge, length in enumerate(network.edge_length.tolist()):
        place = edge, 0.3 * length
        for node, metres in enumerate(network.metres_from(place).tolist()):
            dart = int(np.flatnonzero(network.dart_tail == node)[0])
            corner = dart // 2, 0.0 if dart % 2 == 0 else float(network.dart_length[dart])
            assert metres == pytest.approx(network.way(place, corner)[1], abs=1e-9)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.tuples(st.integers(0, 10**6), st.floats(0.0, 1.0)),
    st.tuples(st.integers(0, 10**6), st.floats(0.0, 1.0)),
    st.sampled_from(["anywhere", "same edge"]),
)
def test_the_way_between_two_points_is_the_shortest(
    seed: int, one: tuple[int, float], other: tuple[int, float], where: str
) -> None:
    network = maze(seed)
    edges = len(network.edge_length)
    start, goal = ((pick % edges, share * float(network.edge_length[pick % edges])) for pick, share in (one, other))
    if where == "same edge":
        goal = (start[0], other[1] * float(network.edge_length[start[0]]))
    steps, metres = network.way(start, goal)
    assert metres == pytest.approx(metres_between(network, start, goal), abs=1e-9)
    assert sum(high - low for _, low, high in steps) == pytest.approx(metres, abs=1e-9)
    places = [network.position(*start)]
    for dart, low, high in steps:
        length = float(network.edge_length[dart // 2])
        assert 0.0 <= low < high <= length
        ends = [network.position(dart // 2, at if dart % 2 == 0 else length - at) for at in (low, high)]
        assert ends[0] == pytest.approx(places[-1], abs=1e-5)
        places.append(ends[1])
    assert places[-1] == pytest.approx(network.position(*goal), abs=1e-5)


def test_the_way_round_a_loop_is_the_shorter_side() -> None:
    network = maze(0)
    loop = int(np.flatnonzero(network.map.streets.edge_nodes[:, 0] == network.map.streets.edge_nodes[:, 1])[0])
    length = float(network.edge_length[loop])
    steps, metres = network.way((loop, 5.0), (loop, length - 7.0))
    assert metres == pytest.approx(12.0)
    assert [step[0] for step in steps] == [2 * loop + 1, 2 * loop + 1]
    assert network.way((loop, 5.0), (loop, 9.0)) == ([(2 * loop, 5.0, 9.0)], 4.0)
    assert network.way((loop, 9.0), (loop, 9.0)) == ([], 0.0)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SEEDS), st.floats(-100.0, 400.0), st.floats(-100.0, 400.0))
def test_the_nearest_point_of_the_streets_is_nearest(seed: int, x: float, y: float) -> None:
    network = maze(seed)
    here = shapely.Point(x, y)
    edge, at = network.nearest(x, y)
    away = min(line.distance(here) for line in lines_of(network))
    assert here.distance(shapely.Point(network.position(edge, at))) == pytest.approx(away, abs=1e-6)
    assert network.nearest(x, y) == (edge, at)


@pytest.mark.parametrize("reach", [30.0, 1000.0])
def test_cells_that_see_each_other_are_kept_if_within_reach(reach: float) -> None:
    network = Network(made_neighbourhood())
    near, atoms, sight = network.nearby(reach), network.atoms, network.sight
    cells = len(sight.cell_seen) - 1
    held = near.cells.hold(*np.divmod(np.arange(cells * cells), cells)).reshape(cells, cells)
    assert np.array_equal(held, held.T)
    assert held.diagonal().all()
    first = np.unique(atoms.cell, return_index=True)[1]
    for one in range(0, cells, 7):
        seen = sight.seen[sight.cell_seen[one] : sight.cell_seen[one + 1]]
        assert set(np.flatnonzero(held[one]).tolist()) <= set(seen.tolist())
        away = np.hypot(*(at[first[one]] - at[first[seen]] for at in (atoms.x, atoms.y)))
        assert (held[one, seen] | (away > reach)).all()
        edges = np.searchsorted(sight.edge_cell, np.flatnonzero(held[one]), side="right") - 1
        assert near.edge[near.of_cell[one] : near.of_cell[one + 1]].tolist() == np.unique(edges).tolist()


@settings(max_examples=50, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 299), st.integers(0, 299)), max_size=60))
def test_a_set_of_pairs_holds_those_and_no_others(pairs: set[tuple[int, int]]) -> None:
    one, other = np.array(sorted(pairs), np.int64).reshape(-1, 2).T
    everything = np.divmod(np.arange(300 * 300), 300)
    held = np.flatnonzero(Pairs(one, other, 300).hold(*everything))
    assert held.tolist() == (one * 300 + other).tolist()


def test_no_stretch_within_reach_of_an_eye_is_left_out() -> None:
    network, reach = Network(made_neighbourhood()), 30.0
    sight, ends, near = network.sight, network.map.streets.piece_xy, network.nearby(30.0)
    listed = set(near.stretch.tolist())
    assert 0 < len(listed) < len(sight.stretch_home)
    for piece in range(len(ends)):
        length = np.hypot(*(ends[piece, 2:] - ends[piece, :2]))
        own = range(int(sight.piece_stretch[piece]), int(sight.piece_stretch[piece + 1]))
        assert near.stretch[near.of_piece[piece] : near.of_piece[piece + 1]].tolist() == [s for s in own if s in listed]
        for stretch in own:
            along = np.linspace(sight.stretch_from[stretch], sight.stretch_to[stretch], 20)[:, np.newaxis] / length
            points = ends[piece, :2] + along * (ends[piece, 2:] - ends[piece, :2])
            away = np.hypot(*(points - sight.eye_xy[sight.stretch_home[stretch], sight.stretch_eye[stretch]]).T).min()
            assert away > reach if stretch not in listed else away <= reach + 2.0


def test_names_of_streets() -> None:
    network = maze(0)
    assert network.street(0) == "Straat 0"
    assert network.street(len(network.edge_length) - 1) == "Doodlopend"
