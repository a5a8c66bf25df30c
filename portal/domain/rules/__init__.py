"""Rules as data and the engine that reads them: clauses, versions, evaluation, explanation, lint."""
