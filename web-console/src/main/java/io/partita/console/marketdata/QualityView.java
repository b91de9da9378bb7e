package io.partita.console.marketdata;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.jobs.JobApi;
import io.partita.console.jobs.JobPrompt;
import io.partita.console.marketdata.MarketDataApi.Letter;
import io.partita.console.marketdata.MarketDataApi.Source;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Live;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Pill.Tone;
import io.partita.console.ui.Table;
import io.partita.console.ui.TableRows;
import io.partita.console.ui.Times;
import io.partita.console.ui.TwoLines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How good the sources of ticks are, live; and what of them was not used, with the reason. */
@Route("data-quality")
@PageTitle("Data quality \u00B7 Partita")
public class QualityView extends Div {

    private static final String ALL = "";
    private static final double GOOD = 98;
    private static final double POOR = 80;
    /** A clock that differs by more does not do so because of the line. */
    private static final long DRIFT_MILLIS = 1_000;

    private final JobApi jobs;
    private final Table sourceTable = new Table("Source", "#Score", "#Ticks", "#Used", "#Missing", "#Too late", "#Clock", "Last heard", "Faults");
    private final TableRows<Source> sources = new TableRows<>(sourceTable, Source::source, this::row);
    private final Panel sourcePanel = new Panel("Sources", sourceTable).flush();
    private final Table letterTable = new Table("Came", "Source", "Fault", "Why", "What it said")
            .withEmptyText("Nothing was put aside: all that came was used.");
    private final TableRows<Letter> letters = new TableRows<>(letterTable, Letter::key, this::row);
    private final Select<String> filter = new Select<>();
    private final Div none = new Div();

    QualityView(JobApi jobs, QualityBoard board) {
        this.jobs = jobs;
        addClassNames("page", "quality");
        filter.setAriaLabel("Source");
        Live<List<Letter>> latest = Live.of(this, letters::show);
        filter.setItemLabelGenerator(source -> source.isEmpty() ? "All sources" : source);
        filter.addValueChangeListener(chosen -> latest.follow(listener -> board.letters(chosen.getValue() == null ? ALL : chosen.getValue(), listener)));
        filter.setItems(ALL);
        filter.setValue(ALL);
        sourcePanel.add(none);
        add(new PageHead("Data quality", "Every tick is checked before it counts. What fails goes to the dead letters, with the reason."), sourcePanel,
                new Panel("Dead letters", letterTable).flush().withAction(filter));
        Live.of(this, board::listen, this::show);
    }

    private void show(List<Source> now) {
        if (now.isEmpty()) {
            if (none.getComponentCount() == 0) {
                none.add(new JobPrompt(jobs, "bars", "No source was heard yet", "It runs; the first tick of a book or of a feed shows here."));
            }
        } else {
            none.removeAll();
        }
        sourceTable.setVisible(!now.isEmpty());
        sources.show(now);
        List<String> names = new ArrayList<>(List.of(ALL));
        now.forEach(source -> names.add(source.source()));
        if (!filter.getListDataView().getItems().toList().equals(names)) {
            String chosen = filter.getValue();
            filter.setItems(names);
            filter.setValue(names.contains(chosen) ? chosen : ALL);
        }
    }

    private Component[] row(Source source) {
        Div faults = new Div();
        faults.addClassName("faults");
        source.faults().entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .forEach(fault -> faults.add(new Pill(Amounts.count(fault.getValue()) + "\u2002" + Words.of(fault.getKey()).toLowerCase(Locale.ROOT),
                        Words.tone(fault.getKey()))));
        if (source.faults().isEmpty()) {
            faults.add(new Pill("none", Tone.GOOD));
        }
        return new Component[] {new TwoLines(source.source(), source.instruments() == 1 ? "1 instrument" : source.instruments() + " instruments"), score(source.score()),
                new Span(Amounts.count(source.received())), new Span(Amounts.count(source.used())), new Span(Amounts.count(source.missing())),
                new Span(Amounts.count(source.late())), clock(source.clockMillis()), new Span(Times.dateTime(source.lastReceived())), faults};
    }

    private static Component score(double score) {
        Span figure = new Span(String.format(Locale.ROOT, "%.1f", score));
        figure.addClassNames("strong", score >= GOOD ? "good" : score < POOR ? "bad" : "middling");
        Div fill = new Div();
        fill.getStyle().setWidth(Math.round(score) + "%");
        Div track = new Div(fill);
        track.addClassName("bar-track");
        Div cell = new Div(figure, track);
        cell.addClassName("bar-cell");
        return cell;
    }

    private static Component clock(long millis) {
        Span text = new Span(millis < 0 ? Amounts.count(-millis) + " ms ahead" : Amounts.count(millis) + " ms");
        text.setClassName("bad", Math.abs(millis) > DRIFT_MILLIS);
        return text;
    }

    private Component[] row(Letter letter) {
        Span record = new Span(letter.record());
        record.setTitle(letter.record());
        record.addClassName("raw");
        return new Component[] {new Span(Times.brief(letter.received(), Instant.now())), new Span(letter.source()), new Pill(Words.of(letter.fault()), Words.tone(letter.fault())),
                new Span(letter.detail()), record};
    }
}
