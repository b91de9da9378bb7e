package io.partita.member.drill.report;

import io.partita.member.drill.check.Finding;
import java.util.List;

/** The verdict as one sentence, which says no more than what was checked. */
final class Sentence {

    private Sentence() {
    }

    static String of(DrillReport report) {
        List<Finding> findings = report.findings();
        if (findings.isEmpty()) {
            return "Nothing was checked, so nothing is proved.";
        }
        List<Finding> failed = findings.stream().filter(finding -> !finding.passed()).toList();
        return failed.isEmpty() ? held(report) : failed(findings.size(), failed);
    }

    private static String held(DrillReport report) {
        String checks = findingsHeld(report.findings().size());
        return report.findings().stream().filter(finding -> finding.rule().equals(Rules.EXACTLY_ONCE) && !finding.counted().isEmpty())
                .map(finding -> finding.counted().getFirst().number()).findFirst()
                .map(count -> (count == 1 ? "The one acknowledged transfer is" : "All " + Text.number(count) + " acknowledged transfers are")
                        + " in the journal exactly once, and " + checks + ".")
                .orElse(Text.capital(checks) + ".");
    }

    private static String findingsHeld(int findings) {
        return findings == 1 ? "the one check held" : "all " + findings + " checks held";
    }

    private static String failed(int findings, List<Finding> failed) {
        Finding first = failed.getFirst();
        String rest = failed.size() == 1 ? "" : failed.size() == 2 ? ", and another check failed" : ", and " + (failed.size() - 1) + " other checks failed";
        return "It does not hold that %s: %s%s; %d of %d checks held.".formatted(Text.uncapital(Text.withoutStop(first.name())),
                Text.count(first.violations(), "violation"), rest, findings - failed.size(), findings);
    }
}
