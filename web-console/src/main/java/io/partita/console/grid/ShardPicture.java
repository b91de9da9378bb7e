package io.partita.console.grid;

import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.grid.ClusterApi.Shard;
import io.partita.console.grid.ClusterApi.State;
import io.partita.console.ui.Times;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every shard as a square: its owner's letter and colour while it serves, and a sign of its own when it does not. */
final class ShardPicture extends Div {

    private static final int COLUMNS = 32;
    private static final int SIDE = 26;
    private static final int GAP = 3;
    private static final int COLOURS = 10;
    private static final int LETTERS = 26;

    private final Svg picture = new Svg();
    private final Div key = new Div();
    private String drawn = "";

    ShardPicture() {
        addClassName("shard-picture");
        key.addClassName("shard-key");
        Div scroll = new Div(picture);
        scroll.addClassName("shard-scroll");
        // On a phone it is wider than the page: whoever has no mouse moves it by keys.
        scroll.getElement().setAttribute("tabindex", "0");
        scroll.getElement().setAttribute("role", "region");
        scroll.getElement().setAttribute("aria-label", "Picture of the shards");
        add(scroll, key);
    }

    /** @param owners addresses, by the place that decides on letter and colour */
    void show(List<Shard> shards, Map<String, Integer> owners) {
        String now = draw(shards, owners);
        if (now.equals(drawn)) {
            return;
        }
        drawn = now;
        picture.setSvg(now);
        key.removeAll();
        owners.forEach((owner, place) -> key.add(entry("shard-mark owner-" + place % COLOURS, letter(place), owner)));
        for (State state : List.of(State.GAP, State.FENCED, State.IDLE, State.UNKNOWN)) {
            key.add(entry("shard-mark " + state.name().toLowerCase(Locale.ROOT), sign(state), state.words()));
        }
    }

    private static Span entry(String style, String sign, String words) {
        Span mark = new Span(sign);
        mark.addClassNames(style.split(" "));
        mark.getElement().setAttribute("aria-hidden", "true");
        return new Span(mark, new Span(words));
    }

    static String letter(int place) {
        return String.valueOf((char) ('A' + place % LETTERS));
    }

    private static String sign(State state) {
        return switch (state) {
            case SERVING -> "";
            case GAP -> "~";
            case FENCED -> "\u00D7";
            case IDLE -> "\u2013";
            case UNKNOWN -> "?";
        };
    }

    private static String draw(List<Shard> shards, Map<String, Integer> owners) {
        int rows = (shards.size() + COLUMNS - 1) / COLUMNS;
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' role='img' aria-label='The 256 shards of the ledger; the table below says the same'>",
                COLUMNS * (SIDE + GAP) - GAP, Math.max(1, rows * (SIDE + GAP) - GAP)));
        for (Shard shard : shards) {
            int x = shard.shard() % COLUMNS * (SIDE + GAP);
            int y = shard.shard() / COLUMNS * (SIDE + GAP);
            boolean serving = shard.state() == State.SERVING;
            int place = owners.getOrDefault(shard.owner() == null ? "" : shard.owner(), 0);
            svg.append(String.format(Locale.ROOT, "<g class='%s' transform='translate(%d %d)'><title>%s</title><rect width='%d' height='%d' rx='4'/><text x='%d' y='%d'>%s</text></g>",
                    serving ? "owner-" + place % COLOURS : shard.state().name().toLowerCase(Locale.ROOT), x, y, says(shard), SIDE, SIDE, SIDE / 2, SIDE / 2 + 4,
                    serving ? letter(place) : sign(shard.state())));
        }
        return svg.append("</svg>").toString();
    }

    private static String says(Shard shard) {
        return "Shard " + shard.shard() + ": " + shard.state().words().toLowerCase(Locale.ROOT) + (shard.owner() == null ? "" : " by " + shard.owner()) + ", epoch " + shard.epoch()
                + (shard.journalEpoch() == null || shard.journalEpoch() == shard.epoch() ? "" : " (the journal takes " + shard.journalEpoch() + ")") + ", sequence " + shard.sequence()
                + (shard.movedAt() == null ? "" : ", last commit seen at " + Times.clock(shard.movedAt()) + " UTC");
    }
}
