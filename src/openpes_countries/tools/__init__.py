"""Small programs that freeze data into packs. They are run by hand and never at run time."""
