"""One packed list a person instead of a row a suggestion; runs that tell how far they are, and what came out.

The old suggestions are let go: they were derived, and until the next run people see fresh matches.
"""

import django.db.models.deletion
from django.db import migrations, models


def forget_the_pointer(apps, schema_editor):
    apps.get_model("matching", "CurrentRun").objects.all().delete()


def times():
    return models.DateTimeField(blank=True, null=True)


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_initial"), ("jobseekers", "0001_initial")]

    operations = [
        migrations.RunPython(forget_the_pointer, migrations.RunPython.noop, elidable=True),
        migrations.DeleteModel(name="Suggestion"),
        migrations.AlterField("matchrun", "started_at", times()),
        migrations.AddField("matchrun", "asked_at", times()),
        migrations.AddField("matchrun", "heartbeat_at", times()),
        migrations.AddField("matchrun", "stop_asked_at", times()),
        migrations.AddField("matchrun", "step", models.CharField(blank=True, max_length=20)),
        migrations.AddField("matchrun", "done", models.PositiveIntegerField(default=0)),
        migrations.AddField("matchrun", "total", models.PositiveIntegerField(default=0)),
        migrations.AddField("matchrun", "version", models.CharField(blank=True, max_length=20)),
        migrations.AddField("matchrun", "inputs", models.JSONField(default=dict)),
        migrations.AddField("matchrun", "sharing", models.JSONField(default=dict)),
        migrations.AddField("matchrun", "unserved", models.JSONField(default=dict)),
        migrations.CreateModel(
            name="SuggestionList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("vacancies", models.BinaryField()),
                ("jobseeker", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+",
                                                to="jobseekers.jobseeker")),
                ("run", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE,
                                          related_name="+", to="matching.matchrun")),
            ],
            options={"constraints": [
                models.UniqueConstraint(fields=("run", "jobseeker"), name="one_list_a_run_and_person")]},
        ),
        migrations.CreateModel(
            name="TimesSuggested",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("vacancy_key", models.BigIntegerField()),
                ("people", models.PositiveIntegerField()),
                ("run", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE,
                                          related_name="+", to="matching.matchrun")),
            ],
            options={"constraints": [
                models.UniqueConstraint(fields=("run", "vacancy_key"), name="one_count_a_run_and_vacancy")]},
        ),
    ]
