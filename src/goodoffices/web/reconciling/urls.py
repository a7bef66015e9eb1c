"""Addresses of matchings. A matching goes by its room and the seq of its entry, a pair by its place in what was found.

Numbers of rows are in no address: they are posted.
"""

from django.urls import path

from goodoffices.web.reconciling import judging, matchings, outcomes, rows, telling

ROOM = "rooms/<id:room>/matching/"
ONE = ROOM + "<int:seq>/"

urlpatterns = [
    path(ROOM, matchings.matchings, name="matchings"),
    path(ONE, matchings.matching, name="matching"),
    path(ONE + "pairs/", matchings.pairs, name="pairs"),
    path(ONE + "pairs/<int:place>/", judging.pair, name="pair"),
    path(ONE + "pairs/next/", judging.following, name="next-pair"),
    path(ONE + "judge/", judging.judge, name="judge"),
    path(ONE + "certain/", judging.certain, name="certain-pairs"),
    path(ONE + "rows/", rows.rows, name="rows-alone"),
    path(ONE + "look/", rows.look, name="look-for"),
    path(ONE + "outcomes/", outcomes.outcomes, name="outcomes"),
    path(ONE + "tell/", telling.tell, name="tell-results"),
    path(ONE + "name/", telling.name, name="name-found"),
]
