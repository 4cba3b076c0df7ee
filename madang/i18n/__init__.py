"""Languages, pure: locales, negotiation, six-language text, CLDR formats. Imports nothing else of ours."""
