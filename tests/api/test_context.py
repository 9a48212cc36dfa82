"""What is computed once for each snapshot."""

from __future__ import annotations

from trihelix.api.context import Answers
from trihelix.graph.view import View


def test_a_view_is_projected_once(answers: Answers) -> None:
    assert answers.network(View()) is answers.network(View())
    assert answers.network(View(events=("Signing",))) is not answers.network(View())
