package io.partita.member.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.ledger.journal.Frontier;
import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.journal.JournalEntry.AccountChange;
import io.partita.ledger.journal.JournalEntry.Booking;
import io.partita.ledger.journal.JournalEntry.Seal;
import io.partita.ledger.journal.MerkleHash;
import io.partita.ledger.proof.BundleHeader;
import io.partita.ledger.proof.BundleVerifier;
import io.partita.ledger.proof.BundleWriter;
import io.partita.ledger.proof.Finding;
import io.partita.ledger.proof.SignedTreeHead;
import io.partita.ledger.proof.Verdict;
import io.partita.ledger.proof.VerificationKey;
import io.partita.member.ledger.RandomJournal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes honest bundles, damages them in every way that comes to mind, and expects to be told where. */
class BundleVerifierTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final KeyPair KEYS = keys();
    private static final VerificationKey KEY = VerificationKey.of(KEYS.getPublic());

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A journal of some 300 entries and bundles of it. */
    private static final class Sample {

        final List<JournalEntry> entries = new ArrayList<>();
        final List<Long> ends = new ArrayList<>();
        final Random random;

        Sample(long seed) {
            random = new Random(seed);
            RandomJournal journal = new RandomJournal(seed);
            while (entries.size() < 300) {
                entries.addAll(journal.batch());
                ends.add(journal.size());
            }
        }

        /** The bundle of everything from a position, with a signed head amid it. */
        byte[] bundle(long from) {
            return bundle(entries, from);
        }

        byte[] bundle(List<JournalEntry> written, long from) {
            long to = ends.getLast();
            long middle = ends.get(ends.size() / 2);
            try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
                BundleHeader header = new BundleHeader(from, frontier(from), head(to), Map.of(KEY.id(), KEY));
                try (BundleWriter writer = new BundleWriter(bytes, header)) {
                    for (JournalEntry entry : written.subList((int) from, written.size())) {
                        writer.entry(entry);
                        if (writer.position() == middle && middle > from) {
                            writer.head(head(middle));
                        }
                    }
                    try {
                        writer.finish();
                    } catch (IllegalStateException e) {
                        assertThat(written).as("an honest bundle is written").isNotSameAs(entries);
                    }
                }
                List<String> lines = unpack(bytes.toByteArray());
                if (!lines.getLast().contains("\"end\"")) {
                    lines.add("{\"end\":" + (to - from) + "}");
                }
                return pack(lines);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Frontier frontier(long size) {
            Frontier frontier = Frontier.empty();
            entries.subList(0, (int) size).forEach(entry -> frontier.append(MerkleHash.ofThread().leaf(entry.encoded())));
            return frontier;
        }

        SignedTreeHead head(long size) {
            return SignedTreeHead.sign(size, frontier(size).root(), 1_790_000_000_000_000L + size, KEY.id(), KEYS.getPrivate());
        }

        /** A line that holds an entry; the header is line 0. */
        int entryLine(List<String> lines) {
            int line;
            do {
                line = 1 + random.nextInt(lines.size() - 1);
            } while (!lines.get(line).startsWith("{\"position\""));
            return line;
        }
    }

    private static Verdict verify(byte[] bundle) {
        return verify(bundle, List.of(), Map.of());
    }

    private static Verdict verify(byte[] bundle, List<VerificationKey> trusted, Map<Long, byte[]> roots) {
        try {
            return new BundleVerifier(trusted, roots, _ -> { }).verify(new ByteArrayInputStream(bundle));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> unpack(byte[] bundle) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bundle))) {
            return new ArrayList<>(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] pack(List<String> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static long position(String line) {
        return JSON.readTree(line).get("position").asLong();
    }

    private static void assertFoundAt(Verdict verdict, long position, String word) {
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.findings()).anySatisfy(finding -> {
            assertThat(finding.position()).isEqualTo(position);
            assertThat(finding.what()).contains(word);
        });
    }

    private static void assertOnlyAt(Verdict verdict, long position, String word) {
        assertFoundAt(verdict, position, word);
        assertThat(verdict.findings()).as("nothing else is blamed").extracting(Finding::position).containsOnly(position);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void an_honest_bundle_is_valid_wherever_it_begins(long seed) {
        Sample sample = new Sample(seed);
        for (long from : List.of(0L, sample.ends.get(3), sample.ends.get(9), sample.ends.getLast())) {
            Verdict verdict = verify(sample.bundle(from), List.of(KEY), Map.of(sample.ends.get(8), sample.head(sample.ends.get(8)).root()));
            assertThat(verdict.findings()).isEmpty();
            assertThat(verdict.valid()).isTrue();
            assertThat(verdict.pinned()).isTrue();
            assertThat(verdict.entries()).isEqualTo(sample.entries.size() - from);
            assertThat(verdict.header().to()).isEqualTo(sample.entries.size());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void any_changed_value_of_any_entry_is_found_where_it_is(long seed) {
        Sample sample = new Sample(seed);
        byte[] honest = sample.bundle(0);
        for (int round = 0; round < 50; round++) {
            List<String> lines = unpack(honest);
            int line = sample.entryLine(lines);
            JsonNode changed = JSON.readTree(lines.get(line));
            String what = changeSomething(changed, sample.random);
            lines.set(line, changed.toString());
            Verdict verdict = verify(pack(lines));
            assertThat(verdict.valid()).as(what).isFalse();
            if (!what.endsWith("/position")) {
                assertThat(verdict.findings()).as(what).extracting(Finding::position).contains(position(lines.get(line)));
            }
        }
    }

    @Test
    void a_changed_amount_is_told_as_that_transfers_change_and_nothing_else_is_blamed() {
        Sample sample = new Sample(6);
        List<String> lines = unpack(sample.bundle(0));
        for (int line = 1; line < lines.size(); line++) {
            if (lines.get(line).contains("amountMinor")) {
                List<String> changed = new ArrayList<>(lines);
                changed.set(line, lines.get(line).replaceFirst("amountMinor\":\"", "amountMinor\":\"9"));
                assertOnlyAt(verify(pack(changed)), position(lines.get(line)), "does not have the hash that was signed");
                line += 40;
            }
        }
    }

    @Test
    void a_changed_hash_beside_an_intact_entry_is_told_as_that() {
        Sample sample = new Sample(7);
        List<String> lines = unpack(sample.bundle(0));
        int line = sample.entryLine(lines);
        ObjectNode changed = (ObjectNode) JSON.readTree(lines.get(line));
        changed.put("leaf", HexFormat.of().formatHex(new byte[32]));
        lines.set(line, changed.toString());
        assertOnlyAt(verify(pack(lines)), position(lines.get(line)), "only the hash beside it is wrong");
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void dropped_inserted_and_reordered_entries_are_found_where_they_are(long seed) {
        Sample sample = new Sample(seed);
        byte[] honest = sample.bundle(sample.ends.get(2));
        for (int round = 0; round < 15; round++) {
            List<String> lines = unpack(honest);
            int line = sample.entryLine(lines);
            long position = position(lines.get(line));

            List<String> dropped = new ArrayList<>(lines);
            dropped.remove(line);
            assertOnlyAt(verify(pack(dropped)), position, "is missing");

            List<String> doubled = new ArrayList<>(lines);
            doubled.add(line, lines.get(line));
            assertOnlyAt(verify(pack(doubled)), position, "was inserted");

            int other = sample.entryLine(lines);
            if (other != line) {
                List<String> swapped = new ArrayList<>(lines);
                Collections.swap(swapped, line, other);
                Verdict verdict = verify(pack(swapped));
                assertThat(verdict.findings()).isNotEmpty().allMatch(finding -> finding.what().contains("was moved"));
                assertThat(verdict.findings()).extracting(Finding::position).isSubsetOf(position, position(lines.get(other)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void entries_that_are_dropped_or_inserted_with_all_positions_renumbered_are_found(long seed) {
        Sample sample = new Sample(seed);
        for (int round = 0; round < 30; round++) {
            List<JournalEntry> entries = new ArrayList<>(sample.entries);
            int place = sample.random.nextInt(entries.size());
            if (round % 2 == 0) {
                entries.remove(place);
            } else {
                entries.add(place, entries.get(sample.random.nextInt(entries.size())));
            }
            Verdict verdict = verify(sample.bundle(entries, 0));
            assertThat(verdict.valid()).isFalse();
            assertThat(verdict.findings()).as("close to " + place)
                    .anyMatch(finding -> Math.abs(finding.position() - place) <= 130 || entries.size() != sample.entries.size());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void an_entry_that_is_replaced_together_with_its_hash_does_not_lead_to_the_signed_root(long seed) {
        Sample sample = new Sample(seed);
        long middle = sample.ends.get(sample.ends.size() / 2);
        for (int round = 0; round < 30; round++) {
            List<JournalEntry> entries = new ArrayList<>(sample.entries);
            int place = sample.random.nextInt(entries.size());
            entries.set(place, forged(entries.get(place)));
            Verdict verdict = verify(sample.bundle(entries, 0));
            assertFoundAt(verdict, place < middle ? middle : sample.ends.getLast(), "do not lead to the root");
        }
    }

    private static JournalEntry forged(JournalEntry entry) {
        return switch (entry) {
            case Booking b -> new Booking(b.id(), b.batch(), b.index(), b.kind(), b.debitAccount(), b.creditAccount(), b.amount(),
                    b.released(), b.currency(), b.relatesTo(), b.linkedTo(), b.code() + 1, b.reference(), b.valueDate(), b.expiresAt(),
                    b.debitOrdinal(), b.creditOrdinal());
            case AccountChange c -> new AccountChange(c.batch(), c.index(), c.ordinal(),
                    new io.partita.ledger.AccountCommand.ChangeStatus(new UUID(7, 7), c.command().account(),
                            io.partita.ledger.AccountStatus.FROZEN));
            case Seal s -> new Seal(s.batch(), s.index(), s.position(), s.bookedAt(), s.term(), "somebody else", s.shards());
        };
    }

    @Test
    void a_whole_batch_that_is_cut_out_leaves_a_gap_in_the_sequences() {
        Sample sample = new Sample(41);
        int cut = 8;
        int first = sample.ends.get(cut - 1).intValue();
        int last = sample.ends.get(cut).intValue();
        List<JournalEntry> entries = new ArrayList<>(sample.entries.subList(0, first));
        long shift = last - first;
        sample.entries.subList(last, sample.entries.size()).forEach(entry -> entries.add(entry instanceof Seal s
                ? new Seal(s.batch(), s.index(), s.position() - shift, s.bookedAt(), s.term(), s.coordinator(), s.shards()) : entry));
        Verdict verdict = verify(sample.bundle(entries, 0));
        assertThat(verdict.findings()).anyMatch(finding -> finding.what().contains("are not dense"));
        assertThat(verdict.findings()).anyMatch(finding -> finding.what().contains("missing"));
    }

    @Test
    void an_id_that_is_used_twice_and_a_torn_linked_group_are_found_even_if_everything_was_signed() {
        Sample sample = new Sample(42);
        int linked = sample.entries.stream().filter(entry -> entry instanceof Booking b && b.linkedTo() != b.index())
                .mapToInt(sample.entries::indexOf).findFirst().orElseThrow();
        Booking leg = (Booking) sample.entries.get(linked);
        Booking before = (Booking) sample.entries.get(linked - 1);
        sample.entries.set(linked, new Booking(before.id(), leg.batch(), leg.index(), leg.kind(), leg.debitAccount(), leg.creditAccount(),
                leg.amount(), leg.released(), leg.currency(), leg.relatesTo(), leg.index() + 1, leg.code(), leg.reference(), leg.valueDate(),
                leg.expiresAt(), leg.debitOrdinal(), leg.creditOrdinal()));
        Verdict verdict = verify(sample.bundle(0));
        assertFoundAt(verdict, linked, "is used a second time");
        assertFoundAt(verdict, linked, "linked group");
    }

    @Test
    void a_head_of_another_key_with_another_root_or_a_broken_signature_is_found() {
        Sample sample = new Sample(51);
        byte[] honest = sample.bundle(0);
        VerificationKey stranger = VerificationKey.of(keys().getPublic());
        assertThat(verify(honest, List.of(stranger), Map.of()).findings()).anyMatch(f -> f.what().contains("none of those given"));
        Map<Long, byte[]> kept = Map.of(sample.ends.get(9), new byte[32]);
        assertFoundAt(verify(honest, List.of(KEY), kept), sample.ends.get(9), "not those of the tree head that was given");
        for (String part : List.of("root", "signature", "signedAt", "size", "keyId")) {
            List<String> lines = unpack(honest);
            ObjectNode header = (ObjectNode) JSON.readTree(lines.getFirst());
            ObjectNode head = (ObjectNode) header.get("treeHead");
            switch (part) {
                case "size" -> {
                    head.put("size", head.get("size").asLong() + 1);
                    header.put("to", head.get("size").asLong());
                }
                case "signedAt" -> head.put("signedAt", "2027-01-01T00:00:00Z");
                case "keyId" -> head.put("keyId", "0123456789abcdef");
                case "root" -> head.put("root", HexFormat.of().formatHex(new byte[32]));
                default -> head.put("signature", "AAAA");
            }
            lines.set(0, header.toString());
            assertThat(verify(pack(lines)).valid()).as(part).isFalse();
        }
    }

    @Test
    void a_file_that_is_cut_off_or_has_a_turned_bit_or_is_something_else_is_never_valid() {
        Sample sample = new Sample(61);
        byte[] honest = sample.bundle(0);
        for (int round = 0; round < 30; round++) {
            assertThat(verify(Arrays.copyOf(honest, sample.random.nextInt(honest.length))).valid()).isFalse();
            byte[] turned = honest.clone();
            int place = 10 + sample.random.nextInt(honest.length - 10);
            turned[place] ^= (byte) (1 << sample.random.nextInt(8));
            assertThat(verify(turned).valid()).as("bit at " + place).isFalse();
        }
        List<String> lines = unpack(honest);
        assertThat(verify(pack(lines.subList(0, lines.size() - 1))).valid()).isFalse();
        assertThat(verify(pack(lines.subList(0, lines.size() - 2))).valid()).isFalse();
        assertThat(verify(pack(lines.subList(1, lines.size()))).valid()).isFalse();
        assertThat(verify(pack(List.of("hello"))).valid()).isFalse();
        assertThat(verify(new byte[0]).valid()).isFalse();
        lines.add(lines.get(1));
        assertThat(verify(pack(lines)).valid()).isFalse();
        lines.set(3, "[".repeat(100_000));
        assertThat(verify(pack(lines)).valid()).isFalse();
    }

    /** Changes one value somewhere in a JSON object, and tells which. */
    private static String changeSomething(JsonNode node, Random random) {
        List<Runnable> changes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        collect(node, "", random, changes, names);
        int choice = random.nextInt(changes.size());
        changes.get(choice).run();
        return names.get(choice);
    }

    private static void collect(JsonNode node, String path, Random random, List<Runnable> changes, List<String> names) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (member.getValue().isValueNode()) {
                    names.add(path + "/" + member.getKey());
                    changes.add(() -> object.set(member.getKey(), changed(member.getValue(), random)));
                } else {
                    collect(member.getValue(), path + "/" + member.getKey(), random, changes, names);
                }
            }
            names.add(path + "/remark");
            changes.add(() -> object.put("remark", "added"));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                if (array.get(i).isValueNode()) {
                    names.add(path + "/" + i);
                    changes.add(() -> array.set(index, changed(array.get(index), random)));
                } else {
                    collect(array.get(i), path + "/" + i, random, changes, names);
                }
            }
        }
    }

    private static JsonNode changed(JsonNode value, Random random) {
        if (value.isNumber()) {
            return JSON.valueToTree(value.asLong() + 1 + random.nextInt(3));
        }
        String text = value.asString();
        if (random.nextInt(4) == 0 || text.isEmpty()) {
            return JSON.valueToTree(text + "1");
        }
        char[] characters = text.toCharArray();
        int place = random.nextInt(characters.length);
        characters[place] = characters[place] == '3' ? '4' : characters[place] == 'a' ? 'A' : '3';
        return JSON.valueToTree(new String(characters));
    }
}
