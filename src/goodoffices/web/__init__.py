"""The pages: one folder a screen, server-rendered, under a strict content security policy."""
