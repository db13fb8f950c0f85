"""检索词: pieces of words by label, and the index of each database over them."""

import django.db.models.deletion
from django.db import migrations, models

SQLITE = [
    # ascii: every character beyond ASCII is part of a word, so that a piece stays one.
    """CREATE VIRTUAL TABLE access_searchindex USING fts5(
         words, content='access_searchwords', content_rowid='label_id', tokenize='ascii', detail='none')""",
    """CREATE TRIGGER access_searchwords_insert AFTER INSERT ON access_searchwords
       BEGIN INSERT INTO access_searchindex (rowid, words) VALUES (NEW.label_id, NEW.words); END""",
    """CREATE TRIGGER access_searchwords_delete AFTER DELETE ON access_searchwords
       BEGIN INSERT INTO access_searchindex (access_searchindex, rowid, words)
         VALUES ('delete', OLD.label_id, OLD.words); END""",
    """CREATE TRIGGER access_searchwords_update AFTER UPDATE ON access_searchwords
       BEGIN
         INSERT INTO access_searchindex (access_searchindex, rowid, words)
           VALUES ('delete', OLD.label_id, OLD.words);
         INSERT INTO access_searchindex (rowid, words) VALUES (NEW.label_id, NEW.words);
       END""",
]
POSTGRES = [
    """CREATE INDEX access_searchwords_pieces ON access_searchwords
       USING gin (string_to_array(words, ' ')) WITH (fastupdate = off)"""
]


def forwards(apps, editor):
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRES:
        editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="SearchWords",
            fields=[
                (
                    "label",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="access.label",
                        verbose_name="密级标签",
                    ),
                ),
                ("words", models.TextField(verbose_name="检索词")),
            ],
            options={"verbose_name": "检索词"},
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
