"""The assessment desk and the decision."""
