"""How fast the engine is, measured beside a reference rule engine. Nothing here is needed to run the program."""
