package io.partita.member.drill.check;

import io.partita.member.drill.history.Call;
import io.partita.member.drill.history.Histories;
import io.partita.member.drill.history.Movement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Collects the operations and rows that show violations: histories and journal are read once more, only if there are any. */
final class EvidenceSearch {

    private static final List<String> COLUMNS = List.of("source", "evidence");
    private static final int MOST_CALLS = 12;
    private static final int MOST_ROWS = 8;

    private final Journal journal;
    private final Histories histories;
    private final Map<UUID, List<List<String>>> calls = new HashMap<>();

    EvidenceSearch(Journal journal, Histories histories) {
        this.journal = journal;
        this.histories = histories;
    }

    List<Finding> findings(List<Rule> rules) {
        Set<UUID> ids = new HashSet<>();
        rules.forEach(rule -> rule.suspicions().forEach(suspicion -> ids.addAll(suspicion.ids())));
        ids.remove(null);
        if (!ids.isEmpty()) {
            histories.forEach(call -> collect(call, ids));
        }
        return rules.stream().map(this::finding).toList();
    }

    private void collect(Call call, Set<UUID> ids) {
        List<String> lines = null;
        for (int i = 0; i < call.movements().size(); i++) {
            Movement movement = call.movements().get(i);
            if (ids.contains(movement.id())) {
                lines = lines == null ? call.lines(histories.origin()) : lines;
                List<List<String>> found = calls.computeIfAbsent(movement.id(), id -> new ArrayList<>());
                if (found.size() < MOST_CALLS) {
                    found.add(List.of("history", lines.get(i)));
                }
            }
        }
    }

    private Finding finding(Rule rule) {
        return new Finding(rule.rule(), rule.name(), rule.violations() == 0, rule.counts(), rule.violations(),
                rule.suspicions().stream().map(this::violation).toList());
    }

    private Finding.Violation violation(Rule.Suspicion suspicion) {
        List<List<String>> evidence = new ArrayList<>(suspicion.direct());
        suspicion.ids().forEach(id -> evidence.addAll(calls.getOrDefault(id, List.of())));
        if (!suspicion.ids().isEmpty()) {
            journal.find(suspicion.ids()).stream().limit(MOST_ROWS * 2L).forEach(row -> add(evidence, row));
        }
        if (suspicion.account() != 0) {
            journal.last(suspicion.account(), suspicion.position(), MOST_ROWS).forEach(row -> add(evidence, row));
        }
        return new Finding.Violation(suspicion.what(), COLUMNS, evidence);
    }

    private static void add(List<List<String>> evidence, Journal.Placed row) {
        List<String> line = List.of("journal", row.toString());
        if (!evidence.contains(line)) {
            evidence.add(line);
        }
    }
}
