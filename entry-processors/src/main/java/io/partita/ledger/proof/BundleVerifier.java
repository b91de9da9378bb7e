package io.partita.ledger.proof;

import io.partita.ledger.journal.Frontier;
import io.partita.ledger.journal.JournalEntry;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tools.jackson.core.JsonGenerator;

/**
 * Checks a bundle, needing nothing but the bundle and, to know who signed it, the members' keys. Everything is
 * recomputed: the hash of every entry from its content, the root at every signed head, signatures, the shape of batches, the
 * sequences of shards. What is wrong is told with its position. Use one verifier for one bundle; not thread-safe.
 */
public final class BundleVerifier {

    private static final String OTHER_HASH = "its content does not have the hash beside it";

    private final Map<String, VerificationKey> trusted = new HashMap<>();
    private final TreeMap<Long, byte[]> roots;
    private final LongConsumer progress;
    private final Findings findings = new Findings();
    private final LeafHasher hasher = new LeafHasher();

    private BundleHeader header;
    private OrderCheck order;
    private BatchCheck batches;
    private ContentCheck content;
    /** The log as the entries' contents make it, and, from the first difference on, as the hashes beside them do. */
    private Frontier frontier;
    private Frontier stated;
    /** Whether entries are missing or out of place, so that no root can be rebuilt from here on. */
    private boolean torn;
    private long rebuiltTo;
    private long entries;
    private int heads;
    private boolean ended;
    private boolean pinned = true;
    private final Map<Long, String> changed = new TreeMap<>();

    /** A verifier that takes the keys which come with the bundle. */
    public BundleVerifier() {
        this(List.of(), Map.of(), _ -> { });
    }

    /**
     * A verifier that knows more than the bundle.
     *
     * @param trusted  the only keys that count; if empty, those which come with the bundle
     * @param roots    roots known from elsewhere (a head that was kept), by size; those within the bundle are compared
     * @param progress is told the position reached, now and then
     */
    public BundleVerifier(Collection<VerificationKey> trusted, Map<Long, byte[]> roots, LongConsumer progress) {
        trusted.forEach(key -> this.trusted.put(key.id(), key));
        this.roots = new TreeMap<>(roots);
        this.progress = progress;
    }

    /** The first line of a bundle, unverified; throws {@link IllegalArgumentException} if the stream is no bundle. */
    public static BundleHeader header(InputStream bundle) throws IOException {
        try (InputStream in = new GZIPInputStream(bundle)) {
            byte[] first = new Lines(in).next();
            return BundleHeader.read(Json.fields(first == null ? new byte[0] : first));
        } catch (EOFException | ZipException e) {
            throw new IllegalArgumentException("The file is cut off, damaged or no bundle", e);
        }
    }

    /** Reads a bundle to its end and judges it; throws only if the stream itself fails. */
    public Verdict verify(InputStream bundle) throws IOException {
        try (InputStream in = new GZIPInputStream(bundle, 1 << 16)) {
            Lines lines = new Lines(in);
            byte[] first = lines.next();
            if (begin(first == null ? new byte[0] : first)) {
                for (byte[] line; (line = lines.next()) != null; ) {
                    line(line);
                }
            }
        } catch (EOFException | ZipException e) {
            findings.add(order == null ? -1 : order.next(), "The file is cut off or damaged%s.",
                    order == null ? "" : " after position " + (order.next() - 1));
        }
        if (header != null) {
            end();
        }
        return new Verdict(header, entries, content == null ? 0 : content.transfers(), content == null ? 0 : content.changes(),
                content == null ? Map.of() : content.volume(), heads, pinned && !trusted.isEmpty(), findings.count(), findings.kept());
    }

    private boolean begin(byte[] line) {
        try {
            header = BundleHeader.read(Json.fields(line));
        } catch (IllegalArgumentException e) {
            findings.add(-1, "This is no bundle: %s.", e.getMessage());
            return false;
        }
        boolean fromTheBeginning = header.from() == 0;
        order = new OrderCheck(findings, header.from());
        batches = new BatchCheck(findings, fromTheBeginning);
        content = new ContentCheck(findings, fromTheBeginning);
        frontier = header.frontier().copy();
        rebuiltTo = header.from();
        signature(header.head());
        compareKnownRoot();
        return true;
    }

    private void line(byte[] line) {
        try {
            Fields fields = Json.fields(line);
            if (ended) {
                findings.add(order.next(), "Something follows after the bundle's end.");
            } else if (fields.has("position")) {
                entry(line, fields);
            } else if (fields.has("treeHead")) {
                SignedTreeHead head = HeadJson.read(fields.object("treeHead"));
                fields.end();
                signature(head);
                rebuild(head);
            } else {
                end(fields);
            }
        } catch (IllegalArgumentException e) {
            findings.add(order.next(), "The entry at position %d was changed: it cannot be read. %s.", order.next(), e.getMessage());
            order.unreadable();
            tear();
        }
    }

    private void entry(byte[] line, Fields fields) {
        long position = fields.number("position");
        byte[] leaf = fields.hash("leaf");
        JournalEntry entry = EntryJson.read(fields);
        fields.end();
        entries++;
        if ((entries & 0x3FF) == 0) {
            progress.accept(position);
        }
        if (!order.entry(position)) {
            tear();
            return;
        }
        byte[] recomputed = hasher.hash(entry);
        if (!Arrays.equals(leaf, recomputed)) {
            changed.put(position, describe(entry));
            stated = stated == null && !torn ? frontier.copy() : stated;
            batches.distrust(entry);
            content.lost();
        } else if (!Arrays.equals(line, rewritten(position, leaf, entry))) {
            findings.add(position, "The entry at position %d was changed: it is not written as it was exported.", position);
        } else {
            batches.entry(position, entry);
            content.entry(position, entry);
        }
        if (!torn) {
            frontier.append(recomputed);
            if (stated != null) {
                stated.append(leaf);
            }
            compareKnownRoot();
        }
    }

    private static byte[] rewritten(long position, byte[] leaf, JournalEntry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = Json.generator(bytes)) {
            BundleWriter.writeLine(json, position, leaf, entry);
        }
        return bytes.toByteArray();
    }

    private static String describe(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.Booking booking -> "transfer " + booking.id();
            case JournalEntry.AccountChange change -> "command on account " + change.command().account();
            case JournalEntry.Seal seal -> "end of batch " + seal.batch();
        };
    }

    private void tear() {
        torn = true;
        batches.lost();
        content.lost();
        tellChanged(OTHER_HASH);
        stated = null;
    }

    private void signature(SignedTreeHead head) {
        heads++;
        VerificationKey key = (trusted.isEmpty() ? header.keys() : trusted).get(head.keyId());
        if (key == null) {
            pinned = false;
            findings.add(head.size(), trusted.isEmpty()
                    ? "The tree head of size %d is signed by key %s, which is not here."
                    : "The tree head of size %d is signed by key %s, which is none of those given.", head.size(), head.keyId());
        } else if (!head.isSignedBy(key)) {
            findings.add(head.size(), "The signature of the tree head of size %d is not valid.", head.size());
        }
    }

    /** Compares the log so far with what was signed for it. */
    private void rebuild(SignedTreeHead head) {
        if (torn) {
            return;
        }
        if (head.size() != frontier.size()) {
            findings.add(head.size(), "A tree head of size %d stands at position %d.", head.size(), frontier.size());
            return;
        }
        if (Arrays.equals(frontier.root(), head.root())) {
            tellChanged("only the hash beside it is wrong, the entry itself is what was signed");
        } else if (stated != null && Arrays.equals(stated.root(), head.root())) {
            tellChanged("its content does not have the hash that was signed");
            frontier = stated;
        } else {
            notRebuilt(head);
        }
        stated = null;
        rebuiltTo = head.size();
    }

    private void notRebuilt(SignedTreeHead head) {
        if (changed.isEmpty()) {
            findings.add(head.size(), "The entries from position %d to %d do not lead to the root that was signed at size %d: "
                    + "some were replaced together with their hashes, or the signed head is of another journal.",
                    rebuiltTo, head.size() - 1, head.size());
        }
        tellChanged(OTHER_HASH);
        torn = true;
    }

    private void tellChanged(String how) {
        changed.forEach((position, what) ->
                findings.add(position, "The entry at position %d (%s) was changed: %s.", position, what, how));
        changed.clear();
    }

    private void compareKnownRoot() {
        byte[] root = roots.isEmpty() ? null : roots.get(frontier.size());
        if (root != null && !Arrays.equals(root, frontier.root()) && stated == null) {
            findings.add(frontier.size(), "The entries before position %d are not those of the tree head that was given for size %d.",
                    frontier.size(), frontier.size());
        }
    }

    private void end(Fields fields) {
        long count = fields.number("end");
        fields.end();
        ended = true;
        if (count != header.to() - header.from()) {
            findings.add(header.to(), "The bundle's end tells of %d entries, its beginning of %d.", count, header.to() - header.from());
        }
    }

    private void end() {
        order.end(header.to());
        if (!torn && frontier.size() == header.to()) {
            rebuild(header.head());
            if (!batches.between()) {
                findings.add(header.to(), "The bundle ends in the middle of a batch.");
            }
        }
        tellChanged(OTHER_HASH);
        if (!ended && findings.count() == 0) {
            findings.add(header.to(), "The bundle's last line is missing.");
        }
    }
}
