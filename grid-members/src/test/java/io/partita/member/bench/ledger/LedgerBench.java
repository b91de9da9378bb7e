package io.partita.member.bench.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.partita.ledger.Transfer;
import io.partita.member.bench.BenchRun;
import io.partita.member.bench.Benchmark;
import io.partita.member.bench.Row;
import io.partita.member.bench.alternatives.AccountStores;
import io.partita.member.bench.alternatives.JournalWrites;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * Durable transfers: batched, one at a time, on hot accounts, over three members; beside PostgreSQL doing the same alone; and
 * how fast shards come back from the journal.
 */
public final class LedgerBench implements Benchmark {

    private static final String UNIT = "transfers/s";
    private static final int CALLERS = 6;
    private static final int BATCH = Transfer.MAX_BATCH;
    private static final int CLIENTS = 64;

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public String about() {
        return "durable transfers per second, hot accounts, three members, re-basing";
    }

    @Override
    public void run(BenchRun run) throws Exception {
        try (BenchPostgres postgres = run.starting(() -> BenchPostgres.start(run))) {
            run.setting("PostgreSQL", "fsync " + postgres.setting("fsync") + ", synchronous_commit " + postgres.setting("synchronous_commit")
                    + ", full_page_writes " + postgres.setting("full_page_writes") + ", shared_buffers " + postgres.setting("shared_buffers"));
            run.setting("Load", "generator, member and PostgreSQL are processes of their own and share the machine; client over TCP loopback");
            run.setting("Accounts", "%,d, each with an overdraft limit; %d callers with %,d transfers a batch, or %d callers with one transfer"
                    .formatted(Workload.ACCOUNTS, CALLERS, BATCH, CLIENTS));
            baseline(run, postgres);
            oneMember(run, postgres);
            if (run.wants("ledger.rebase")) {
                Rebase.measure(run, postgres, "one_member");
            }
            if (run.wants("ledger.alt")) {
                AccountStores.measure(run);
                try (HikariDataSource journal = postgres.pool("one_member", 1)) {
                    JournalWrites.measure(run, journal);
                }
            }
            if (run.wants("ledger.cluster3")) {
                threeMembers(run, postgres);
            }
        }
    }

    private static void baseline(BenchRun run, BenchPostgres postgres) throws Exception {
        PostgresBaseline baseline = new PostgresBaseline(run, postgres);
        String how = "each transfer a PostgreSQL transaction of its own, " + PostgresBaseline.CONNECTIONS + " JDBC connections";
        if (run.wants("ledger.batched") || run.wants("ledger.single") || run.wants("ledger.postgres")) {
            Measured uniform = baseline.measure("PostgreSQL alone", new Workload(Workload.ACCOUNTS), warmUp(run), time(run));
            run.row(Row.of("ledger.postgres", uniform.rate(), UNIT).latency(uniform.latency()).note("baseline: " + how));
        }
        if (run.wants("ledger.hot") || run.wants("ledger.postgres")) {
            Measured hot = baseline.measure("PostgreSQL alone, 10 hot accounts", new Workload(10), Duration.ZERO, time(run));
            run.row(Row.of("ledger.postgres.hot10", hot.rate(), UNIT).latency(hot.latency()).note("baseline: " + how));
        }
    }

    private static Duration warmUp(BenchRun run) {
        return run.time(Duration.ofSeconds(4), Duration.ofMillis(1_500));
    }

    private static Duration time(BenchRun run) {
        return run.time(Duration.ofSeconds(15), Duration.ofSeconds(1));
    }

    private static void oneMember(BenchRun run, BenchPostgres postgres) throws Exception {
        postgres.create("one_member");
        try (MemberProcesses members = run.starting(() -> MemberProcesses.start(run, postgres, "one_member", 1, "2g"));
             LedgerLoad load = new LedgerLoad(run, members, postgres)) {
            load.openAccounts();
            Workload uniform = new Workload(Workload.ACCOUNTS);
            load.batched("warming up", uniform, CALLERS, BATCH, Duration.ZERO, run.time(Duration.ofSeconds(20), Duration.ofSeconds(3)));
            if (run.wants("ledger.batched") || run.wants("ledger.hot") || run.wants("ledger.cluster3") || run.wants("ledger.rebase")) {
                Measured batched = load.batched("batched", uniform, CALLERS, BATCH, Duration.ofMillis(500), time(run));
                run.row(Row.of("ledger.batched", batched.rate(), UNIT).against(value(run, "ledger.postgres")).latency(batched.latency())
                        .reach(50_000, 100_000).note(batched.cost()));
            }
            if (run.wants("ledger.hot")) {
                hot(run, load);
            }
            if (run.wants("ledger.single")) {
                single(run, load);
            }
            JournalCheck.check(run, postgres, "one_member", members.client(), load.acknowledged());
        }
    }

    private static void hot(BenchRun run, LedgerLoad load) throws InterruptedException {
        for (int accounts : new int[]{10, 50, 10_000}) {
            String id = "ledger.hot" + (accounts == 10_000 ? "10k" : accounts);
            Measured hot = load.batched(accounts + " hot accounts", new Workload(accounts), CALLERS, BATCH, Duration.ofMillis(500), time(run));
            double uniform = value(run, "ledger.batched");
            run.row(Row.of(id, hot.rate(), UNIT).against(uniform).latency(hot.latency()).reach(0.8 * uniform, uniform)
                    .note("batched, both accounts of each transfer among " + accounts + "; baseline: ledger.batched"));
        }
    }

    private static void single(BenchRun run, LedgerLoad load) throws InterruptedException {
        Workload uniform = new Workload(Workload.ACCOUNTS);
        Measured single = load.single(CLIENTS + " callers", uniform, CLIENTS, run.time(Duration.ofSeconds(45), Duration.ofSeconds(2)), time(run));
        run.row(Row.of("ledger.single", single.rate(), UNIT).against(value(run, "ledger.postgres")).latency(single.latency())
                .reach(8_000, 8_000).note(CLIENTS + " callers on one client, each with one transfer under way; p99 is to be below 25 ms, better 10 ms; " + single.cost()));
        Measured offered = load.offered("8,000/s offered", uniform, 8_000, Duration.ofMillis(500), time(run));
        run.row(Row.of("ledger.single.offered", offered.rate(), UNIT).latency(offered.latency())
                .note("8,000/s offered whether or not answers come; timed from when each was due"));
    }

    private static void threeMembers(BenchRun run, BenchPostgres postgres) throws Exception {
        postgres.create("three_members");
        try (MemberProcesses members = run.starting(() -> MemberProcesses.start(run, postgres, "three_members", 3, "768m"));
             LedgerLoad load = new LedgerLoad(run, members, postgres)) {
            load.openAccounts();
            Workload uniform = new Workload(Workload.ACCOUNTS);
            Measured measured = load.batched("three members", uniform, CALLERS, BATCH,
                    run.time(Duration.ofSeconds(20), Duration.ofSeconds(3)), time(run));
            run.row(Row.of("ledger.cluster3", measured.rate(), UNIT).against(value(run, "ledger.batched")).latency(measured.latency())
                    .reach(20_000, 40_000).note("three members on the same machine, one backup of each shard; baseline: one member; " + measured.cost()));
            JournalCheck.check(run, postgres, "three_members", members.client(), load.acknowledged());
        }
    }

    private static double value(BenchRun run, String id) {
        OptionalDouble value = run.value(id);
        return value.isPresent() ? value.getAsDouble() : Double.NaN;
    }
}
