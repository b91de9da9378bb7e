package io.partita.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The test vectors of transparency-dev/merkle, whose hashes come from other hands. */
class Rfc6962VectorsTest {

    private final Path folder = Path.of(System.getProperty("partita.data", "../shared/data"), "vectors");

    @BeforeEach
    void skipWithoutVectors() {
        assumeTrue(Files.isReadable(folder.resolve("rfc6962_merkle_vectors.json")),
                () -> "No RFC 6962 vectors in " + folder.toAbsolutePath());
    }

    @Test
    void roots_of_zero_to_eight_leaves_are_those_of_the_standard() {
        JsonNode vectors = read("rfc6962_roots.json");
        Frontier frontier = Frontier.empty();
        for (int size = 0; size <= vectors.get("leaves_hex").size(); size++) {
            assertThat(HexFormat.of().formatHex(frontier.root())).isEqualTo(vectors.get("roots_by_size").get(size).asString());
            if (size < vectors.get("leaves_hex").size()) {
                byte[] leaf = HexFormat.of().parseHex(vectors.get("leaves_hex").get(size).asString());
                frontier.append(MerkleHash.ofThread().leaf(leaf));
            }
        }
    }

    @Test
    void all_518_proofs_are_accepted_or_refused_as_they_should_be() {
        JsonNode vectors = read("rfc6962_merkle_vectors.json");
        List<String> wrong = new ArrayList<>();
        int refused = check(vectors.get("inclusion"), wrong, test -> MerkleProofs.includes(
                number(test, "leafIdx"), number(test, "treeSize"), hash(test, "leafHash"), proof(test), hash(test, "root")));
        refused += check(vectors.get("consistency"), wrong, test -> MerkleProofs.consistent(
                number(test, "size1"), number(test, "size2"), hash(test, "root1"), hash(test, "root2"), proof(test)));
        refused += check(vectors.get("subtreeinclusion"), wrong, test -> MerkleProofs.includes(number(test, "leafIdx"),
                number(test, "start"), number(test, "end"), hash(test, "leafHash"), proof(test), hash(test, "root")));
        refused += check(vectors.get("subtreeconsistency"), wrong, test -> MerkleProofs.consistent(number(test, "start"),
                number(test, "end"), number(test, "size"), hash(test, "root1"), hash(test, "root2"), proof(test)));
        assertThat(wrong).isEmpty();
        assertThat(refused).isEqualTo(482);
    }

    private static int check(JsonNode tests, List<String> wrong, Predicate<JsonNode> accepts) {
        int refused = 0;
        for (JsonNode test : tests) {
            boolean accepted = accepts.test(test);
            refused += accepted ? 0 : 1;
            if (accepted == test.get("wantErr").asBoolean()) {
                wrong.add(test.get("name").asString());
            }
        }
        return refused;
    }

    /** Unsigned in the vectors: what does not fit a long is no size of ours, and negative. */
    private static long number(JsonNode test, String name) {
        return test.get(name).bigIntegerValue().longValue();
    }

    private static byte[] hash(JsonNode test, String name) {
        return Base64.getDecoder().decode(test.get(name).asString());
    }

    private static List<byte[]> proof(JsonNode test) {
        List<byte[]> proof = new ArrayList<>();
        test.get("proof").forEach(hash -> proof.add(Base64.getDecoder().decode(hash.asString())));
        return proof;
    }

    private JsonNode read(String file) {
        try {
            return JsonMapper.shared().readTree(Files.readString(folder.resolve(file)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
