"""The consequences of an upload are what the provider declared, and what destroys stands first."""

from __future__ import annotations

import pytest

from app.flow.consequences import consequences
from app.providers.contract import Provider
from app.providers.known import PROVIDERS
from app.providers.options import Options, Place


def known(name: str) -> Provider:
    return next(one for one in PROVIDERS if one.name == name)


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda one: one.name)
def test_defaults_destroy_nothing(provider: Provider) -> None:
    assert not [one for one in consequences(provider, provider.default_options()) if one.destroys]


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda one: one.name)
def test_every_answer_that_destroys_is_said_first(provider: Provider) -> None:
    for option in provider.options:
        if option.destroys_when is None:
            continue
        options = provider.default_options().with_value(option.key, option.destroys_when)
        telling = consequences(provider, options)
        if option in provider.options_that_matter(options) and telling:
            assert telling[0].destroys


def test_a_list_name_is_said_with_its_consequence() -> None:
    provider = known("octopush")
    options = Options({**provider.default_options(), "list_name": "Spring"})
    assert any(one.sentence.startswith("List: Spring. ") for one in consequences(provider, options))


@pytest.mark.parametrize("name", ["sociocs", "emarsys"])
def test_a_number_that_stands_for_none_is_said_in_words(name: str) -> None:
    provider = known(name)
    options = provider.default_options().with_value("list_id", 0)
    if name == "emarsys":
        options = options.with_value("action", "create_and_list")
    [said] = [one for one in consequences(provider, options) if one.sentence.startswith("List number: ")]
    assert not said.sentence.startswith("List number: 0")
    assert said.place is Place.DESTINATION


def test_what_was_not_answered_is_not_said() -> None:
    provider = known("octopush")
    said = [one.sentence for one in consequences(provider, provider.default_options())]
    assert not any(sentence.startswith("List:") for sentence in said)
