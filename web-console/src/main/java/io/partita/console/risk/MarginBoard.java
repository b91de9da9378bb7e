package io.partita.console.risk;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Poll;
import io.partita.console.risk.MarginApi.Call;
import io.partita.console.risk.MarginApi.Counterparty;
import io.partita.console.risk.MarginApi.MarginAccount;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Margin and counterparties, asked for once for all pages, and only while one of them shows them. Thread-safe. */
@Component
class MarginBoard {

    private static final int MOST = 200;

    private final MarginApi api;
    private final Poll<Seen> poll;

    /** How it stands. @param calls the newest first */
    record Seen(List<MarginAccount> accounts, List<Call> calls, List<Counterparty> counterparties) {
    }

    MarginBoard(MarginApi api) {
        this.api = api;
        poll = new Poll<>("margin", Duration.ofSeconds(3), Poll.Diligence.WHILE_WATCHED, this::ask);
    }

    private Seen ask() {
        List<MarginAccount> accounts = api.accounts().found().orElse(null);
        List<Call> calls = api.calls(MOST).found().orElse(null);
        List<Counterparty> counterparties = api.counterparties().found().orElse(null);
        return accounts == null || calls == null || counterparties == null ? null : new Seen(accounts, calls, counterparties);
    }

    Registration listen(Consumer<Seen> listener) {
        return poll.listen(listener);
    }

    @PreDestroy
    void close() {
        poll.close();
    }
}
