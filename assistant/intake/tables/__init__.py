"""The one door for tables: bytes of any kind (CSV, Excel, Parquet, XES; each also .gz) become a header and rows."""
