"""Forms as data, pure: model, parse, rules, validate, summary. Portal and backend use the same rules."""
