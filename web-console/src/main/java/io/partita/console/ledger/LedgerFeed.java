package io.partita.console.ledger;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.MemberUnavailable;
import io.partita.console.api.Poll;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** What happens in the ledger now, asked for once for all pages, and only while one of them shows it. Thread-safe. */
@Component
public class LedgerFeed {

    private static final int LATEST = 12;

    private final Poll<List<NamedEntry>> latest;
    private final Poll<TrialBalance> trialBalance;

    LedgerFeed(LedgerApi api) {
        latest = new Poll<>("latest-transfers", Duration.ofSeconds(1), Poll.Diligence.WHILE_WATCHED, () -> latest(api));
        // Slower: it sums every account.
        trialBalance = new Poll<>("trial-balance", Duration.ofSeconds(5), Poll.Diligence.WHILE_WATCHED,
                () -> api.trialBalance().found().orElse(null));
    }

    /** A booked transfer with the names of its accounts. */
    public record NamedEntry(EntryInfo entry, String debitName, String creditName) {
    }

    /** Null while nobody can tell. */
    private static List<NamedEntry> latest(LedgerApi api) {
        try {
            return api.entries(LedgerApi.EntryFilter.ANY, null, LATEST).rows().stream()
                    .map(entry -> new NamedEntry(entry, api.nameOf(entry.debitAccount()), api.nameOf(entry.creditAccount())))
                    .toList();
        } catch (MemberUnavailable | NoSuchElementException e) {
            return null;
        }
    }

    /** The last transfers, newest first, every second. */
    public Registration onLatest(Consumer<List<NamedEntry>> listener) {
        return latest.listen(listener);
    }

    /** The trial balance, every few seconds. */
    public Registration onTrialBalance(Consumer<TrialBalance> listener) {
        return trialBalance.listen(listener);
    }

    @PreDestroy
    void close() {
        latest.close();
        trialBalance.close();
    }
}
