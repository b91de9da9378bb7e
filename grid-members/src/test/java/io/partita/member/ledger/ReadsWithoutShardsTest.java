package io.partita.member.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.partita.ledger.Account;
import io.partita.ledger.LedgerGateway.Consistency;
import io.partita.ledger.Reading;
import io.partita.member.PartitaProperties;
import io.partita.member.grid.GridConfiguration;
import io.partita.member.testing.TestDatabase;
import io.partita.tracing.Tracing;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** A member that has lost its shards, as one alone after a split may have. */
class ReadsWithoutShardsTest {

    private static final PartitaProperties SETTINGS = PartitaProperties.of(Map.of("partita.grid.name", "no-shards-" + UUID.randomUUID(),
            "partita.grid.port", Integer.toString(TestDatabase.freePort()), "partita.grid.backups", "0"));

    private final HazelcastInstance grid = GridConfiguration.start(SETTINGS);

    @AfterEach
    void shutdown() {
        grid.shutdown();
    }

    @Test
    void a_ledger_whose_database_has_gone_closes_without_asking_it_for_each_of_its_shards() {
        AtomicInteger asked = new AtomicInteger();
        DataSource away = new AbstractDataSource() {

            @Override
            public Connection getConnection() throws SQLException {
                asked.incrementAndGet();
                throw new SQLTransientConnectionException("away");
            }

            @Override
            public Connection getConnection(String user, String password) throws SQLException {
                return getConnection();
            }
        };
        LedgerParts parts = LedgerParts.of(grid, away, away, SETTINGS.ledger(), InstantSource.system(), new RecentBlocks(), (_, _, _) -> { });
        new LedgerService(grid, parts, SETTINGS.ledger(), new SimpleMeterRegistry(), InstantSource.system(), Tracing.NONE).close();
        assertThat(asked).hasValueBetween(1, 2);
    }

    @Test
    void an_account_is_read_from_the_journal_and_marked_stale() {
        try (TestDatabase database = TestDatabase.fresh()) {
            NaiveLedger naive = new NaiveLedger(new TestJournal(database.dataSource(), 5).growTo(400).foldAccounts().entries());
            LedgerParts parts = LedgerParts.of(grid, database.dataSource(), database.dataSource(), SETTINGS.ledger(), InstantSource.system(), new RecentBlocks(), (_, _, _) -> { });
            try (LedgerService ledger = new LedgerService(grid, parts, SETTINGS.ledger(), new SimpleMeterRegistry(), InstantSource.system(), Tracing.NONE)) {
                List<Long> accounts = naive.accounts().stream().map(Account::id).toList();
                List<Reading> readings = ledger.read(accounts, Consistency.CURRENT).join();
                for (int i = 0; i < accounts.size(); i++) {
                    BigInteger[] sums = naive.sums(naive.legs(accounts.get(i)));
                    Reading reading = readings.get(i);
                    assertThat(reading.stale()).isTrue();
                    assertThat(reading.balance()).hasValueSatisfying(balance -> assertThat(List.of(BigInteger.valueOf(balance.debitsPosted()),
                            BigInteger.valueOf(balance.creditsPosted()))).isEqualTo(List.of(sums[0], sums[1])));
                }
                assertThat(accounts).isNotEmpty();
                Reading unknown = ledger.read(List.of(Long.MAX_VALUE), Consistency.CURRENT).join().getFirst();
                assertThat(unknown.balance()).isEmpty();
            }
        }
    }
}
