package io.partita.member.drill.check;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Asks members for proofs and verifies them against leaves and roots that were computed from the rows. Nothing of the product's own
 * verification is used.
 */
final class ProofCheck {

    private static final byte[] CONTEXT = "partita tree head v1\n".getBytes(StandardCharsets.US_ASCII);

    private final Rule rule;
    private final MemberAnswers answers;
    private final Map<Long, byte[]> leaves;
    private final Roots roots;

    /**
     * @param leaves hashes of leaves by position
     * @param roots  the roots after all batches
     */
    ProofCheck(Rule rule, MemberAnswers answers, Map<Long, byte[]> leaves, Roots roots) {
        this.rule = rule;
        this.answers = answers;
        this.leaves = leaves;
        this.roots = roots;
    }

    void check(List<URI> members) {
        for (URI member : members) {
            try {
                for (Map.Entry<Long, byte[]> leaf : leaves.entrySet()) {
                    inclusion(member, leaf.getKey(), leaf.getValue());
                }
                Set<Long> sizes = leaves.keySet().stream().map(roots::endOf).collect(Collectors.toCollection(TreeSet::new));
                for (long size : sizes) {
                    consistency(member, size, roots.at(size));
                }
            } catch (UncheckedIOException e) {
                rule.violated("%s gives no proof: %s".formatted(member, e.getMessage()));
            }
        }
    }

    private void inclusion(URI member, long position, byte[] leaf) {
        JsonNode proof = answers.get(member, "/api/v1/ledger/proof?position=" + position).orElse(null);
        rule.count("inclusion proofs", 1);
        check(member, "inclusion proof of position " + position, proof, proof != null && verifies(() -> holds(proof, position, leaf)));
    }

    boolean holds(JsonNode proof, long position, byte[] leaf) {
        JsonNode head = proof.path("treeHead");
        return proof.path("position").asLong(-1) == position && proof.path("leaf").asString("").equals(HexFormat.of().formatHex(leaf))
                && known(head, proof.path("keys"))
                && MerkleLog.includes(position, head.path("size").asLong(), leaf, MemberAnswers.hashes(proof.path("path")), root(head));
    }

    private void consistency(URI member, long size, byte[] root) {
        JsonNode proof = answers.get(member, "/api/v1/ledger/consistency?first=" + size).orElse(null);
        rule.count("consistency proofs", 1);
        check(member, "consistency proof from size " + size, proof, proof != null && verifies(() -> continues(proof, size, root)));
    }

    boolean continues(JsonNode proof, long size, byte[] root) {
        JsonNode first = proof.path("first");
        JsonNode second = proof.path("second");
        return first.path("size").asLong() == size && known(first, proof.path("keys")) && known(second, proof.path("keys"))
                && MerkleLog.continues(size, second.path("size").asLong(), root, root(second), MemberAnswers.hashes(proof.path("proof")));
    }

    /** What is malformed does not verify. */
    static boolean verifies(BooleanSupplier proof) {
        try {
            return proof.getAsBoolean();
        } catch (IllegalArgumentException | DateTimeException malformed) {
            return false;
        }
    }

    private void check(URI member, String what, JsonNode proof, boolean holds) {
        if (!holds) {
            rule.violated(Rule.Suspicion.of("the %s that %s gives does not verify".formatted(what, member)).with(member.toString(), proof));
        }
    }

    /** A head that is signed, and has the root that was computed for its size: any size at which a batch ended will do. */
    private boolean known(JsonNode head, JsonNode keys) {
        byte[] computed = roots.at(head.path("size").asLong());
        return computed != null && Arrays.equals(computed, root(head)) && signed(head, keys);
    }

    private static byte[] root(JsonNode head) {
        return HexFormat.of().parseHex(head.path("root").asString(""));
    }

    /** Whether the key that the head names is among the keys, and signed it. */
    private static boolean signed(JsonNode head, JsonNode keys) {
        try {
            for (JsonNode key : keys) {
                if (key.path("keyId").asString().equals(head.path("keyId").asString())) {
                    return signed(head, pem(key.path("publicKey").asString()));
                }
            }
            return false;
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean signed(JsonNode head, byte[] key) throws GeneralSecurityException {
        byte[] id = MessageDigest.getInstance("SHA-256").digest(key);
        if (!HexFormat.of().formatHex(id, 0, 8).equals(head.path("keyId").asString())) {
            return false;
        }
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(head.path("signedAt").asString()));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
        signature.update(ByteBuffer.allocate(CONTEXT.length + 16 + 32).put(CONTEXT).putLong(head.path("size").asLong()).putLong(micros)
                .put(root(head)).array());
        return signature.verify(Base64.getDecoder().decode(head.path("signature").asString()));
    }

    private static byte[] pem(String text) {
        return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
    }
}
