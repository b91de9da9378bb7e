package io.partita.member.ledger.proof;

import io.partita.member.database.DataFolder;
import io.partita.member.ledger.JournalReader;
import io.partita.member.ledger.RecentBlocks;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Evidence in a member: on the pool of queries, after the database has its tables. */
@Configuration(proxyBeanMethods = false)
class ProofConfiguration {

    @Bean
    JournalReader journalReader(DataSource database, Flyway migrated) {
        return new JournalReader(database);
    }

    @Bean
    SigningKey signingKey(DataFolder data) {
        return SigningKey.in(data.path());
    }

    @Bean
    TreeHeads treeHeads(DataSource database, JournalReader journal, SigningKey key) {
        return new TreeHeads(database, journal, key, InstantSource.system());
    }

    @Bean
    ProofService proofService(DataSource database, JournalReader journal, TreeHeads heads) {
        return new ProofService(database, journal, heads);
    }

    @Bean
    TileWriter tileWriter(DataSource database, JournalReader journal, RecentBlocks recent) {
        return new TileWriter(database, journal, recent);
    }

    @Bean
    ProofKeeper proofKeeper(JournalReader journal, TileWriter tiles, TreeHeads heads) {
        return new ProofKeeper(journal, tiles, heads).start();
    }
}
