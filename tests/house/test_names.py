"""One name through all layers, and names that say what a thing is."""

import ast

import pytest
from django.apps import apps
from django.urls import get_resolver

from tests.house.tree import ROOT, modules, parsed, shown

pytestmark = pytest.mark.once

DRAWERS = {"utils", "util", "common", "helpers", "helper", "misc", "lib", "tools", "handlers"}
MOST_LINES = 320
OURS = ("reader", "comments")


def own_models():
    return [m for m in apps.get_models() if m.__module__.split(".")[0] in OURS]


def own_patterns():
    """Yield (namespace, pattern) for every address that leads to a view of ours."""
    for namespace, (_, resolver) in get_resolver().namespace_dict.items():
        for pattern in resolver.url_patterns:
            view = getattr(pattern, "callback", None)
            if view and namespace != "admin" and view.__module__.split(".")[0] in OURS:
                yield namespace, pattern


def test_an_address_is_named_after_its_view():
    """A second address of a view has no name at all."""
    named = {pattern.callback for _, pattern in own_patterns() if pattern.name}
    misnamed = [
        f"{namespace}:{pattern.name} → {pattern.callback.__name__}"
        for namespace, pattern in own_patterns()
        if pattern.name != pattern.callback.__name__
        and not (pattern.name is None and pattern.callback in named)
    ]
    assert misnamed == []


def test_the_rule_about_addresses_has_something_to_look_at():
    assert len(list(own_patterns())) > 10


def test_constraints_and_indexes_are_named_app_model_fact():
    """An index's name has 30 letters at most, so the end of a long model's name will do."""
    misnamed = []
    for model in own_models():
        label, name = model._meta.app_label, model._meta.model_name
        for item in [*model._meta.constraints, *model._meta.indexes]:
            app, _, rest = item.name.partition("_")
            word, _, fact = rest.partition("_")
            if not (app == label and word and name.endswith(word) and fact):
                misnamed.append(item.name)
    assert misnamed == []


def test_every_index_says_which_query_it_serves():
    silent = []
    for path in modules():
        lines = path.read_text("utf-8").splitlines()
        for node in ast.walk(parsed(path)):
            is_index = isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "Index"
            if is_index and not lines[node.lineno - 2].strip().startswith("#"):
                silent.append(shown(path, node.lineno))
    assert silent == []


def test_no_module_is_a_drawer():
    assert [shown(path) for path in modules() if path.stem in DRAWERS] == []


def test_no_file_is_too_long_to_be_read_at_once():
    files = [*modules(), ROOT / "run.py"]
    lengths = {shown(path): len(path.read_text("utf-8").splitlines()) for path in files}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}
