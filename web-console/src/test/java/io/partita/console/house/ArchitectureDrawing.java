package io.partita.console.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/** Draws the house as SVG: modules as rooms, packages as cards in them, arrows from a room to the rooms that it uses. */
final class ArchitectureDrawing {

    /** Where the drawing is kept. */
    static final Path FILE = House.FOLDER.resolve("docs/images/architecture.svg");

    private static final int MARGIN = 32;
    private static final int CARD_WIDTH = 216;
    private static final int GAP = 14;
    private static final int PADDING = 20;
    private static final int HEAD = 62;
    private static final int CORRIDOR = 64;
    private static final int CHARACTERS = 36;

    private static final String STYLE = """
            .paper { fill: #f6f4ef } .room { fill: #ffffff; stroke: #d9d4c7 } .card { fill: #faf9f6; stroke: #e4e0d5 }
            text { font-family: Inter, "Segoe UI", "Helvetica Neue", Arial, sans-serif; fill: #24211b }
            .title { font-size: 24px; font-weight: 650 } .lead { font-size: 13.5px; fill: #6d675a }
            .name { font-size: 17px; font-weight: 650 } .purpose { font-size: 12px; fill: #6d675a }
            .package { font-size: 13px; font-weight: 600; font-family: "JetBrains Mono", Menlo, Consolas, monospace }
            .about { font-size: 11px; fill: #6d675a } .uses { font-size: 10.5px; fill: #8a6d1f }
            .empty { font-size: 12px; font-style: italic; fill: #8d8778 }
            .arrow { fill: none; stroke: #b08d2e; stroke-width: 2.5 } .head { fill: #b08d2e } .band { fill: #b08d2e }
            @media (prefers-color-scheme: dark) {
              .paper { fill: #16181c } .room { fill: #1e2127; stroke: #343943 } .card { fill: #252932; stroke: #3a404c }
              text { fill: #eceae4 } .lead, .purpose, .about { fill: #a3a7b0 } .uses { fill: #d9b650 } .empty { fill: #7f8490 }
              .arrow { stroke: #d9b650 } .head, .band { fill: #d9b650 }
            }
            """;

    private static final Map<String, String> PURPOSES = Map.of(
            "web-console", "The Vaadin console: what people see and steer",
            "grid-members", "The server: grid, database, REST, tools",
            "jet-pipelines", "Streaming jobs",
            "entry-processors", "The domain: values, commands, state machines, clients",
            "gpu-kernels", "Numeric kernels, on a CPU or a device");

    private final House house;
    private final StringBuilder svg = new StringBuilder();
    private final Map<String, Box> boxes = new HashMap<>();

    private record Box(int x, int y, int width, int height) {
        int right() {
            return x + width;
        }

        int bottom() {
            return y + height;
        }
    }

    private ArchitectureDrawing(House house) {
        this.house = house;
    }

    static String of(House house) {
        return new ArchitectureDrawing(house).draw();
    }

    private String draw() {
        int columnsLeft = 2;
        int columnsRight = 3;
        int width = 2 * MARGIN + roomWidth(columnsLeft) + CORRIDOR / 2 + roomWidth(columnsRight);
        int right = width - MARGIN - roomWidth(columnsRight);
        int top = 96;

        int first = Math.max(room("web-console", MARGIN, top, columnsLeft), room("grid-members", right, top, columnsRight));
        int second = room("jet-pipelines", width - MARGIN - roomWidth(columnsLeft), first + CORRIDOR, columnsLeft);
        int third = Math.max(room("entry-processors", MARGIN, second + CORRIDOR, columnsRight),
                room("gpu-kernels", width - MARGIN - roomWidth(columnsLeft), second + CORRIDOR, columnsLeft));

        Map<String, SortedSet<String>> uses = house.usesByModule();
        StringBuilder arrows = new StringBuilder();
        uses.forEach((from, targets) -> targets.forEach(to -> arrows.append(arrow(from, to))));
        int height = third + MARGIN;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" role="img" aria-label="Modules and packages of Partita">
                <style>
                %s</style>
                <defs><marker id="tip" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="5" markerHeight="5" orient="auto"><path class="head" d="M0 0 10 5 0 10z"/></marker></defs>
                <rect class="paper" width="%d" height="%d" rx="16"/>
                <text class="title" x="%d" y="50">The house of Partita</text>
                <text class="lead" x="%d" y="74">Drawn from the compiled code. A room is a module, a card a package; an arrow points to what a room uses, and so does a card&#8217;s last line.</text>
                %s%s</svg>
                """.formatted(width, height, width, STYLE, width, height, MARGIN, MARGIN, arrows, svg);
    }

    private static int roomWidth(int columns) {
        return 2 * PADDING + columns * CARD_WIDTH + (columns - 1) * GAP;
    }

    /** Draws a room with its cards; answers its lower edge. */
    private int room(String module, int x, int y, int columns) {
        List<House.Package> packages = house.rooms().stream().filter(room -> room.module().equals(module))
                .flatMap(room -> room.packages().values().stream()).toList();
        StringBuilder cards = new StringBuilder();
        int row = y + HEAD;
        for (int i = 0; i < packages.size(); i += columns) {
            List<Card> inRow = packages.subList(i, Math.min(i + columns, packages.size())).stream().map(Card::of).toList();
            int height = inRow.stream().mapToInt(Card::height).max().orElseThrow();
            for (int column = 0; column < inRow.size(); column++) {
                cards.append(inRow.get(column).draw(x + PADDING + column * (CARD_WIDTH + GAP), row, height));
            }
            row += height + GAP;
        }
        if (packages.isEmpty()) {
            cards.append(text("empty", x + PADDING, row + 10, "empty: its first domain comes later"));
            row += 24 + GAP;
        }
        Box box = new Box(x, y, roomWidth(columns), row - GAP + PADDING - y);
        boxes.put(module, box);
        svg.append("<rect class=\"room\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"12\"/>%n".formatted(box.x, box.y, box.width, box.height))
                .append("<rect class=\"band\" x=\"%d\" y=\"%d\" width=\"28\" height=\"4\" rx=\"2\"/>%n".formatted(x + PADDING, y))
                .append(text("name", x + PADDING, y + 31, module))
                .append(text("purpose", x + PADDING, y + 49, PURPOSES.getOrDefault(module, "")))
                .append(cards);
        return box.bottom();
    }

    /** Straight down where the rooms lie above each other. */
    private String arrow(String from, String to) {
        Box upper = boxes.get(from);
        Box lower = boxes.get(to);
        int left = Math.max(upper.x, lower.x);
        int right = Math.min(upper.right(), lower.right());
        // Beside the room in the middle row, not through it.
        Box middle = boxes.get("jet-pipelines");
        if (!Set.of(from, to).contains("jet-pipelines") && left < middle.x && right > middle.x) {
            right = middle.x;
        }
        int x = (left + right) / 2;
        return "<path class=\"arrow\" marker-end=\"url(#tip)\" d=\"M%d %dV%d\"><title>%s uses %s</title></path>%n"
                .formatted(x, upper.bottom(), lower.y - 3, from, to);
    }

    /** A package: its name, what it is for, and what it uses. */
    private record Card(String name, List<String> about, List<String> uses) {

        static Card of(House.Package entry) {
            List<String> uses = entry.uses().isEmpty() ? List.of() : wrap("\u2192 " + String.join(", ", entry.uses()), 6);
            return new Card(entry.name(), wrap(entry.description(), 4), uses);
        }

        int height() {
            return 34 + 15 * about.size() + 14 * uses.size() + (uses.isEmpty() ? 0 : 4);
        }

        String draw(int x, int y, int height) {
            StringBuilder card = new StringBuilder("<rect class=\"card\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\"/>%n"
                    .formatted(x, y, CARD_WIDTH, height));
            card.append(text("package", x + 12, y + 22, name));
            int line = y + 39;
            for (String words : about) {
                card.append(text("about", x + 12, line, words));
                line += 15;
            }
            line += 3;
            for (String words : uses) {
                card.append(text("uses", x + 12, line, words));
                line += 14;
            }
            return card.toString();
        }
    }

    private static List<String> wrap(String words, int mostLines) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words.isEmpty() ? new String[0] : words.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > CHARACTERS) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        if (lines.size() > mostLines) {
            lines = new ArrayList<>(lines.subList(0, mostLines));
            lines.set(mostLines - 1, lines.getLast() + " \u2026");
        }
        return lines;
    }

    private static String text(String style, int x, int y, String words) {
        String safe = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n".formatted(style, x, y, safe);
    }
}
