package io.partita.ledger.proof;

import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Tree heads and keys in JSON. */
final class HeadJson {

    private HeadJson() {
    }

    static void write(JsonGenerator out, SignedTreeHead head) {
        out.writeStartObject();
        out.writeNumberProperty("size", head.size());
        out.writeStringProperty("root", HexFormat.of().formatHex(head.root()));
        out.writeStringProperty("signedAt", head.signedInstant().toString());
        out.writeStringProperty("keyId", head.keyId());
        out.writeStringProperty("signature", Base64.getEncoder().encodeToString(head.signature()));
        out.writeEndObject();
    }

    static SignedTreeHead read(Fields fields) {
        SignedTreeHead head = new SignedTreeHead(fields.number("size"), fields.hash("root"), fields.time("signedAt"),
                fields.text("keyId"), fields.base64("signature"));
        fields.end();
        return head;
    }

    static void writeKeys(JsonGenerator out, String name, Collection<VerificationKey> keys) {
        out.writeArrayPropertyStart(name);
        for (VerificationKey key : keys) {
            out.writeStartObject();
            out.writeStringProperty("keyId", key.id());
            out.writeStringProperty("publicKey", key.pem());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** Keys by their ids, which are recomputed: a key cannot go by the name of another. */
    static Map<String, VerificationKey> readKeys(Fields fields, String name) {
        Map<String, VerificationKey> keys = new LinkedHashMap<>();
        for (Fields one : fields.objects(name)) {
            VerificationKey key = one.convert("publicKey", pem -> VerificationKey.parse(pem).getFirst());
            if (!one.text("keyId").equals(key.id())) {
                throw new IllegalArgumentException("The key that goes by another's id is " + key.id());
            }
            one.end();
            keys.put(key.id(), key);
        }
        return keys;
    }
}
