"""The trees asked all at once say what they say when each is walked by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tearsheet.clean.forest import answers, forest_of

COLUMNS = ("score", "words", "place")
NUMBERS = st.sampled_from([-2.0, -0.5, 0.0, 0.25, 1.0, 3.0])
TREES = st.recursive(
    NUMBERS,
    lambda tree: st.tuples(st.sampled_from(COLUMNS), NUMBERS, tree, tree).map(list),
    max_leaves=14,
)


def walked(tree: object, unit: dict[str, float]) -> float:
    while isinstance(tree, list):
        column, edge, at_most, more = tree
        tree = at_most if unit[column] <= edge else more
    assert isinstance(tree, float)
    return tree


@given(
    st.lists(TREES, max_size=6), st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, NUMBERS)))
)
def test_asked_at_once_the_trees_say_what_each_says_alone(
    trees: list[object], units: list[dict[str, float]]
) -> None:
    columns = {name: [unit[name] for unit in units] for name in COLUMNS}
    said = answers(forest_of(trees), columns, len(units))
    # The weights are quarters, so the sums are exact in any order.
    assert said == [sum(walked(tree, unit) for tree in trees) for unit in units]


def test_a_number_on_the_edge_goes_where_at_most_leads() -> None:
    forest = forest_of([["words", 3.0, 0.25, 1.0]])
    assert answers(forest, {"words": [2.0, 3.0, 4.0]}, 3) == [0.25, 0.25, 1.0]


@pytest.mark.parametrize("broken", ["words", ["words", 3.0, 0.25], {"words": 3}, None])
def test_what_is_no_tree_is_refused(broken: object) -> None:
    with pytest.raises(TypeError, match="train again"):
        forest_of([broken])
