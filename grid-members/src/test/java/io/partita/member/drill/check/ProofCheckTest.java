package io.partita.member.drill.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.rest.ClientKey;
import io.partita.member.testing.Http;
import io.partita.member.testing.TestMember;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Proofs as a member hands them out, and the same with one thing changed. */
class ProofCheckTest {

    private static final TestMember MEMBER = TestMember.start();
    private static final int ACCOUNTS = 9;

    private static Map<Long, byte[]> leaves;
    private static Roots roots;
    private static ProofCheck check;

    @BeforeAll
    static void book() throws Exception {
        MEMBER.awaitReady();
        for (int account = 1; account <= ACCOUNTS; account++) {
            assertThat(Http.post(MEMBER.uri("/api/v1/accounts"), """
                    {"id": "%d", "name": "Account", "type": "ASSET", "currency": "EUR"}""".formatted(account)).status()).isEqualTo(201);
        }
        try (Connection connection = DriverManager.getConnection(MEMBER.database().url(), MEMBER.database().user(), "")) {
            Rules rules = new Rules();
            TransferTable transfers = new TransferTable();
            JournalCheck read = new JournalCheck(rules, new Fold(rules, transfers, new Claims(rules.balances)), transfers, Set.of(0L, 4L, 8L));
            read.check(DatabaseJournal.snapshot(connection));
            leaves = read.leaves();
            roots = read.roots();
            assertThat(rules.proofs.violations()).isZero();
        }
        check = new ProofCheck(new Rule("proofs", ""), new MemberAnswers(ClientKey.NONE), leaves, roots);
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static JsonNode get(String path) {
        return Http.get(MEMBER.uri(path)).json();
    }

    /** Every way to change one hash, number or text somewhere below a node. */
    private static Stream<JsonNode> changed(JsonNode whole, JsonNode node, String pointer) {
        return switch (node) {
            case ObjectNode object -> object.propertyStream().flatMap(property -> changed(whole, property.getValue(), pointer + "/" + property.getKey()));
            case ArrayNode array -> Stream.iterate(0, i -> i < array.size(), i -> i + 1).flatMap(i -> changed(whole, array.get(i), pointer + "/" + i));
            default -> Stream.of(replaced(whole, pointer, node));
        };
    }

    private static JsonNode replaced(JsonNode whole, String pointer, JsonNode node) {
        JsonNode copy = whole.deepCopy();
        JsonNode parent = copy.at(pointer.substring(0, pointer.lastIndexOf('/')));
        String last = pointer.substring(pointer.lastIndexOf('/') + 1);
        String text = node.asString();
        char first = text.charAt(0);
        String other = (first == '1' ? '2' : '1') + text.substring(1);
        if (parent instanceof ObjectNode object) {
            object.put(last, other);
        } else {
            ((ArrayNode) parent).set(Integer.parseInt(last), other);
        }
        return copy;
    }

    /** What the verification does not rest on: the entry in words, of which the checker has computed the hash itself. */
    private static boolean decisive(String pointer) {
        return Stream.of("/format", "/account", "/transfer", "/seal").noneMatch(pointer::startsWith);
    }

    private static List<JsonNode> changed(JsonNode whole) {
        return whole.propertyStream().filter(property -> decisive("/" + property.getKey()))
                .flatMap(property -> changed(whole, property.getValue(), "/" + property.getKey())).toList();
    }

    @Test
    void an_inclusion_proof_holds_and_with_anything_changed_it_does_not() {
        assertThat(leaves).isNotEmpty();
        leaves.forEach((position, leaf) -> {
            JsonNode proof = get("/api/v1/ledger/proof?position=" + position);
            assertThat(check.holds(proof, position, leaf)).as(proof.toString()).isTrue();
            assertThat(check.holds(proof, position + 1, leaf)).isFalse();
            assertThat(changed(proof)).hasSizeGreaterThan(8).allSatisfy(wrong -> assertThat(ProofCheck.verifies(() -> check.holds(wrong, position, leaf))).as(wrong.toString()).isFalse());
        });
    }

    @Test
    void a_consistency_proof_holds_and_with_anything_changed_it_does_not() {
        long size = roots.endOf(4);
        JsonNode proof = get("/api/v1/ledger/consistency?first=" + size);
        assertThat(check.continues(proof, size, roots.at(size))).as(proof.toString()).isTrue();
        assertThat(check.continues(proof, size, roots.at(roots.last()))).isFalse();
        assertThat(changed(proof)).hasSizeGreaterThan(12).allSatisfy(wrong -> assertThat(ProofCheck.verifies(() -> check.continues(wrong, size, roots.at(size)))).as(wrong.toString()).isFalse());
    }
}
