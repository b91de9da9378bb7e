package io.partita.console.marketdata;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Polls;
import io.partita.console.marketdata.AlertApi.Anomaly;
import io.partita.console.marketdata.MarketDataApi.Bar;
import io.partita.console.marketdata.MarketDataApi.Reading;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Charts that pages look at, each asked for once for all pages, and only while one of them shows it. Thread-safe. */
@Component
class ChartBoard {

    /** As many as fit on a wide screen. */
    private static final int BARS = 300;
    private static final int ALERTS = 100;

    private final MarketDataApi api;
    private final AlertApi alerts;
    private final Polls<Wanted, Seen> polls;

    /** A chart. @param indicators names of values @param adjusted whether bars are as if nothing had been split or paid out */
    record Wanted(String symbol, String size, List<String> indicators, boolean adjusted) {
    }

    /** What there is to draw, the newest last. */
    record Seen(List<Bar> bars, List<Reading> readings, List<Anomaly> alerts) {
    }

    ChartBoard(MarketDataApi api, AlertApi alerts) {
        this.api = api;
        this.alerts = alerts;
        polls = new Polls<>("chart", Duration.ofSeconds(2), this::ask);
    }

    private Seen ask(Wanted wanted) {
        List<Bar> bars = api.bars(wanted.symbol(), wanted.size(), BARS, wanted.adjusted()).found().orElse(null);
        if (bars == null) {
            return null;
        }
        List<Reading> readings = wanted.indicators().isEmpty() ? List.of()
                : api.indicators(wanted.symbol(), wanted.size(), BARS, wanted.indicators()).found().orElse(null);
        List<Anomaly> marks = wanted.size().equals("1s") ? List.of() : alerts.anomalies(wanted.symbol(), wanted.size(), "INFO", ALERTS).found().orElse(null);
        return readings == null || marks == null ? null : new Seen(bars, readings, marks);
    }

    Registration listen(Wanted wanted, Consumer<Seen> listener) {
        return polls.listen(wanted, listener);
    }

    @PreDestroy
    void close() {
        polls.close();
    }
}
