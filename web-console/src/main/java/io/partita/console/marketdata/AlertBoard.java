package io.partita.console.marketdata;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Polls;
import io.partita.console.marketdata.AlertApi.Anomaly;
import io.partita.console.marketdata.AlertApi.Suspicion;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The last alerts, asked for once for all pages, and only while one of them shows them. Thread-safe. */
@Component
class AlertBoard {

    private static final int MOST = 200;

    private final AlertApi api;
    private final Polls<Filter, List<Alert>> polls;

    /** Which alerts. @param severity of anomalies, at least; empty for none of them @param symbol empty for all @param suspicions whether those of surveillance, too */
    record Filter(String severity, String symbol, boolean suspicions) {
    }

    /** An alert as a list shows it. @param address of its page @param severity empty for a suspicion, which is a question */
    record Alert(String address, String id, String symbol, String name, String severity, Instant time, String explanation) {

        static Alert of(Anomaly anomaly) {
            return new Alert("alerts/anomaly/" + anomaly.id(), anomaly.id(), anomaly.symbol() == null ? "The market" : anomaly.symbol(), Words.of(anomaly.kind()) + (anomaly.rule() == null ? "" : " " + anomaly.rule()),
                    anomaly.severity(), anomaly.detected(), anomaly.explanation());
        }

        static Alert of(Suspicion suspicion) {
            return new Alert("alerts/surveillance/" + suspicion.id(), suspicion.id(), suspicion.symbol(), Words.of(suspicion.practice()), "", suspicion.to(),
                    suspicion.explanation());
        }
    }

    AlertBoard(AlertApi api) {
        this.api = api;
        polls = new Polls<>("alerts", Duration.ofSeconds(2), this::ask);
    }

    private List<Alert> ask(Filter filter) {
        String symbol = filter.symbol().isEmpty() ? null : filter.symbol();
        List<Anomaly> anomalies = filter.severity().isEmpty() ? List.of() : api.anomalies(symbol, null, filter.severity(), MOST).found().orElse(null);
        List<Suspicion> suspicions = filter.suspicions() ? api.suspicions(symbol, MOST).found().orElse(null) : List.of();
        if (anomalies == null || suspicions == null) {
            return null;
        }
        List<Alert> alerts = new ArrayList<>();
        anomalies.forEach(each -> alerts.add(Alert.of(each)));
        suspicions.forEach(each -> alerts.add(Alert.of(each)));
        alerts.sort(Comparator.comparing(Alert::time).reversed());
        return alerts.subList(0, Math.min(MOST, alerts.size()));
    }

    Registration listen(Filter filter, Consumer<List<Alert>> listener) {
        return polls.listen(filter, listener);
    }

    @PreDestroy
    void close() {
        polls.close();
    }
}
