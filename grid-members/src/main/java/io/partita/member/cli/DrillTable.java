package io.partita.member.cli;

import io.partita.member.drill.Drill;
import java.util.List;

/** The drills as a table to read. */
final class DrillTable {

    private static final int WIDTH = 46;

    private DrillTable() {
    }

    static String text(List<Drill> drills) {
        int name = drills.stream().mapToInt(drill -> drill.name().length()).max().orElse(0);
        StringBuilder table = new StringBuilder();
        row(table, name, "drill", "what is broken", "what must hold, beside the six invariants");
        row(table, name, "-".repeat(name), "-".repeat(WIDTH), "-".repeat(WIDTH));
        drills.forEach(drill -> row(table, name, drill.name(), drill.breaks(), drill.holds()));
        row(table, name, "all", "each of them in turn, on one cluster", "");
        return table.toString();
    }

    private static void row(StringBuilder table, int width, String name, String breaks, String holds) {
        List<String> left = wrapped(breaks);
        List<String> right = wrapped(holds);
        for (int i = 0; i < Math.max(1, Math.max(left.size(), right.size())); i++) {
            table.append(("%-" + width + "s  %-" + WIDTH + "s  %s").formatted(i == 0 ? name : "",
                    i < left.size() ? left.get(i) : "", i < right.size() ? right.get(i) : "").stripTrailing()).append(System.lineSeparator());
        }
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new java.util.ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
