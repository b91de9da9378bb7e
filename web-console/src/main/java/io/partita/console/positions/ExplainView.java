package io.partita.console.positions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.positions.PortfolioApi.Explained;
import io.partita.console.positions.PortfolioApi.ExplainedPosition;
import io.partita.console.positions.PortfolioApi.Parts;
import io.partita.console.positions.PortfolioApi.Portfolio;
import io.partita.console.positions.PortfolioApi.Position;
import io.partita.console.ui.Absent;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Dates;
import io.partita.console.ui.Fields;
import io.partita.console.ui.Gain;
import io.partita.console.ui.Live;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Sheet;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import io.partita.console.ui.TwoLines;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Why a portfolio gained between two closes: by cause, by day and by position. */
@Route("pnl")
@PageTitle("P&L explain \u00B7 Partita")
public class ExplainView extends PortfolioPage {

    /** Each day is explained by a question of its own. */
    private static final int MOST_DAYS = 31;
    /** So many positions are looked at for the last day that has prices. */
    private static final int LOOKED_AT = 200;
    private static final int MOST_ROWS = 200;

    private final PortfolioApi api;
    private final DatePicker from = Dates.picker("The day before");
    private final DatePicker to = Dates.picker("The last close");
    private final Live<Answer<Between>> latest = Live.of(this, this::show);

    /** What is known of the days after one close up to another. */
    private record Between(LocalDate from, LocalDate to, List<Explained> days) {

        Parts total() {
            return days.stream().map(Explained::total).reduce(Parts.ZERO, Parts::plus);
        }
    }

    /** A position over all days; parts without those of a day that cannot be explained. */
    private static final Sheet<Row> SHEET = Sheet.<Row>of("pnl-by-position").with("Account", Row::account).with("Symbol", Row::symbol).with("Price", row -> row.parts().price())
            .with("Trades", row -> row.parts().trades()).with("Carry", row -> row.parts().carry()).with("FX", row -> row.parts().fx()).with("Fees", row -> row.parts().fees())
            .with("Corrections", row -> row.parts().corrections()).with("Residual", row -> row.parts().residual()).with("Total", row -> row.parts().total()).with("Missing", Row::missing);

    private record Row(String account, String symbol, Parts parts, String missing) {

        Row plus(ExplainedPosition day) {
            return new Row(account, symbol, day.parts() == null ? parts : parts.plus(day.parts()), day.missing() == null ? missing : day.missing());
        }
    }

    ExplainView(PortfolioApi api) {
        super(api, new PageHead("P&L explain", "Why a portfolio gained between two closes. The causes add up to the total."));
        this.api = api;
        from.setLabel("From the close of");
        to.setLabel("To the close of");
        from.addValueChangeListener(_ -> chosen());
        to.addValueChangeListener(_ -> chosen());
        choose(from, to);
        addClassName("explain");
    }

    @Override
    protected void enter(QueryParameters query) {
        from.setValue(Dates.parse(query.getSingleParameter("from").orElse("")));
        to.setValue(Dates.parse(query.getSingleParameter("to").orElse("")));
    }

    @Override
    protected Map<String, String> address() {
        Map<String, String> address = new LinkedHashMap<>();
        address.put("from", Times.date(from.getValue()));
        address.put("to", Times.date(to.getValue()));
        return address;
    }

    @Override
    protected void show(Portfolio portfolio) {
        LocalDate first = from.getValue();
        LocalDate last = to.getValue();
        boolean valid = Fields.check(from, first != null && last != null && !first.isBefore(last) ? "Before the other day." : "")
                && Fields.check(from, first != null && last != null && ChronoUnit.DAYS.between(first, last) > MOST_DAYS ? MOST_DAYS + " days at most." : "");
        if (valid) {
            content().add(Absent.working("Explaining"));
            latest.follow(Live.Source.once(() -> ask(portfolio.code(), first, last)));
        } else {
            latest.follow(null);
        }
    }

    /** Days that were not chosen are the last one with prices, and that before the other. */
    private Answer<Between> ask(String code, LocalDate first, LocalDate last) {
        LocalDate end = Optional.ofNullable(last).or(() -> Optional.ofNullable(first).map(day -> day.plusDays(1))).orElseGet(() -> priced(code));
        LocalDate start = first == null ? end.minusDays(1) : first;
        List<Explained> days = new ArrayList<>();
        for (LocalDate day = start.plusDays(1); !day.isAfter(end); day = day.plusDays(1)) {
            switch (api.explain(code, day)) {
                case Answer.Done<Explained>(Explained explained) -> days.add(explained);
                case Answer.Refused<Explained>(var problem) -> {
                    return new Answer.Refused<>(problem);
                }
                case Answer.Unreachable<Explained>(String why) -> {
                    return new Answer.Unreachable<>(why);
                }
            }
        }
        return new Answer.Done<>(new Between(start, end, days));
    }

    private LocalDate priced(String code) {
        return api.positions(code, null, null, 0, LOOKED_AT).found().stream().flatMap(page -> page.positions().stream()).map(Position::priceDay).filter(Objects::nonNull)
                .max(Comparator.naturalOrder()).orElseGet(() -> LocalDate.now(ZoneOffset.UTC));
    }

    private void show(Answer<Between> answer) {
        content().removeAll();
        switch (answer) {
            case Answer.Done<Between>(Between between) -> show(between);
            case Answer.Refused<Between>(var problem) -> content().add(Absent.refused(problem));
            case Answer.Unreachable<Between>(String why) -> content().add(Absent.unreachable(why));
        }
    }

    private void show(Between between) {
        String base = between.days().getFirst().base();
        String span = between.from() + " to " + between.to();
        content().add(new Panel("Why it gained, " + span, new Waterfall(between.total())).withAside("In " + base + (between.days().stream().anyMatch(Explained::snapshot) ? ""
                : "; no snapshot was taken, so what is known now counts")));
        if (between.days().size() > 1) {
            Table days = table("Day").withEmptyText("");
            days.show(between.days().reversed().stream().map(day -> cells(new Span(Times.date(day.day())), day.total())).toList());
            content().add(new Panel("By day", days).flush());
        }
        List<Row> rows = rows(between.days());
        List<Row> unexplained = rows.stream().filter(row -> row.missing() != null).toList();
        Table positions = table("Position").withEmptyText("It held nothing in these days.").withFile(SHEET, () -> rows);
        List<Component[]> cells = new ArrayList<>(rows.stream().limit(MOST_ROWS).map(ExplainView::row).toList());
        if (!rows.isEmpty()) {
            cells.add(cells(strong("All"), between.total()));
        }
        positions.show(cells);
        content().add(new Panel("By position", positions).flush().withAside(unexplained.isEmpty() ? rows.size() > MOST_ROWS ? "The " + MOST_ROWS + " that moved most" : ""
                : Amounts.count(unexplained.size()) + " cannot be explained for all days, and are in no sum of those"));
    }

    /** Over all days, what moved most first. */
    private static List<Row> rows(List<Explained> days) {
        Map<List<String>, Row> rows = new TreeMap<>(Comparator.comparing(List::toString));
        days.forEach(day -> day.positions().forEach(position -> rows.merge(List.of(position.symbol(), position.account()),
                new Row(position.account(), position.symbol(), Parts.ZERO, null).plus(position), (row, _) -> row.plus(position))));
        return rows.values().stream().sorted(Comparator.comparing((Row row) -> row.parts().total().abs()).reversed()).toList();
    }

    private static Table table(String first) {
        return new Table(first, "#Price", "#Trades", "#Carry", "#FX", "#Fees", "#Corrections", "#Residual", "#Total");
    }

    private static Component[] row(Row row) {
        TwoLines name = new TwoLines(row.symbol(), "account " + row.account());
        return cells(row.missing() == null ? name : new Div(name, new Pill(Words.missing(row.missing()), Pill.Tone.WAITING)), row.parts());
    }

    private static Component[] cells(Component first, Parts parts) {
        Gain total = new Gain(parts.total());
        total.addClassName("strong");
        return new Component[] {first, new Gain(parts.price()), new Gain(parts.trades()), new Gain(parts.carry()), new Gain(parts.fx()), new Gain(parts.fees().negate()),
            new Gain(parts.corrections()), faint(parts.residual()), total};
    }

    /** What rounding leaves is nobody's gain. */
    private static Component faint(BigDecimal amount) {
        Span text = new Span(Amounts.signed(amount));
        text.addClassName("hint");
        return text;
    }

    private static Component strong(String text) {
        Span span = new Span(text);
        span.addClassName("strong");
        return span;
    }
}
