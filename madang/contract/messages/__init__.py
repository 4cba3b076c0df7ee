"""Typed messages of the contract, one module per API group. All are frozen msgspec structs; times are UTC."""
