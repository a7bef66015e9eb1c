"""Rooms and what is on their records."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("storage", "0001_accounts")]

    operations = [
        migrations.CreateModel(
            name="ActDone",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person", "act", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("person", models.CharField(max_length=32)),
                ("act", models.CharField(max_length=32)),
                ("content", models.CharField(max_length=64)),
                ("spans", models.TextField()),
            ],
            options={
                "db_table": "acts",
            },
        ),
        migrations.CreateModel(
            name="KeptParticular",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "room", "citation", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("room", models.CharField(max_length=32)),
                ("citation", models.CharField(max_length=66)),
                ("salt", models.BinaryField(max_length=16)),
                ("content", models.BinaryField()),
            ],
            options={
                "db_table": "particulars",
            },
        ),
        migrations.CreateModel(
            name="KeptSignature",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "room", "digest", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("room", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
            ],
            options={
                "db_table": "signatures",
            },
        ),
        migrations.CreateModel(
            name="Projection",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "room", "version", "size", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("room", models.CharField(max_length=32)),
                ("version", models.CharField(max_length=32)),
                ("size", models.BigIntegerField()),
                ("data", models.BinaryField()),
            ],
            options={
                "db_table": "projections",
            },
        ),
        migrations.CreateModel(
            name="RoomHead",
            fields=[
                ("room", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("root", models.BinaryField(max_length=32)),
                ("frontier", models.BinaryField()),
                ("at", models.CharField(max_length=32)),
                ("public", models.BooleanField()),
            ],
            options={
                "db_table": "rooms",
            },
        ),
        migrations.CreateModel(
            name="SeatHeld",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person", "room", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("person", models.CharField(max_length=32)),
                ("room", models.CharField(max_length=32)),
                ("until", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "seats",
            },
        ),
        migrations.CreateModel(
            name="TreeNode",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "room", "level", "index", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("room", models.CharField(max_length=32)),
                ("level", models.SmallIntegerField()),
                ("index", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "db_table": "nodes",
            },
        ),
        migrations.CreateModel(
            name="EntryLine",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "room", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("room", models.CharField(max_length=32)),
                ("seq", models.BigIntegerField()),
                ("line", models.BinaryField()),
                ("leaf", models.BinaryField(max_length=32)),
            ],
            options={
                "db_table": "entries",
                "indexes": [models.Index(fields=["room", "leaf"], name="entries_by_leaf")],
            },
        ),
    ]
