package io.partita.member.drill.report;

import io.partita.member.drill.check.Finding;
import java.util.List;
import java.util.Optional;

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
        Optional<String> money = money(findings);
        if (failed.isEmpty()) {
            String all = findings.size() == 1 ? "the one check held" : "all " + findings.size() + " checks held";
            return money.map(kept -> kept + ", and " + all).orElse(Text.capital(all)) + ".";
        }
        // Whoever reads that something failed wants to know first whether it was money.
        String broken = broken(findings.size(), failed);
        return money.filter(_ -> failed.stream().noneMatch(Sentence::ofMoney)).map(kept -> kept + ", but " + Text.uncapital(broken)).orElse(broken);
    }

    private static boolean ofMoney(Finding finding) {
        return finding.rule().startsWith(Rules.INVARIANT);
    }

    /** That what was acknowledged is in the journal, if that was checked and held. An answer that is given again counts again. */
    private static Optional<String> money(List<Finding> findings) {
        return findings.stream().filter(finding -> finding.rule().equals(Rules.EXACTLY_ONCE) && finding.passed()).findFirst()
                .map(finding -> finding.counted().stream().filter(count -> count.what().startsWith(Rules.ACKNOWLEDGED)).findFirst()
                        .map(count -> "Whatever was acknowledged, in " + Text.count(count.number(), "answer") + ", is in the journal exactly once")
                        .orElse("Whatever was acknowledged is in the journal exactly once"));
    }

    private static String broken(int findings, List<Finding> failed) {
        Finding first = failed.getFirst();
        String rest = failed.size() == 1 ? "" : failed.size() == 2 ? ", and another check failed" : ", and " + (failed.size() - 1) + " other checks failed";
        return "It does not hold that %s: %s%s; %d of %d checks held.".formatted(Text.uncapital(Text.withoutStop(first.name())),
                Text.count(first.violations(), "violation"), rest, findings - failed.size(), findings);
    }
}
