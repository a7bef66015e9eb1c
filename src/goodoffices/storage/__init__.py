"""The Django app that keeps records and accounts: models, migrations, and the ports on a database and on files."""
