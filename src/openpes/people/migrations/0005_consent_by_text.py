from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_consent_for_one_partner'),
    ]

    operations = [
        migrations.AlterField(
            model_name='consent',
            name='way',
            field=models.CharField(choices=[('self_on_screen', 'self_on_screen'), ('read_aloud', 'read_aloud'), ('by_text', 'by_text'), ('guardian', 'guardian')], max_length=20),
        ),
    ]
