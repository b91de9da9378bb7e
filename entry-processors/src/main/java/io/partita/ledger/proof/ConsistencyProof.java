package io.partita.ledger.proof;

import io.partita.ledger.journal.MerkleProofs;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Shows that of two signed tree heads the second continues the first: nothing of what the first covers has changed.
 * Immutable.
 *
 * @param first  the smaller head, of at least one entry
 * @param second the larger head, or one of the same size
 * @param proof  RFC 6962 consistency proof
 * @param keys   the keys that signed, by their ids
 */
public record ConsistencyProof(SignedTreeHead first, SignedTreeHead second, List<byte[]> proof, Map<String, VerificationKey> keys) {

    static final String FORMAT = "partita-consistency/1";

    public ConsistencyProof {
        proof = List.copyOf(proof);
        keys = Map.copyOf(keys);
    }

    /** Whether everything holds together, given that the keys are the right ones. */
    public boolean holds() {
        return first.isSignedBy(InclusionProof.keyOf(first, keys)) && second.isSignedBy(InclusionProof.keyOf(second, keys))
                && MerkleProofs.consistent(first.size(), second.size(), first.root(), second.root(), proof);
    }

    /** The proof as one JSON object. */
    public String toJson() {
        return Json.text(out -> {
            out.writeStartObject();
            out.writeStringProperty("format", FORMAT);
            out.writeName("first");
            HeadJson.write(out, first);
            out.writeName("second");
            HeadJson.write(out, second);
            out.writeArrayPropertyStart("proof");
            proof.forEach(hash -> out.writeString(HexFormat.of().formatHex(hash)));
            out.writeEndArray();
            HeadJson.writeKeys(out, "keys", keys.values());
            out.writeEndObject();
        });
    }

    /** A proof from its JSON form; throws {@link IllegalArgumentException} if it is none. */
    public static ConsistencyProof parse(String json) {
        return read(Json.fields(json));
    }

    static ConsistencyProof read(Fields fields) {
        InclusionProof.requireFormat(fields, FORMAT);
        SignedTreeHead first = HeadJson.read(fields.object("first"));
        SignedTreeHead second = HeadJson.read(fields.object("second"));
        List<byte[]> proof = fields.hashes("proof");
        Map<String, VerificationKey> keys = HeadJson.readKeys(fields, "keys");
        fields.end();
        InclusionProof.keyOf(first, keys);
        InclusionProof.keyOf(second, keys);
        return new ConsistencyProof(first, second, proof, keys);
    }
}
