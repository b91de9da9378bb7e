package io.partita.ledger.proof;

import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.journal.MerkleProofs;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Shows that an entry lies at a position of the journal that a tree head was signed for. Stands by itself: the entry, the
 * path from its hash to the root, the head and the key. Immutable.
 *
 * @param position place in the journal
 * @param entry    the entry, from which the leaf hash is recomputed
 * @param path     siblings from the leaf to the root
 * @param head     the signed head, of a size above the position
 * @param key      the key that signed it; compare it with one that you have from elsewhere
 */
public record InclusionProof(long position, JournalEntry entry, List<byte[]> path, SignedTreeHead head, VerificationKey key) {

    static final String FORMAT = "partita-inclusion/1";

    public InclusionProof {
        path = List.copyOf(path);
    }

    /** Whether everything holds together, given that the key is the right one. */
    public boolean holds() {
        byte[] leaf = new LeafHasher().hash(entry);
        return head.isSignedBy(key) && MerkleProofs.includes(position, head.size(), leaf, path, head.root());
    }

    /** The proof as one JSON object. */
    public String toJson() {
        return Json.text(out -> {
            out.writeStartObject();
            out.writeStringProperty("format", FORMAT);
            out.writeNumberProperty("position", position);
            out.writeStringProperty("leaf", HexFormat.of().formatHex(new LeafHasher().hash(entry)));
            EntryJson.write(out, entry);
            out.writeArrayPropertyStart("path");
            path.forEach(hash -> out.writeString(HexFormat.of().formatHex(hash)));
            out.writeEndArray();
            out.writeName("treeHead");
            HeadJson.write(out, head);
            HeadJson.writeKeys(out, "keys", List.of(key));
            out.writeEndObject();
        });
    }

    /** A proof from its JSON form; throws {@link IllegalArgumentException} if it is none. */
    public static InclusionProof parse(String json) {
        return read(Json.fields(json));
    }

    static InclusionProof read(Fields fields) {
        requireFormat(fields, FORMAT);
        long position = fields.number("position");
        byte[] leaf = fields.hash("leaf");
        JournalEntry entry = EntryJson.read(fields);
        if (!Arrays.equals(leaf, new LeafHasher().hash(entry))) {
            throw new IllegalArgumentException("The entry does not have the hash that stands beside it");
        }
        List<byte[]> path = fields.hashes("path");
        SignedTreeHead head = HeadJson.read(fields.object("treeHead"));
        Map<String, VerificationKey> keys = HeadJson.readKeys(fields, "keys");
        fields.end();
        return new InclusionProof(position, entry, path, head, keyOf(head, keys));
    }

    static void requireFormat(Fields fields, String format) {
        String found = fields.text("format");
        if (!found.equals(format)) {
            throw new IllegalArgumentException("Format is '" + found + "', expected '" + format + "'");
        }
    }

    static VerificationKey keyOf(SignedTreeHead head, Map<String, VerificationKey> keys) {
        VerificationKey key = keys.get(head.keyId());
        if (key == null) {
            throw new IllegalArgumentException("The key " + head.keyId() + " of the tree head is not here");
        }
        return key;
    }
}
