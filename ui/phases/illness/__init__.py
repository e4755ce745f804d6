"""The chapter *Illness and history*: diagnoses, medication, the history as a form, the timeline."""
