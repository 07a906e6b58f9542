"""What independent checkers make of handouts, in one go, because starting them takes longer than asking them.

    pdf.py PATH...

asks `page-validation` (the whole profiles of PDF/UA-1 and PDF/A-2a), `outloud` (its layer of conformance; the other one
guesses what a person should look at), `pdfua` (a subset) and `pdfa.py` (the rules of PDF/A-2 that concern us, with
pikepdf). Prints, for each path and checker, the findings as a rule and what it says; warnings, and rules that could not
be tried, are findings too.
"""

import json
import logging
import sys
from concurrent.futures import ProcessPoolExecutor

import outloud
import page
import pdfa
import pdfua

logging.disable(logging.CRITICAL)


def with_page(path, profile=page.ValidationProfile.PDF_UA_1):
    report = page.validate_pdf(path, profile=profile)
    assert report.rules.total > 100, f"only {report.rules.total} rules were checked"
    return [[failure.rule_id, failure.message] for failure in report.failures]


def with_outloud(path):
    result = outloud.check(path, layers={"conformance"})
    assert result.error is None, result.error
    findings = [[found.rule, f"{found.message}: {found.evidence}"] for found in result.findings if found.severity != "info"]
    crashed = [[run.rule, f"crashed: {run.reason}"] for run in result.runs if run.status == "crashed"]
    return findings + crashed


def with_pdfua(path):
    report = pdfua.validate(path)
    findings = [[found.rule_id, found.message] for found in report.findings if found.severity > pdfua.Severity.INFO]
    return findings + [[run.rule_id, f"skipped: {run.skipped_reason}"] for run in report.skipped]


def with_page_as_archive(path):
    return with_page(path, page.ValidationProfile.PDF_A_2A)


JUDGES = {
    "page-validation": with_page,
    "page-validation 2a": with_page_as_archive,
    "outloud": with_outloud,
    "pdfua": with_pdfua,
    "pdfa": pdfa.findings,
}


def judged(path):
    return {name: judge(path) for name, judge in JUDGES.items()}


if __name__ == "__main__":
    with ProcessPoolExecutor(2) as pool:
        print(json.dumps(dict(zip(sys.argv[1:], pool.map(judged, sys.argv[1:])))))
