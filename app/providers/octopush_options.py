"""What Octopush lets the user decide: lists, tags, and what happens to contacts that are already there.

Only declares; what an option does to the request is octopush.py's.
"""

from __future__ import annotations

from app.language import mark
from app.providers.options import Option, OptionKind, Place

LIST_NAME_LENGTH = 30  # documented
TAG_NAME_LENGTH = 20  # documented
MOST_CONTACTS = 500  # not documented for contacts; what the neighbouring calls take

OPTIONS = (
    Option(
        "list_name",
        mark("List"),
        OptionKind.TEXT,
        "",
        Place.DESTINATION,
        consequence=mark("Everyone is put into the list with this name; Octopush makes it if there is none."),
        wire_name="list_name",
        creatable=True,
        max_length=LIST_NAME_LENGTH,
    ),
    Option(
        "list_names",
        mark("More lists"),
        OptionKind.TEXTS,
        (),
        Place.DESTINATION,
        consequence=mark("Everyone is put into each of these lists too."),
        wire_name="list_names",
        creatable=True,
        max_length=LIST_NAME_LENGTH,
    ),
    Option(
        "tag_name",
        mark("Tag"),
        OptionKind.TEXT,
        "",
        Place.DESTINATION,
        consequence=mark("Everyone gets the tag with this name; Octopush makes it if there is none."),
        wire_name="tag_name",
        max_length=TAG_NAME_LENGTH,
    ),
    Option(
        "tag_names",
        mark("More tags"),
        OptionKind.TEXTS,
        (),
        Place.DESTINATION,
        consequence=mark("Everyone gets each of these tags too."),
        wire_name="tag_names",
        max_length=TAG_NAME_LENGTH,
    ),
    Option(
        "do_not_overwrite",
        mark("Keep contacts that already exist"),
        OptionKind.SWITCH,
        True,
        Place.EXISTING,
        when_on=mark(
            "A contact whose number is already in Octopush is left as it is, and what your file says about "
            "it is ignored. Octopush's documents contradict each other here: try it with one contact first."
        ),
        when_off=mark(
            "A contact whose number is already in Octopush is overwritten with what your file says. "
            "Octopush's documents contradict each other here: try it with one contact first."
        ),
        wire_name="do_not_overwrite",
        destroys_when=False,
    ),
    Option(
        "un_list",
        mark("Take people out of their other lists"),
        OptionKind.SWITCH,
        False,
        Place.EXISTING,
        when_on=mark("The people of your file are taken out of all lists they are in."),
        when_off=mark("People stay in the lists they are in."),
        wire_name="un_list",
        destroys_when=True,
    ),
    Option(
        "un_tag",
        mark("Remove people's other tags"),
        OptionKind.SWITCH,
        False,
        Place.EXISTING,
        when_on=mark("The people of your file lose all tags they have."),
        when_off=mark("People keep the tags they have."),
        wire_name="un_tag",
        destroys_when=True,
    ),
    Option(
        "auto_delete_optout_contacts",
        mark("Drop people who opted out"),
        OptionKind.SWITCH,
        False,
        Place.EXISTING,
        when_on=mark(
            "Octopush drops the people of your file who have asked for no more messages; its answer does not "
            "say who they were."
        ),
        when_off=mark("People who have asked for no more messages are added like everyone else."),
        wire_name="auto_delete_optout_contacts",
        destroys_when=True,
    ),
    Option(
        "batch_size",
        mark("Contacts per request"),
        OptionKind.INTEGER,
        200,
        Place.MORE,
        consequence=mark(
            "Octopush does not say how many it takes at once; 200 is a careful number, 500 the most this "
            "program sends."
        ),
    ),
)
