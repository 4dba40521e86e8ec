"""The parts of a report, each made from an inference, its case and the knowledge base."""
