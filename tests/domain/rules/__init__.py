"""The engine, asked small rules made for the purpose."""
