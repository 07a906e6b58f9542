"""What three independent checkers make of a handout.

    pdf.py PATH

asks `page-validation` (the whole PDF/UA-1 profile), `outloud` (its layer of conformance; the other one guesses
what a person should look at) and `pdfua` (a subset). Exit code 1 if one of them finds an error.
"""

import json
import subprocess
import sys

import outloud  # noqa: F401  (the test asks whether it can be imported)
import page
import pdfua  # noqa: F401


def with_page(path):
    report = page.validate_pdf(path, profile=page.ValidationProfile.PDF_UA_1)
    assert report.rules.total > 100, f"only {report.rules.total} rules were checked"
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def with_program(module, *arguments):
    """The findings of a program of this Python that ends with an error code if it has any."""
    call = f"import sys; sys.argv[0] = '{module}'; from {module}.cli import main; sys.exit(main())"
    done = subprocess.run([sys.executable, "-c", call, *arguments], capture_output=True, text=True)
    return [] if done.returncode == 0 else [done.stdout + done.stderr]


def main(path):
    findings = {
        "page-validation": with_page(path),
        "outloud": with_program("outloud", path, "--layer", "conformance"),
        "pdfua": with_program("pdfua", "check", path),
    }
    print(json.dumps(findings, ensure_ascii=False, indent=1))
    return 1 if any(findings.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
