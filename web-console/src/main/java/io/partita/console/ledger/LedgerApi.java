package io.partita.console.ledger;

import io.partita.console.api.Answer;
import io.partita.console.api.Caller;
import io.partita.console.api.Callers;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import io.partita.console.api.Person;
import io.partita.console.ui.Page;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The ledger as the console asks for it. Thread-safe; calls block. */
@Component
public class LedgerApi {

    /** Names remembered; they never change. */
    private static final int NAMES = 10_000;
    /** Names asked for at a time. */
    private static final int ASKING = 8;

    private final MemberApi api;
    private final Map<String, String> names = Collections.synchronizedMap(new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > NAMES;
        }
    });

    LedgerApi(MemberApi api) {
        this.api = api;
    }

    /** What to look for among accounts; null or blank for anything. */
    record AccountFilter(String search, AccountType type, String currency, AccountStatus status) {
        static final AccountFilter ANY = new AccountFilter(null, null, null, null);
    }

    /** What to look for in the journal; null or blank for anything. */
    record EntryFilter(String reference, String account, Instant from, Instant to) {
        static final EntryFilter ANY = new EntryFilter(null, null, null, null);
    }

    Page<AccountInfo> accounts(AccountFilter filter, String after, int limit) {
        record Found(List<AccountInfo> accounts, String next) {
        }
        Found found = api.get("/accounts", Query.NONE.with("search", filter.search()).with("type", filter.type())
                .with("currency", filter.currency()).with("status", filter.status())
                .with("after", after).with("limit", limit), Found.class).orThrow();
        found.accounts().forEach(account -> names.put(account.id(), account.name()));
        return new Page<>(found.accounts(), found.next());
    }

    Answer<AccountInfo> account(String id) {
        Answer<AccountInfo> answer = api.get("/accounts/" + id, AccountInfo.class);
        answer.found().ifPresent(account -> names.put(id, account.name()));
        return answer;
    }

    /** The account's name, or its number while nobody can tell. */
    public String nameOf(String account) {
        // What others have asked for is known here, but not to everybody.
        if (Callers.current() instanceof Person person && !person.principal().owns(Long.parseLong(account))) {
            return account;
        }
        String known = names.get(account);
        return known != null ? known : account(account).found().map(AccountInfo::name).orElse(account);
    }

    /** A page of a statement, newest first, and what is pending at its end; both null-free. */
    record StatementPage(List<StatementLine> entries, List<StatementLine> pending, String next) {
        StatementPage {
            pending = pending == null ? List.of() : List.copyOf(pending);
        }
    }

    StatementPage statement(String account, Instant from, Instant to, String cursor, int limit) {
        return api.get("/accounts/" + account + "/statement", Query.NONE.with("from", from).with("to", to)
                .with("cursor", cursor).with("limit", limit), StatementPage.class).orThrow();
    }

    Answer<AccountInfo> changeStatus(UUID command, String account, AccountStatus status) {
        record Change(UUID commandId, AccountStatus status) {
        }
        Answer<JsonNode> changed = api.patch("/accounts/" + account, new Change(command, status), JsonNode.class);
        return changed instanceof Answer.Done ? account(account) : changed.map(_ -> null);
    }

    Answer<Receipt> book(TransferRequest transfer) {
        return api.post("/transfers", transfer, Receipt.class);
    }

    Answer<EntryInfo> entry(UUID id) {
        return api.get("/transfers/" + id, EntryInfo.class);
    }

    /** The proof as the member wrote it, for checking and for keeping. */
    Answer<String> proof(UUID id) {
        return api.get("/transfers/" + id + "/proof", String.class);
    }

    Page<EntryInfo> entries(EntryFilter filter, String cursor, int limit) {
        record Found(List<EntryInfo> transfers, String next) {
        }
        Found found = api.get("/transfers", Query.NONE.with("reference", filter.reference()).with("account", filter.account())
                .with("from", filter.from()).with("to", filter.to())
                .with("cursor", cursor).with("limit", limit), Found.class).orThrow();
        learnNames(found.transfers());
        return new Page<>(found.transfers(), found.next());
    }

    /** Asks for the names that are not known yet side by side, not row by row when the page is drawn. */
    private void learnNames(List<EntryInfo> entries) {
        Caller caller = Callers.current();
        try (ExecutorService asking = Executors.newFixedThreadPool(ASKING, Thread.ofVirtual().factory())) {
            entries.stream().flatMap(entry -> Stream.of(entry.debitAccount(), entry.creditAccount())).distinct()
                    .filter(account -> !names.containsKey(account))
                    .forEach(account -> asking.execute(() -> Callers.as(caller, () -> account(account))));
        }
    }

    Answer<TrialBalance> trialBalance() {
        return api.get("/ledger/trial-balance", TrialBalance.class);
    }
}
