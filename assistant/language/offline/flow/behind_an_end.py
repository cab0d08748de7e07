"""Steps told behind the end of a branch: the branch is over, so they go on behind the choice and are not lost."""

from __future__ import annotations

from assistant.language.offline.flow.nodes import Node


def go_on(nodes: list[Node]) -> list[Node]:
    """The tree in which nothing stands behind an end within a branch.

    "Four in ten we have. Then she lends it out, done. She writes to the publisher": she writes for the six others.
    """
    done: list[Node] = []
    for node in nodes:
        behind: list[Node] = []
        for arm in node.arms:
            arm.nodes = go_on(arm.nodes)
            if node.kind == "choice" and (stop := _last_word(arm.nodes)) is not None:
                behind += arm.nodes[stop + 1 :]
                arm.nodes = [each for each in arm.nodes[:stop] if each.kind != "end"] + [arm.nodes[stop]]
        done += [node, *behind]
    return done


def _last_word(nodes: list[Node]) -> int | None:
    """Where a branch is over: at its first end, or at that of the next sentence ("lends it, done. Packs it, done.")."""
    ends = [place for place, node in enumerate(nodes) if node.kind == "end"]
    if not ends:
        return None
    stop = ends[0]
    for place in ends[1:]:
        if nodes[place].sentence != nodes[stop].sentence + 1:
            break
        stop = place
    return stop
