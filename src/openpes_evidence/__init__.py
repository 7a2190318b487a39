"""Evidence from registers and surveys: indicators, disclosure control, exchange formats. Data in, tables out."""
