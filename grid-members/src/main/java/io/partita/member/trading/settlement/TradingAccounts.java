package io.partita.member.trading.settlement;

import io.partita.ledger.AccountCommand;
import io.partita.ledger.LedgerGateway;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Refusal;
import io.partita.member.database.DatabaseConfiguration;
import io.partita.money.Currency;
import io.partita.trading.settlement.LedgerAccounts;
import io.partita.trading.settlement.TradingAccount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Trading accounts, in PostgreSQL, and the ledger accounts on which they keep cash and holdings. A trading account never changes once it
 * is open, so what is known here stays true. Thread-safe.
 */
@Component
public final class TradingAccounts {

    /** More are not remembered; they are read again instead. */
    private static final int MOST_KNOWN = 200_000;
    private static final String SELECT = "select number, participant, firm, name, margin from trading_account";
    private static final RowMapper<TradingAccount> ROW = (row, context) -> new TradingAccount(row.getLong("number"),
            row.getInt("participant"), row.getString("firm"), row.getString("name"), row.getBoolean("margin"));

    private final Jdbi jdbi;
    private final LedgerGateway ledger;
    private final Map<Long, TradingAccount> known = new ConcurrentHashMap<>();
    /** Ids of ledger accounts that are open. */
    private final Set<Long> provided = ConcurrentHashMap.newKeySet();

    TradingAccounts(@Qualifier(DatabaseConfiguration.TRADING) Jdbi jdbi, LedgerGateway ledger) {
        this.jdbi = jdbi;
        this.ledger = ledger;
    }

    /** What came of opening a trading account. */
    public enum Opening {
        OPENED,
        /** It had been opened before, with the same details. */
        REPEATED,
        /** There is one with this number and other details. */
        EXISTS
    }

    /** Opens a trading account; its ledger accounts follow when they are needed. */
    public Opening open(TradingAccount account) {
        int opened = jdbi.withHandle(handle -> handle.createUpdate("""
                insert into trading_account (number, participant, firm, name, margin) values (:number, :participant, :firm, :name, :margin)
                on conflict (number) do nothing""").bindMethods(account).execute());
        if (opened == 1) {
            return Opening.OPENED;
        }
        return find(account.number()).filter(account::equals).isPresent() ? Opening.REPEATED : Opening.EXISTS;
    }

    /** The trading account with a number. */
    public Optional<TradingAccount> find(long number) {
        return Optional.ofNullable(find(List.of(number)).get(number));
    }

    /** Those of these numbers that are trading accounts. */
    public Map<Long, TradingAccount> find(Collection<Long> numbers) {
        Map<Long, TradingAccount> found = new HashMap<>();
        List<Long> unknown = new ArrayList<>();
        for (Long number : numbers) {
            TradingAccount account = known.get(number);
            if (account == null) {
                unknown.add(number);
            } else {
                found.put(number, account);
            }
        }
        if (!unknown.isEmpty()) {
            read(unknown).forEach(account -> found.put(account.number(), account));
        }
        return found;
    }

    private List<TradingAccount> read(List<Long> numbers) {
        List<TradingAccount> accounts = jdbi.withHandle(handle -> handle.createQuery(SELECT + " where number = any(:numbers)")
                .bindArray("numbers", Long.class, numbers).map(ROW).list());
        if (known.size() + accounts.size() > MOST_KNOWN) {
            known.clear();
        }
        accounts.forEach(account -> known.put(account.number(), account));
        return accounts;
    }

    /** A page of trading accounts by ascending number. */
    public List<TradingAccount> page(long after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + " where number > :after order by number limit :limit")
                .bind("after", after).bind("limit", limit).map(ROW).list());
    }

    /** Ids of the ledger accounts that a trading account has, by ascending id. */
    public List<Long> ledgerAccounts(long number) {
        return jdbi.withHandle(handle -> handle.createQuery("select account from ledger_account where account between :first and :last order by account")
                .bind("first", LedgerAccounts.first(number)).bind("last", LedgerAccounts.last(number)).mapTo(Long.class).list());
    }

    /** What a trading account is to have a ledger account for. */
    public record Need(TradingAccount owner, Currency currency) {

        long ledgerAccount() {
            return LedgerAccounts.of(owner.number(), currency);
        }
    }

    /**
     * Opens the ledger accounts that are needed and not yet there, with the venue's own in the same currencies.
     *
     * @return what the ledger refused; empty if all of them are open
     */
    public CompletableFuture<List<LedgerResult.Refused>> provide(Collection<Need> needs) {
        Map<Long, AccountCommand> missing = new HashMap<>();
        for (Need need : needs) {
            long venue = need.currency.isUnit() ? LedgerAccounts.depository(need.currency) : LedgerAccounts.fees(need.currency);
            if (!provided.contains(venue)) {
                missing.computeIfAbsent(venue, key -> AccountCommand.open(LedgerAccounts.openVenue(need.currency)));
            }
            if (!provided.contains(need.ledgerAccount())) {
                missing.computeIfAbsent(need.ledgerAccount(), key -> AccountCommand.open(LedgerAccounts.open(need.owner, need.currency)));
            }
        }
        if (missing.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        if (provided.size() + missing.size() > MOST_KNOWN) {
            provided.clear();
        }
        List<AccountCommand> commands = List.copyOf(missing.values());
        return ledger.submitAccounts(commands).thenApply(results -> {
            List<LedgerResult.Refused> refused = new ArrayList<>();
            for (int i = 0; i < commands.size(); i++) {
                LedgerResult result = results.get(i);
                if (result instanceof LedgerResult.Refused refusal && refusal.code() != Refusal.ACCOUNT_EXISTS) {
                    refused.add(refusal);
                } else {
                    // Somebody may have opened it with details of his own.
                    provided.add(commands.get(i).account());
                }
            }
            return refused;
        });
    }
}
