"""The report: what is known of the portal's accessibility, from evidence, in the formats that others read."""
