package io.partita.member.drill.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds what the members show once everything is quiet against the fold of the journal, account by account. */
final class GridCheck {

    private GridCheck() {
    }

    /** What differs; empty if nothing does. */
    static List<Rule.Suspicion> differences(Shown shown, Map<Long, Fold.Account> accounts) {
        List<Rule.Suspicion> differences = new ArrayList<>();
        accounts.forEach((id, account) -> {
            Shown.Line line = shown.accounts().get(id);
            if (line == null || !line.sums().equals(account.sums())) {
                differences.add(Rule.Suspicion.of("account %d: %s shows %s, the journal says %s".formatted(id, shown.source(),
                        line == null ? "nothing" : line.sums(), account.sums())).withAccount(id, Long.MAX_VALUE)
                        .with(shown.source(), "account %d: %s".formatted(id, line)).with("fold", "account %d: %s".formatted(id, account.sums())));
            }
        });
        shown.accounts().keySet().stream().filter(id -> !accounts.containsKey(id)).forEach(id -> differences.add(
                Rule.Suspicion.of("account %d: %s shows it, and the journal does not know it".formatted(id, shown.source()))));
        return differences;
    }
}
