package io.partita.member.bench.ledger;

import io.partita.member.bench.BenchRun;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Double entry as a database alone does it: a transaction for each transfer that updates two account rows, each only within its
 * limit, and inserts one row into a journal. Same server, same settings, same transfers; prepared statements; rows taken in the
 * order of their ids, so that no two transactions deadlock.
 */
final class PostgresBaseline {

    static final int CONNECTIONS = 32;

    private final BenchRun run;
    private final BenchPostgres postgres;
    private int streams;

    PostgresBaseline(BenchRun run, BenchPostgres postgres) throws SQLException {
        this.run = run;
        this.postgres = postgres;
        postgres.create("baseline");
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            statement.execute("""
                    create table account (id bigint primary key, debits bigint not null default 0, credits bigint not null default 0,
                      max_net_debit bigint not null, updated_at timestamptz not null default now()) with (fillfactor = 50);
                    create table journal (id uuid primary key, debit_account bigint not null, credit_account bigint not null,
                      amount bigint not null, booked_at timestamptz not null default now());
                    create index on journal (debit_account);
                    create index on journal (credit_account);""");
            statement.execute("insert into account (id, max_net_debit) select id, " + Workload.OVERDRAFT
                    + " from generate_series(1, " + Workload.ACCOUNTS + ") id");
            statement.execute("vacuum analyze account");
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.url("baseline"), postgres.user(), "");
    }

    Measured measure(String what, Workload workload, Duration warmUp, Duration time) throws InterruptedException {
        Measured measured = new Measured();
        AtomicReference<Exception> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Workload.Stream source = workload.stream(++streams);
            threads.add(Thread.ofPlatform().daemon().start(() -> {
                try (Connection connection = connect()) {
                    book(connection, source, measured);
                } catch (SQLException e) {
                    failure.compareAndSet(null, e);
                }
            }));
        }
        measured.window(run, what, warmUp, time);
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("The baseline failed", failure.get());
        }
        return measured;
    }

    private static void book(Connection connection, Workload.Stream source, Measured measured) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement debit = connection.prepareStatement("""
                update account set debits = debits + ?, updated_at = now() where id = ? and debits + ? - credits <= max_net_debit""");
             PreparedStatement credit = connection.prepareStatement("""
                update account set credits = credits + ?, updated_at = now() where id = ?""");
             PreparedStatement journal = connection.prepareStatement("""
                insert into journal (id, debit_account, credit_account, amount) values (?, ?, ?, ?)""")) {
            while (measured.running()) {
                source.draw();
                long start = System.nanoTime();
                debit.setLong(1, source.amount);
                debit.setLong(2, source.debit);
                debit.setLong(3, source.amount);
                credit.setLong(1, source.amount);
                credit.setLong(2, source.credit);
                boolean debitFirst = source.debit < source.credit;
                int updated = (debitFirst ? debit : credit).executeUpdate() + (debitFirst ? credit : debit).executeUpdate();
                if (updated != 2) {
                    throw new SQLException("A limit was met");
                }
                journal.setObject(1, new UUID(source.debit << 32 | source.credit, System.nanoTime()));
                journal.setLong(2, source.debit);
                journal.setLong(3, source.credit);
                journal.setLong(4, source.amount);
                journal.executeUpdate();
                connection.commit();
                measured.done(1, System.nanoTime() - start);
            }
        }
    }
}
