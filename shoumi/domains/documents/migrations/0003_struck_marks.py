from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_documents_restriction_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="struck_marks",
            field=models.JSONField(blank=True, default=list, verbose_name="作废的标志"),
        ),
    ]
