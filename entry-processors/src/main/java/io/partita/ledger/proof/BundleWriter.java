package io.partita.ledger.proof;

import io.partita.ledger.journal.Frontier;
import io.partita.ledger.journal.JournalEntry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a bundle: a self-contained part of the journal that {@link BundleVerifier} checks offline. It is gzip'd JSON lines:
 * the {@linkplain BundleHeader header}, one line for each entry with its position, leaf hash and content, a line for each
 * signed head along the way, and the end with the number of entries. Streams, in constant memory. Not thread-safe.
 *
 * <p>The entries are hashed as they pass: {@link #finish()} throws if they do not lead to the head, so that a bundle is
 * never handed out that does not verify.
 */
public final class BundleWriter implements AutoCloseable {

    private final OutputStream out;
    private final JsonGenerator json;
    private final BundleHeader header;
    private final Frontier frontier;
    private final LeafHasher hasher = new LeafHasher();

    public BundleWriter(OutputStream target, BundleHeader header) throws IOException {
        this.out = new BufferedOutputStream(new GZIPOutputStream(target, 1 << 16), 1 << 16);
        this.json = Json.generator(out);
        this.header = header;
        this.frontier = header.frontier().copy();
        header.write(json);
        json.writeRaw('\n');
    }

    /** Writes the next entry. */
    public void entry(JournalEntry entry) {
        byte[] leaf = hasher.hash(entry);
        writeLine(json, frontier.size(), leaf, entry);
        frontier.append(leaf);
        json.writeRaw('\n');
    }

    /** Writes a head that was signed where the bundle has come to. */
    public void head(SignedTreeHead head) {
        json.writeStartObject();
        json.writeName("treeHead");
        HeadJson.write(json, head);
        json.writeEndObject();
        json.writeRaw('\n');
    }

    /** The position of the next entry. */
    public long position() {
        return frontier.size();
    }

    /**
     * Writes the end.
     *
     * @throws IllegalStateException if the entries do not lead to the head
     */
    public void finish() {
        if (frontier.size() != header.to() || !Arrays.equals(frontier.root(), header.head().root())) {
            throw new IllegalStateException("The entries from " + header.from() + " to " + frontier.size()
                    + " do not hash to the root that was committed at " + header.to());
        }
        json.writeStartObject();
        json.writeNumberProperty("end", header.to() - header.from());
        json.writeEndObject();
        json.writeRaw('\n');
    }

    static void writeLine(JsonGenerator json, long position, byte[] leaf, JournalEntry entry) {
        json.writeStartObject();
        json.writeNumberProperty("position", position);
        json.writeStringProperty("leaf", HexFormat.of().formatHex(leaf));
        EntryJson.write(json, entry);
        json.writeEndObject();
    }

    @Override
    public void close() throws IOException {
        json.close();
        out.close();
    }
}
