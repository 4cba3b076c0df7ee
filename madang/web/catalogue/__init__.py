"""The portal's own copy of the backends' catalogue: its sync, its snapshot on disk, its search.

``store.CatalogueStore`` keeps it fresh, ``shelf.Shelf`` is what views read, ``search.Hits`` what a search gives.
"""
