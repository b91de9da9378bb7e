package io.partita.member.ledger.archive;

import io.partita.member.PartitaProperties;
import io.partita.member.database.DataFolder;
import io.partita.member.ledger.JournalReader;
import io.partita.member.ledger.proof.ProofService;
import io.partita.member.ledger.proof.TileWriter;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Retention in a member: its files are in the folder {@code archive} of the data folder, or in one that members share. */
@Configuration(proxyBeanMethods = false)
class ArchiveConfiguration {

    @Bean
    LedgerArchive ledgerArchive(DataSource database, DataFolder data, PartitaProperties settings, JournalReader journal, ProofService proofs,
                                TileWriter tiles) {
        Path shared = settings.ledger().archive();
        return new LedgerArchive(database, shared == null ? data.path().resolve("archive") : shared.toAbsolutePath().normalize(), journal,
                proofs, tiles);
    }
}
