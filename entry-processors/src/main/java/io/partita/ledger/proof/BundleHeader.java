package io.partita.ledger.proof;

import io.partita.ledger.journal.Frontier;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * The first line of a bundle: which part of the journal follows and what it must lead to.
 *
 * @param from     position of the first entry, the first of a batch
 * @param frontier frontier of the journal before it
 * @param head     signed head at the bundle's end, which is the end of a batch
 * @param keys     the keys that signed this head and those along the way, by their ids
 */
public record BundleHeader(long from, Frontier frontier, SignedTreeHead head, Map<String, VerificationKey> keys) {

    static final String FORMAT = "partita-bundle/1";

    public BundleHeader {
        keys = Map.copyOf(keys);
        if (frontier.size() != from || head.size() < from) {
            throw new IllegalArgumentException("Entries from " + from + " to " + head.size() + " after " + frontier.size());
        }
    }

    /** The position after the last entry. */
    public long to() {
        return head.size();
    }

    void write(JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("format", FORMAT);
        out.writeNumberProperty("from", from);
        out.writeNumberProperty("to", to());
        out.writeStringProperty("frontier", HexFormat.of().formatHex(frontier.encoded()));
        out.writeName("treeHead");
        HeadJson.write(out, head);
        HeadJson.writeKeys(out, "keys", keys.values());
        out.writeEndObject();
    }

    static BundleHeader read(Fields fields) {
        InclusionProof.requireFormat(fields, FORMAT);
        long from = fields.number("from");
        long to = fields.number("to");
        Frontier frontier = Frontier.of(from, fields.hex("frontier"));
        SignedTreeHead head = HeadJson.read(fields.object("treeHead"));
        if (head.size() != to) {
            throw new IllegalArgumentException("The bundle ends at " + to + ", its tree head at " + head.size());
        }
        BundleHeader header = new BundleHeader(from, frontier, head, HeadJson.readKeys(fields, "keys"));
        fields.end();
        return header;
    }
}
