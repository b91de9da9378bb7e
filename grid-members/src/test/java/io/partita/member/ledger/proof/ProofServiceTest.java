package io.partita.member.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.ledger.journal.Frontier;
import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.journal.JournalEntry.Booking;
import io.partita.ledger.journal.JournalEntry.Seal;
import io.partita.ledger.journal.MerkleHash;
import io.partita.ledger.proof.BundleVerifier;
import io.partita.ledger.proof.ConsistencyProof;
import io.partita.ledger.proof.InclusionProof;
import io.partita.ledger.proof.SignedTreeHead;
import io.partita.ledger.proof.Verdict;
import io.partita.member.cli.PartitaRun;
import io.partita.member.ledger.JournalDamagedException;
import io.partita.member.ledger.JournalReader;
import io.partita.member.ledger.RecentBlocks;
import io.partita.member.ledger.TestJournal;
import io.partita.member.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofServiceTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final JournalReader READER = new JournalReader(DATABASE.dataSource());

    @TempDir
    private static Path folder;

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private static TreeHeads heads(TestDatabase database) {
        return new TreeHeads(database.dataSource(), new JournalReader(database.dataSource()), SigningKey.in(folder), InstantSource.system());
    }

    private static ProofService service(TestDatabase database) {
        return new ProofService(database.dataSource(), new JournalReader(database.dataSource()), heads(database));
    }

    private static byte[] bundle(ProofService proofs, long from, long to) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        proofs.bundle(proofs.range(from, to), bytes);
        return bytes.toByteArray();
    }

    @Test
    void proofs_hold_while_the_tiles_lag_and_when_they_are_written() throws IOException {
        TestJournal journal = new TestJournal(DATABASE.dataSource(), 71).growTo(700);
        ProofService proofs = service(DATABASE);
        RecentBlocks recent = new RecentBlocks();
        TileWriter tiles = new TileWriter(DATABASE.dataSource(), READER, recent);
        SignedTreeHead early = proofs.heads().latest();
        assertThat(early.root()).isEqualTo(journal.source().frontier().root());
        assertThat(proofs.heads().latest()).as("what is signed stays signed").isEqualTo(early);
        Random random = new Random(1);
        assertProofs(journal, proofs, random);

        assertThat(tiles.catchUp()).isEqualTo(2);
        assertProofs(journal, proofs, random);

        journal.growTo(3_000);
        assertProofs(journal, proofs, random);
        assertConsistent(proofs, early.size());
        addLeaves(journal, recent, 1_000, 2_100);
        tiles.catchUp();
        assertThat(tiles.catchUp()).isZero();
        assertProofs(journal, proofs, random);
        assertConsistent(proofs, early.size());

        Verdict verdict = new BundleVerifier(List.of(SigningKey.in(folder).verificationKey()), Map.of(early.size(), early.root()), _ -> { })
                .verify(new ByteArrayInputStream(bundle(proofs, 100, 2_000)));
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.header().from()).isLessThanOrEqualTo(100);
        assertThat(verdict.header().to()).isGreaterThanOrEqualTo(2_000);
        assertThat(verdict.heads()).as("the early head lies on the way").isEqualTo(2);
    }

    /** As this member had booked some of it, and another one the rest. */
    private static void addLeaves(TestJournal journal, RecentBlocks recent, int from, int to) {
        ByteBuffer entry = ByteBuffer.allocate(JournalEntry.MAX_ENCODED);
        for (int position = from; position < to; position++) {
            journal.entries().get(position).encode(entry.clear());
            byte[] leaf = new byte[MerkleHash.SIZE];
            MerkleHash.ofThread().leaf(entry.array(), 0, entry.position(), leaf, 0);
            recent.add(position, leaf);
        }
    }

    private static void assertProofs(TestJournal journal, ProofService proofs, Random random) {
        for (int i = 0; i < 20; i++) {
            int position = random.nextInt(journal.entries().size());
            InclusionProof proof = proofs.inclusion(position).orElseThrow();
            assertThat(proof.entry()).isEqualTo(journal.entries().get(position));
            assertThat(InclusionProof.parse(proof.toJson()).holds()).isTrue();
        }
        Booking last = (Booking) journal.entries().reversed().stream().filter(Booking.class::isInstance).findFirst().orElseThrow();
        assertThat(proofs.inclusion(last.id()).orElseThrow().holds()).isTrue();
        assertThat(proofs.inclusion(new UUID(1, 1))).isEmpty();
        assertThat(proofs.inclusion(journal.entries().size())).isEmpty();
    }

    private static void assertConsistent(ProofService proofs, long early) {
        ConsistencyProof proof = proofs.consistency(early, proofs.heads().latest().size()).orElseThrow();
        assertThat(ConsistencyProof.parse(proof.toJson()).holds()).isTrue();
        assertThat(proof.first().size()).isEqualTo(early);
        assertThat(proofs.consistency(early - 1, early)).as("in the middle of a batch").isEmpty();
    }

    @Test
    void tiles_of_the_next_level_are_made_of_256_of_the_level_below() {
        try (TestDatabase database = TestDatabase.fresh()) {
            Frontier block = Frontier.empty();
            Jdbi jdbi = Jdbi.create(database.dataSource());
            jdbi.useHandle(handle -> {
                for (int index = 0; index < 300; index++) {
                    byte[] hash = MerkleHash.ofThread().leaf(new byte[] {(byte) index, (byte) (index >> 8)});
                    handle.execute("insert into ledger_tile (level, index, hash) values (8, ?, ?)", index, hash);
                    if (index < 256) {
                        block.append(hash);
                    }
                }
            });
            JournalReader reader = new JournalReader(database.dataSource());
            assertThat(new TileWriter(database.dataSource(), reader, new RecentBlocks()).catchUp()).isOne();
            byte[] made = jdbi.withHandle(handle ->
                    handle.createQuery("select hash from ledger_tile where level = 16 and index = 0").mapTo(byte[].class).one());
            assertThat(made).isEqualTo(block.root());
            TileNodes nodes = new TileNodes(jdbi, reader, 1 << 17);
            assertThat(nodes.root(16, 0)).isEqualTo(made);
            jdbi.useHandle(handle -> handle.execute("delete from ledger_tile where level = 16"));
            assertThat(new TileNodes(jdbi, reader, 1 << 17).root(16, 0)).as("made from what is below it").isEqualTo(made);
        }
    }

    @Test
    void a_member_neither_proves_nor_signs_nor_exports_a_journal_that_was_tampered_with() {
        try (TestDatabase database = TestDatabase.fresh()) {
            TestJournal journal = new TestJournal(database.dataSource(), 73).growTo(400);
            ProofService proofs = service(database);
            SignedTreeHead head = proofs.heads().latest();
            Booking booking = (Booking) journal.entries().reversed().stream().filter(Booking.class::isInstance).findFirst().orElseThrow();
            Jdbi jdbi = Jdbi.create(database.dataSource());
            jdbi.useHandle(handle -> handle.execute("update ledger_transfer set amount = amount + 1 where id = ?", booking.id()));
            assertThatThrownBy(() -> proofs.inclusion(booking.id())).isInstanceOf(JournalDamagedException.class)
                    .hasMessageContaining("not what was booked");
            assertThatThrownBy(() -> bundle(proofs, 0, Long.MAX_VALUE)).isInstanceOf(JournalDamagedException.class);
            jdbi.useHandle(handle -> handle.execute("update ledger_head set root = ?", new byte[32]));
            assertThatThrownBy(() -> proofs.heads().latest()).isInstanceOf(JournalDamagedException.class);
            jdbi.useHandle(handle -> handle.execute("update ledger_transfer set amount = amount - 1 where id = ?", booking.id()));
            journal.growTo(500);
            assertThat(proofs.heads().latest().size()).isGreaterThan(head.size());
            jdbi.useHandle(handle -> handle.execute("update ledger_transfer set amount = amount + 1 where id = ?", booking.id()));
            journal.growTo(600);
            assertThatThrownBy(() -> proofs.heads().latest()).isInstanceOf(JournalDamagedException.class)
                    .hasMessageContaining("does not continue");
        }
    }

    @Test
    void the_key_is_made_once_and_only_its_owner_can_read_it() throws IOException {
        SigningKey key = SigningKey.in(folder);
        assertThat(SigningKey.in(folder).verificationKey()).isEqualTo(key.verificationKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(SigningKey.SECRET)))).isEqualTo("rw-------");
        Path other = Files.createDirectory(folder.resolve("other"));
        assertThat(SigningKey.in(other).verificationKey()).isNotEqualTo(key.verificationKey());
        Files.writeString(other.resolve(SigningKey.SECRET), "nonsense");
        assertThatThrownBy(() -> SigningKey.in(other)).hasMessageContaining("cannot be used");
    }

    @Test
    void the_command_line_verifies_all_kinds_of_evidence_and_holds_them_against_each_other() throws IOException {
        try (TestDatabase database = TestDatabase.fresh()) {
            TestJournal journal = new TestJournal(database.dataSource(), 74).growTo(300);
            ProofService proofs = service(database);
            SignedTreeHead early = proofs.heads().latest();
            journal.growTo(900);
            Path bundle = Files.write(folder.resolve("all.jsonl.gz"), bundle(proofs, 0, Long.MAX_VALUE));
            Path part = Files.write(folder.resolve("part.jsonl.gz"), bundle(proofs, early.size(), Long.MAX_VALUE));
            Path proof = Files.writeString(folder.resolve("proof.json"), proofs.inclusion(250).orElseThrow().toJson());
            Path consistency = Files.writeString(folder.resolve("consistency.json"),
                    proofs.consistency(early.size(), proofs.heads().latest().size()).orElseThrow().toJson());
            Path head = Files.writeString(folder.resolve("head.json"), early.toJson());
            Path keys = folder.resolve(SigningKey.PUBLIC);

            PartitaRun good = PartitaRun.of("verify", bundle, part, proof, consistency, head, "--key", keys);
            assertThat(good.output()).contains("Everything holds", "debits equal to credits");
            assertThat(good.status()).isZero();

            TestJournal stranger = new TestJournal(DATABASE.dataSource(), 75);
            assertThat(stranger.entries()).isEmpty();
            Path forged = Files.writeString(folder.resolve("forged.json"),
                    SigningKey.in(folder).sign(early.size(), new byte[32], 1).toJson());
            PartitaRun bad = PartitaRun.of("verify", bundle, forged, "--key", keys);
            assertThat(bad.output()).contains("NOT VALID", "not those of the tree head");
            assertThat(bad.status()).isOne();
            assertThat(PartitaRun.of("verify", folder.resolve("absent")).status()).isOne();
            assertThat(PartitaRun.of("verify", keys).status()).isOne();
            assertThat(PartitaRun.of("verify").status()).isEqualTo(2);
        }
    }

    @Test
    void a_range_is_widened_to_whole_batches() {
        try (TestDatabase database = TestDatabase.fresh()) {
            TestJournal journal = new TestJournal(database.dataSource(), 76).growTo(200);
            Seal seal = (Seal) journal.entries().stream().filter(entry -> entry instanceof Seal s && s.position() > 100).findFirst().orElseThrow();
            ProofService proofs = service(database);
            assertThat(proofs.range(seal.position(), seal.position() + 1))
                    .isEqualTo(new ProofService.Range(seal.position(), seal.position() + seal.index() + 1));
            assertThat(proofs.range(0, Long.MAX_VALUE)).isEqualTo(new ProofService.Range(0, journal.entries().size()));
            assertThat(proofs.range(Long.MAX_VALUE, Long.MAX_VALUE).from()).isEqualTo(journal.entries().size());
        }
    }
}
