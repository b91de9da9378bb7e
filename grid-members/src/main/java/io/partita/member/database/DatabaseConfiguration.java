package io.partita.member.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.partita.member.PartitaProperties;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The database: its server, three pools of connections and JDBI. Flyway brings it up to date before either is used elsewhere. */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {

    /** Qualifies the {@link DataSource} that only the ledger's engine uses. */
    public static final String JOURNAL = "journal";
    /** Qualifies what only trading uses: its {@link DataSource}, and its {@link Jdbi}. */
    public static final String TRADING = "trading";

    @Bean
    DataFolder dataFolder(PartitaProperties settings) {
        return DataFolder.take(settings.data());
    }

    @Bean
    DatabaseServer databaseServer(PartitaProperties settings, DataFolder data) {
        PartitaProperties.Database database = settings.database();
        return database.embedded()
                ? EmbeddedPostgres.start(data.path().resolve("postgres"), data.path().resolve("postgres-18.6.0"), database.port(), Map.of())
                : new ExternalPostgres(database.url(), database.user(), database.password());
    }

    @Bean
    @Primary
    HikariDataSource dataSource(DatabaseServer server, PartitaProperties settings) {
        return new HikariDataSource(pool("queries", settings.database().pool(), server));
    }

    @Bean
    @Qualifier(JOURNAL)
    @DependsOnDatabaseInitialization
    HikariDataSource journalDataSource(DatabaseServer server, PartitaProperties settings) {
        HikariConfig pool = pool("journal", settings.database().journalPool(), server);
        // A server that falls silent must not hold a lane for good. No answer of the journal takes nearly as long; long reads stream.
        pool.addDataSourceProperty("socketTimeout", "60");
        // And a member that falls silent must not hold the journal's head for good: every other one would wait for it. The server ends
        // such a transaction before the member is given up, and a member that goes on finds that nothing was committed.
        // One that stops in the middle of a COPY is not idle; who waits for an id of its batch gives up by itself.
        // The head of the journal is found by its key: a scan would pass all of its former versions that are not cleaned up yet, and what
        // is planned while there are none is kept.
        pool.addDataSourceProperty("options", "-c enable_seqscan=off -c idle_in_transaction_session_timeout=3s -c lock_timeout=10s -c tcp_keepalives_idle=5 "
                + "-c tcp_keepalives_interval=2 -c tcp_keepalives_count=3");
        return new HikariDataSource(pool);
    }

    @Bean
    @Qualifier(TRADING)
    @DependsOnDatabaseInitialization
    HikariDataSource tradingDataSource(DatabaseServer server, PartitaProperties settings) {
        HikariConfig pool = pool(TRADING, settings.database().tradingPool(), server);
        // Neither a server that falls silent holds trading's threads for good, nor a member that does holds its locks. Commands of a book's journal
        // are carried out as they are read, which takes a while, but not nearly so long.
        pool.addDataSourceProperty("socketTimeout", "30");
        pool.addDataSourceProperty("options", "-c idle_in_transaction_session_timeout=20s -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 "
                + "-c tcp_keepalives_count=3");
        return new HikariDataSource(pool);
    }

    @Bean
    @Primary
    @DependsOnDatabaseInitialization
    Jdbi jdbi(DataSource dataSource) {
        return Jdbi.create(dataSource);
    }

    @Bean
    @Qualifier(TRADING)
    @DependsOnDatabaseInitialization
    Jdbi tradingJdbi(@Qualifier(TRADING) DataSource dataSource) {
        return Jdbi.create(dataSource);
    }

    /** Gives up on a lost server within seconds, takes it back by itself, and starts without one (Flyway waits for it). */
    private static HikariConfig pool(String name, int size, DatabaseServer server) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setJdbcUrl(server.url());
        pool.setUsername(server.user());
        pool.setPassword(server.password());
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(2);
        pool.setConnectionTimeout(3_000);
        pool.setValidationTimeout(1_500);
        pool.setKeepaliveTime(30_000);
        pool.setInitializationFailTimeout(-1);
        pool.addDataSourceProperty("ApplicationName", "partita-" + name);
        pool.addDataSourceProperty("connectTimeout", "3");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        batched(pool);
        return pool;
    }

    /** Rows that are inserted together are one statement with all of them, and not as many as there are rows. So none of them may change what another has just made. */
    public static void batched(HikariConfig pool) {
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
    }
}
