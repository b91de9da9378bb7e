package io.partita.member.risk.limits;

import io.partita.member.trading.orders.OrderService;
import io.partita.trading.settlement.TradingAccount;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose positions may only get smaller. PostgreSQL has it before an account is told; an account that could not be told, since it was on its way to another member, is told the next time, or learns it
 * when it is made there. Thread-safe; calls block.
 */
final class Holds {

    private static final Logger LOG = LoggerFactory.getLogger(Holds.class);
    /** One at a time, so that what is kept last is what was known last. */
    private static final long LOCK = 0x686f_6c64_73L;
    private static final int MOST_TOLD = 10_000;

    private final Jdbi jdbi;
    private final OrderService orders;
    /** On this member too: whoever waits for the lock of the database has a connection meanwhile. */
    private final ReentrantLock one = new ReentrantLock();

    Holds(Jdbi jdbi, OrderService orders) {
        this.jdbi = jdbi;
        this.orders = orders;
    }

    /** Holds these accounts and no others. @param wanted asked for while nobody else changes it */
    void set(Supplier<Set<Long>> wanted) {
        one.lock();
        try {
            keep(wanted);
        } finally {
            one.unlock();
        }
        tell();
    }

    private void keep(Supplier<Set<Long>> wanted) {
        jdbi.useTransaction(handle -> {
            handle.createQuery("select cast(pg_advisory_xact_lock(:lock) as text)").bind("lock", LOCK).mapTo(String.class).one();
            Set<Long> now = wanted.get();
            Map<Long, Boolean> kept = handle.createQuery("select account, held from risk_hold").map((row, context) -> Map.entry(row.getLong(1), row.getBoolean(2)))
                    .stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            Set<Long> changed = new HashSet<>();
            now.stream().filter(account -> !kept.getOrDefault(account, false)).forEach(changed::add);
            kept.forEach((account, held) -> {
                if (held && !now.contains(account)) {
                    changed.add(account);
                }
            });
            if (!changed.isEmpty()) {
                handle.createUpdate("""
                                insert into risk_hold (account, held, told) select account, account = any(:now), false from unnest(:changed) as c (account)
                                on conflict (account) do update set held = excluded.held, told = false""")
                        .bindArray("now", Long.class, List.copyOf(now)).bindArray("changed", Long.class, List.copyOf(changed)).execute();
            }
        });
    }

    private record Row(long account, boolean held) {
    }

    private void tell() {
        List<Row> untold = jdbi.withHandle(handle -> handle.createQuery("select account, held from risk_hold where not told order by account limit :most").bind("most", MOST_TOLD)
                .map((row, context) -> new Row(row.getLong(1), row.getBoolean(2))).list());
        // Whoever is no trading account has no orders.
        untold.stream().filter(row -> orders.account(row.account).map(this::heard).orElse(true)).forEach(this::told);
    }

    private boolean heard(TradingAccount account) {
        try {
            return orders.switches().told(account);
        } catch (RuntimeException cutOff) {
            LOG.warn("Account {} cannot be told now what stops it: {}", account.number(), cutOff.toString());
            return false;
        }
    }

    /** If that has changed since, whoever changed it tells it again. */
    private void told(Row row) {
        jdbi.useHandle(handle -> handle.createUpdate(row.held ? "update risk_hold set told = true where account = :account and held"
                : "delete from risk_hold where account = :account and not held").bind("account", row.account).execute());
    }

    /** The accounts that are held, ascending. */
    List<Long> held() {
        return jdbi.withHandle(handle -> handle.createQuery("select account from risk_hold where held order by account").mapTo(Long.class).list());
    }
}
