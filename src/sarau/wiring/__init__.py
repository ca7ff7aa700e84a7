"""The composition root: builds adapters, registers tables, reactions, jobs and routes; the programs begin here."""
