from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_uploads'),
    ]

    operations = [
        migrations.AlterField(
            model_name='upload',
            name='kind',
            field=models.CharField(choices=[('customers', 'Customers'), ('accounts', 'Accounts'), ('answers', 'Historic answers'), ('interactions', 'Interactions'), ('panel', "Competitors' scores"), ('key_figures', 'Key figures of units'), ('targets', 'Targets'), ('reports', 'Complaints and other reports')], max_length=12),
        ),
    ]
