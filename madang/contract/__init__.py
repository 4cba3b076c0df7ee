"""What the portal and the backends agree on. Clients, the reference backend and openapi.json derive from it."""
