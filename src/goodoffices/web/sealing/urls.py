"""Addresses of sealed exchanges. An exchange goes by its room and the seq of the entry that proposed it."""

from django.urls import path

from goodoffices.web.sealing import files, keys, listing, proposing, steps, views

ROOM = "rooms/<id:room>/exchange/"
ONE = ROOM + "<int:seq>/"

urlpatterns = [
    path("exchanges/", listing.exchanges, name="exchanges"),
    path(ROOM, views.of_room, name="exchanges-of-room"),
    path(ROOM + "keys/", keys.name, name="sealing-keys"),
    path(ROOM + "keys/test/", keys.prove, name="recovery-test"),
    path(ROOM + "keys/replace/", keys.replace, name="replace-keys"),
    path(ROOM + "keys/keep/", keys.keep, name="keep-key"),
    path(ROOM + "propose/", proposing.propose, name="propose-exchange"),
    path(ONE, views.exchange, name="exchange"),
    path(ONE + "seal/", steps.seal, name="seal-paper"),
    path(ONE + "hold/", steps.hold, name="hold-papers"),
    path(ONE + "release/", steps.release, name="release-papers"),
    path(ONE + "open/", steps.open_, name="open-paper"),
    path(ONE + "table/<slug:code>/", steps.table, name="table-paper"),
    path(ONE + "exchange.json", files.terms, name="exchange-file"),
    path(ONE + "<slug:code>.sealed", files.sealed, name="sealed-file"),
    path(ONE + "<slug:code>.released", files.released, name="released-file"),
    path(ONE + "bytes/<str:digest>/", files.bytes_, name="exchange-bytes"),
]
