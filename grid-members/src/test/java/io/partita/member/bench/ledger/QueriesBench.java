package io.partita.member.bench.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.Reading;
import io.partita.member.bench.BenchRun;
import io.partita.member.bench.Benchmark;
import io.partita.member.bench.Row;
import io.partita.member.ledger.query.LedgerQueries;
import io.partita.member.ledger.query.Snapshots;
import io.partita.money.Currency;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Questions about all accounts at once, of a journal that no checkpoint shortens: the trial balance, and roll-ups of the chart. Beside
 * them the design that lost: the database sums up by account. And a statement of one account, whose entries lie far apart.
 */
public final class QueriesBench implements Benchmark {

    private static final int BATCH = 8_192;
    private static final Balance QUIET = new Balance(4_711, Currency.of("EUR"), AccountType.ASSET, AccountStatus.OPEN, 0, 0, 0, 0, 0, Long.MAX_VALUE, Long.MAX_VALUE, 0);

    @Override
    public String name() {
        return "queries";
    }

    @Override
    public String about() {
        return "trial balance, roll-ups and a statement over the whole journal";
    }

    @Override
    public void run(BenchRun run) throws Exception {
        int accounts = run.quick() ? 100_000 : 1_000_000;
        int transfers = 3 * accounts;
        run.setting("accounts", accounts);
        run.setting("transfers", transfers);
        try (BenchPostgres postgres = BenchPostgres.start(run)) {
            postgres.create("queries");
            try (HikariDataSource pool = postgres.pool("queries", 4)) {
                run.progress("making %,d accounts and %,d transfers".formatted(accounts, transfers));
                Flyway.configure().dataSource(pool).load().migrate();
                Jdbi.create(pool).useHandle(handle -> fill(handle, accounts, transfers));
                measure(run, pool);
            }
        }
    }

    /** A chart of three levels, ten accounts at the top; transfers between accounts drawn evenly. */
    private static void fill(Handle handle, int accounts, int transfers) {
        handle.execute("select setseed(0.5)");
        handle.execute("""
                insert into ledger_account select a, 0, 0, 0, 'EUR', case when a <= 10 then 0 when a <= 1010 then 1 + a %% 10 else 11 + a %% 1000 end,
                       9223372036854775807, 9223372036854775807, 'Account ' || a, '', '{}', 0 from generate_series(1, %d) a""".formatted(accounts));
        handle.execute("""
                insert into ledger_batch select b, b * (%1$d + 1), %1$d, b * 1000, 1, 'bench', '{0}', '{1}', '{1}', ''
                  from generate_series(0, (%2$d - 1) / %1$d) b""".formatted(BATCH, transfers));
        handle.execute("""
                insert into ledger_transfer (id, batch, debit_account, credit_account, amount, released, index, linked_to, code, debit_ordinal,
                       credit_ordinal, debit_shard, credit_shard, kind, currency)
                select gen_random_uuid(), t / %1$d, 1 + floor(random() * %3$d)::bigint, 1 + floor(random() * %3$d)::bigint, 1 + t %% 1000, 0,
                       t %% %1$d, t %% %1$d, 0, 0, 0, 0, 0, 0, 'EUR' from generate_series(0, %2$d - 1) t""".formatted(BATCH, transfers, accounts));
        handle.execute("update ledger_head set size = (select max(position) + %d + 1 from ledger_batch), booked_at = 1000000000".formatted(BATCH));
        for (String table : List.of("ledger_account", "ledger_batch", "ledger_transfer")) {
            handle.execute("vacuum analyze " + table);
        }
    }

    private static void measure(BenchRun run, HikariDataSource pool) {
        Snapshots snapshots = new Snapshots(pool, 2);
        double grouped = best(run, "summing up in the database", () -> snapshots.read(Snapshots.LONG, handle -> handle.createQuery("""
                select a.currency, a.type, x.side, sum(x.posted) from (
                    select account, side, sum(posted) as posted from ledger_leg where posted <> 0 group by account, side) x
                  join ledger_account a on a.account = x.account
                 group by a.currency, a.type, x.side""").mapToMap().list()));
        run.row(Row.of("queries.alt.grouped", grouped, "s").note("the trial balance, grouped by account in the database"));
        LedgerQueries queries = new LedgerQueries(snapshots, ids -> List.of(), InstantSource.system());
        run.row(Row.of("queries.trial", best(run, "trial balance", () -> queries.trialBalance(null)), "s").against(grouped)
                .note("the trial balance, from no checkpoint"));
        run.row(Row.of("queries.chart", best(run, "roll-ups", () -> new LedgerQueries(snapshots, ids -> List.of(), InstantSource.system())
                .chart(0, 0, 100)), "s").note("the chart's first page, after a start: roll-ups of all accounts, from no checkpoint"));
        queries.chart(0, 0, 100);
        run.row(Row.of("queries.chart.page", best(run, "a page of the chart", () -> queries.chart(11, 0, 100)), "s")
                .note("a further page, with nothing booked since"));
        LedgerQueries beside = new LedgerQueries(snapshots, ids -> List.of(new Reading(Optional.of(QUIET), 0, false)), InstantSource.system());
        run.row(Row.of("queries.statement", best(run, "a statement", () -> beside.statement(QUIET.account(), null, null, true, 50, null)), "s")
                .note("all entries of an account that has some six in the whole journal; its balance is the grid's"));
    }

    private static double best(BenchRun run, String what, Runnable question) {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            run.progress(what);
            long start = System.nanoTime();
            question.run();
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        return best;
    }
}
