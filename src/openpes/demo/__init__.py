"""The demonstration nation: synthetic people, employers, vacancies and nine months of history, from one seed.

The same seed, sizes and instant give the same nation: references, names, dates. Its shape follows the published
figures of the country's pack (`country.demo`, towns, education ladder, minimum wages); what no figure says is drawn by
plain assumptions, written where they are used. Every row is labelled synthetic, and none is ever a result of the
service.

    building.build_nation(...)         draws and writes; does nothing where a nation already stands
    signing_in.demo_accounts()         who may be entered on the demo sign-in page

The rooms own their tables: this package draws, and hands whole batches to each room's `seeding`.
"""
