package io.partita.member.drill.report;

import io.partita.member.drill.report.DrillReport.Event;
import io.partita.member.drill.report.DrillReport.Gap;
import io.partita.member.drill.report.DrillReport.Side;
import java.util.List;

/** Who was served when: a bar for the writes and the reads of each side, over the faults and under the events. */
final class ServiceStrip {

    private final DrillReport report;
    private final double duration;

    ServiceStrip(DrillReport report) {
        this.report = report;
        this.duration = Math.max(1, report.durationMillis());
    }

    Html html() {
        return Html.of("""
                <div class="strip"><div class="lane marks"><span class="lane-name">Events</span><div class="lane-bar">{}{}</div></div>{}\
                <div class="lane axis"><span class="lane-name"></span><div class="lane-bar">{}</div></div></div>
                <ul class="legend"><li class="served"><i></i>served</li><li class="gap"><i></i>not served for a second or more</li>\
                <li class="broken"><i></i>broken on purpose</li></ul>
                """, shades(), Html.each(report.timeline(), this::mark), Html.each(report.sides(), this::lanes),
                Chart.xLabels(report.durationMillis()));
    }

    private Html lanes(Side side) {
        boolean wrote = side.answers().acknowledged() + side.answers().turnedAway() + side.answers().unknown() > 0;
        boolean read = side.answers().reads() + side.answers().failedReads() > 0;
        return Html.all(wrote ? lane(Text.capital(side.name()) + ", writes", side.writeGaps()) : Html.NOTHING,
                read ? lane(Text.capital(side.name()) + ", reads", side.readGaps()) : Html.NOTHING);
    }

    private Html lane(String name, List<Gap> gaps) {
        return Html.of("<div class=\"lane\"><span class=\"lane-name\">{}</span><div class=\"lane-bar served\">{}{}</div></div>", name,
                Html.each(gaps, this::gap), shades());
    }

    private Html gap(Gap gap) {
        // A label needs some room.
        boolean wide = gap.millis() / duration > 0.08;
        return Html.of("<span class=\"gap\" style=\"left:{}%;width:{}%\" title=\"{}\">{}</span>", percent(gap.fromMillis()),
                percent(gap.toMillis() - gap.fromMillis()), Text.span(gap.millis()) + " from " + Text.clock(gap.fromMillis()),
                wide ? Text.span(gap.millis()) : "");
    }

    private Html shades() {
        return Html.each(report.faults(), fault -> Html.of("<span class=\"broken\" style=\"left:{}%;width:{}%\"></span>",
                percent(fault.fromMillis()), percent(fault.toMillis() - fault.fromMillis())));
    }

    private Html mark(Event event) {
        return Html.of("<span class=\"mark {}\" style=\"left:{}%\" title=\"{}\"></span>", style(event.kind()),
                percent(event.atMillis()), Text.clock(event.atMillis()) + " " + event.what());
    }

    static String style(Event.Kind kind) {
        return switch (kind) {
            case STEP -> "step";
            case FAULT -> "bad";
            case MENDED, RECOVERED -> "good";
            case NOTICED, ALERT -> "wait";
        };
    }

    private String percent(long millis) {
        return Chart.decimal(Math.clamp(100 * millis / duration, 0, 100));
    }
}
