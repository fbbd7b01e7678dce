"""Runs that draw lots and can be continued; what interactions a programme asks about."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_ask'),
        ('sampling', '0003_ask'),
    ]

    operations = [
        migrations.AddField(
            model_name='decision',
            name='programme',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='sampling.programme'),
        ),
        migrations.AddField(
            model_name='programme',
            name='about',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='run',
            name='day',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='run',
            name='draw',
            field=models.JSONField(null=True),
        ),
        migrations.AlterField(
            model_name='decision',
            name='interaction',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.interaction'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('interaction', None)), fields=('run', 'customer'), name='decided_once'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('interaction__isnull', False)), fields=('interaction', 'programme'), name='decided_once_about_an_interaction'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.UniqueConstraint(fields=('programme', 'day'), name='one_run_a_day'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.UniqueConstraint(condition=models.Q(('finished_at', None)), fields=('programme',), name='one_run_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.UniqueConstraint(condition=models.Q(('day', None)), fields=('wave',), name='one_run_of_a_sending'),
        ),
    ]
