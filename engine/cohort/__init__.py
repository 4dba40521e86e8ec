"""The second evaluator: the same knowledge compiled to arrays, for many cases at once.

`engine.infer` reasons about one person with a full trace; this package gives the same rules, statuses, steps, flags,
explanations and scores for thousands of cases. A differential test keeps the two together to the digit.
"""
