"""The life of recognitions."""
