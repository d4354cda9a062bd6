"""A scan in SARIF: passages at their places, files that were not read, nothing of the texts."""

import json

from sample_result import sample

from kejidiff.view.json_text import dumps
from kejidiff.view.sarif_scan import RULES, scan_sarif


def test_every_passage_is_a_result_at_its_place() -> None:
    """As many results as passages; both sides are located, by offsets that are the passage's own."""
    result = sample()
    found = [one for one in scan_sarif(result, "en")["runs"][0]["results"] if one["ruleId"] == "reuse"]
    passages = [passage for comparison in result.comparisons for passage in comparison.passages]
    assert passages
    regions = [
        [one[side][0]["physicalLocation"]["region"] for side in ("locations", "relatedLocations")] for one in found
    ]
    assert [[(region["charOffset"], region["charLength"]) for region in both] for both in regions] == [
        [(span.start, span.length) for span in (passage.left, passage.right)] for passage in passages
    ]


def test_what_was_not_read_is_a_result() -> None:
    """Whoever looks at results only is not left to think that all was compared."""
    result = sample()
    run = scan_sarif(result, "en")["runs"][0]
    told = [one["message"]["text"] for one in run["results"] if one["ruleId"] == "incomplete"]
    assert bool(told) is not result.complete
    assert run["properties"] == {"complete": result.complete}


def test_results_name_rules_that_are_there() -> None:
    """3.27.5 and 3.27.6 of the standard: the index is the rule's; a fingerprint tells results apart."""
    run = json.loads(dumps(scan_sarif(sample(), "zh")))["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == list(RULES)
    assert all(rules[one["ruleIndex"]] == one["ruleId"] for one in run["results"])
    marks = [one["partialFingerprints"]["kejidiff/v1"] for one in run["results"]]
    assert len(set(marks)) == len(marks)
