package io.partita.member.ledger.archive;

import io.partita.member.database.DataFolder;
import io.partita.member.ledger.JournalReader;
import io.partita.member.ledger.proof.ProofService;
import io.partita.member.ledger.proof.TileWriter;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Retention in a member: its files are in the folder {@code archive} of the data folder. */
@Configuration(proxyBeanMethods = false)
class ArchiveConfiguration {

    @Bean
    LedgerArchive ledgerArchive(DataSource database, DataFolder data, JournalReader journal, ProofService proofs, TileWriter tiles) {
        return new LedgerArchive(database, data.path().resolve("archive"), journal, proofs, tiles);
    }
}
