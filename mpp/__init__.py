"""The application: put together from the other packages; people, devices, settings, commands, migrations."""
