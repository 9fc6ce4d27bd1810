"""The [cleaning] table of a recipe: what was decided about cells that could be read in several ways.

Knows rules and their words in a file; refuses to know the rest of a recipe.

    [cleaning.gender]
    words = {"Sig.na" = "f", "n.b." = ""}   # word in the file = the provider's value; "" leaves it empty
    [cleaning.email]
    words = {"gmial.com" = "gmail.com"}     # in an e-mail field: domain = the domain that was meant
    [cleaning.birthdate]
    dates = "day_first"                     # or "month_first": how 03/04/1980 is read
    [cleaning.phoneNumber]
    number = "mobile"                       # or "first": which of several numbers in a cell
    zero = true                             # put back a 0 in front that Excel took away
    [cleaning.surname]
    case = "names"                          # ROSSI becomes Rossi; or "lower", "upper"
    cut = true                              # shorten what is too long
"""

from __future__ import annotations

import tomlkit
from tomlkit.items import Table

from app.contacts.rules import Rules, plain_rules, rule_from
from app.flow.draft import ImportDraft
from app.flow.recipe_fields import NotUnderstood
from app.language import tr
from app.problems import RecipeProblem


def rules_in(table: object) -> Rules:
    """What the table says. Raises NotUnderstood."""
    if not isinstance(table, dict):
        raise NotUnderstood(tr("[cleaning] has to be a table: field = what was decided about it."))
    rules = Rules()
    for key, said in table.items():
        try:
            rules = rules.with_rule(str(key), rule_from(said if isinstance(said, dict) else {"": said}))
        except ValueError as error:
            raise NotUnderstood(
                tr("[cleaning] says something unknown about {field}: {why}.", field=str(key), why=str(error))
            ) from error
    return rules


def cleaning_table(rules: Rules) -> Table:
    """The table's content."""
    table = tomlkit.table(is_super_table=True)
    for key, plain in plain_rules(rules).items():
        rule = tomlkit.table()
        for name, value in plain.items():
            if isinstance(value, dict):
                words = tomlkit.inline_table()
                words.update(value)
                rule[name] = words
            else:
                rule[name] = value
        table[key] = rule
    return table


def with_rules(draft: ImportDraft, rules: Rules) -> ImportDraft:
    """The draft with these rules. Raises RecipeProblem where they are about a field that is not there."""
    for key, _ in rules.by_field:
        if draft.schema.field(key) is None:
            raise RecipeProblem(
                tr('{provider} has no field "{key}".', provider=draft.provider.title, key=key),
                tr("Fields it has: {fields}.", fields=", ".join(one.key for one in draft.schema.fields)),
            )
    return draft.with_rules(rules)
