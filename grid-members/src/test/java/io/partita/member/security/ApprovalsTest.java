package io.partita.member.security;

import static io.partita.member.security.People.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.risk.limits.RiskScene;
import io.partita.member.testing.AdjustableClock;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.security.Approval;
import io.partita.security.ApprovalKind;
import io.partita.security.Principal;
import io.partita.security.Role;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Four eyes over real HTTP. */
class ApprovalsTest {

    private static final AdjustableClock CLOCK = new AdjustableClock();
    private static final TestMember MEMBER = TestMember.start(Map.of("partita.security.four-eyes", "limit-change,reversal,kill-switch-release", "partita.security.reversal-above", "100",
            "partita.limits.every", "0"), CLOCK);
    private static final People PEOPLE = new People(MEMBER);
    private static String maker;
    private static String checker;

    @BeforeAll
    static void two_people_are_there() {
        MEMBER.awaitReady();
        maker = PEOPLE.token(PEOPLE.somebody("\"RISK\",\"OPERATOR\""));
        checker = PEOPLE.token(PEOPLE.somebody("\"RISK\",\"OPERATOR\""));
        booked(PEOPLE.post(maker, "/api/v1/accounts", "{\"id\":\"501\",\"name\":\"Cash\",\"type\":\"ASSET\",\"currency\":\"EUR\"}"));
        booked(PEOPLE.post(maker, "/api/v1/accounts", "{\"id\":\"502\",\"name\":\"Ada\",\"type\":\"LIABILITY\",\"currency\":\"EUR\"}"));
        booked(PEOPLE.put(maker, "/api/v1/portfolios/four", "{\"name\":\"Four\",\"level\":\"FIRM\",\"base\":\"EUR\"}"));
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static Answer booked(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isIn(200, 201, 204);
        return answer;
    }

    private static String asked(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo("/api/v1/approvals/" + answer.text("approval"));
        assertThat(answer.text("state")).isEqualTo("PENDING");
        return answer.text("approval");
    }

    private static Answer approve(String bearer, String approval) {
        return PEOPLE.post(bearer, "/api/v1/approvals/" + approval + "/approve", "{\"reason\":\"as discussed\"}");
    }

    private static Answer reject(String bearer, String approval) {
        return PEOPLE.post(bearer, "/api/v1/approvals/" + approval + "/reject", "{\"reason\":\"not so\"}");
    }

    private static Answer limit(String code, String hard) {
        return limit("four", code, hard);
    }

    private static Answer limit(String portfolio, String code, String hard) {
        return PEOPLE.put(maker, "/api/v1/risk/limits/" + code, """
                {"scope":"PORTFOLIO","target":"%s","measure":"GROSS_EXPOSURE","soft":"10.00","hard":"%s"}""".formatted(portfolio, hard));
    }

    private static String state(String code) {
        Answer found = PEOPLE.get(maker, "/api/v1/risk/limits/" + code);
        return found.status() == 404 ? "none" : found.text("hard");
    }

    @Test
    void a_limit_is_changed_when_somebody_else_agrees_and_not_before() {
        String approval = asked(limit("gross", "20.00"));
        assertThat(state("gross")).isEqualTo("none");
        assertThat(asked(limit("gross", "20.00"))).as("the same asked again").isEqualTo(approval);
        Answer pending = PEOPLE.get(checker, "/api/v1/approvals?state=PENDING");
        assertThat(pending.body()).contains(approval, "\"hard\":\"20.00\"", "\"kind\":\"LIMIT_CHANGE\"");
        refused(approve(maker, approval), 403, "MAKER_IS_CHECKER");
        refused(reject(maker, approval), 403, "MAKER_IS_CHECKER");
        refused(approve(PEOPLE.operator(), approval), 403, "FORBIDDEN");
        refused(approve(PEOPLE.token(PEOPLE.somebody("\"TRADER\"")), approval), 403, "FORBIDDEN");
        refused(approve(PEOPLE.token(PEOPLE.somebody("\"COMPLIANCE\"")), approval), 403, "FORBIDDEN");
        assertThat(state("gross")).isEqualTo("none");

        Answer done = booked(approve(checker, approval));
        assertThat(done.text("state")).as(done.toString()).isEqualTo("EXECUTED");
        assertThat(state("gross")).isEqualTo("20.00");
        refused(approve(checker, approval), 409, "APPROVAL_DECIDED");
        refused(reject(checker, approval), 409, "APPROVAL_DECIDED");

        String removal = asked(PEOPLE.delete(maker, "/api/v1/risk/limits/gross"));
        assertThat(state("gross")).isEqualTo("20.00");
        assertThat(booked(reject(checker, removal)).text("state")).isEqualTo("REJECTED");
        assertThat(state("gross")).isEqualTo("20.00");
        assertThat(booked(approve(checker, asked(PEOPLE.delete(maker, "/api/v1/risk/limits/gross")))).text("outcome")).isEqualTo("taken away");
        assertThat(state("gross")).isEqualTo("none");
    }

    @Test
    void a_hard_limit_that_two_agreed_on_stops_orders_from_then_on_and_no_longer_than_that() {
        RiskScene scene = new RiskScene(MEMBER);
        scene.share(59, "AGREED");
        scene.account(5901, "1000.00", "AGREED", 0);
        scene.held(5901, "AGREED", 30, RiskScene.today().minusDays(5), "10.00");
        scene.portfolio("four-agreed", 5901);
        for (int i = 0; i < 2; i++) {
            assertThat(scene.order(5901, "AGREED", "BUY", "5.00", 1).status()).isEqualTo(201);
            booked(approve(checker, asked(limit("four-agreed", "agreed", "20.00"))));
            refused(scene.order(5901, "AGREED", "BUY", "5.00", 1), 422, "RISK_LIMIT");
            booked(approve(checker, asked(limit("four-agreed", "agreed", "1000.00"))));
        }
        assertThat(scene.order(5901, "AGREED", "BUY", "5.00", 1).status()).isEqualTo(201);
    }

    @Test
    void whoever_may_not_decide_sees_what_they_have_asked_for_and_nothing_else() {
        String wanted = "{\"scope\":\"PORTFOLIO\",\"target\":\"four\",\"measure\":\"GROSS_EXPOSURE\",\"soft\":\"10.00\",\"hard\":\"20.00\"}";
        String theirs = asked(PEOPLE.put(maker, "/api/v1/risk/limits/others", wanted));
        String key = key("risk:write");
        refused(PEOPLE.put(key, "/api/v1/risk/limits/of-mine", wanted), 400, "INVALID_REQUEST");
        String mine = asked(PEOPLE.put(key, "/api/v1/risk/limits/of-mine", wanted.replace("}", ",\"actor\":\"ada\"}")));
        Answer listed = PEOPLE.get(key, "/api/v1/approvals/mine?state=PENDING");
        assertThat(listed.json().valueStream().map(one -> one.get("id").asString())).as(listed.toString()).containsExactly(mine);
        assertThat(PEOPLE.get(key, "/api/v1/approvals/mine?state=EXECUTED").json()).isEmpty();
        assertThat(PEOPLE.get(key, "/api/v1/approvals/" + mine).text("subject")).isEqualTo("of-mine");
        refused(PEOPLE.get(key, "/api/v1/approvals/" + theirs), 404, "APPROVAL_NOT_FOUND");
        refused(PEOPLE.get(key, "/api/v1/approvals"), 403, "FORBIDDEN");
        assertThat(PEOPLE.get(checker, "/api/v1/approvals/" + mine).status()).isEqualTo(200);
    }

    /** A key of a new service account that may look after risk, with one scope. */
    private static String key(String scope) {
        booked(PEOPLE.post(PEOPLE.operator(), "/api/v1/security/service-accounts", "{\"name\":\"desk-program\",\"roles\":[\"RISK\"]}"));
        return booked(PEOPLE.post(PEOPLE.operator(), "/api/v1/security/keys", "{\"owner\":\"desk-program\",\"name\":\"desk\",\"scopes\":[\"" + scope + "\"],\"expiresAt\":\""
                + CLOCK.instant().plus(Duration.ofDays(1)) + "\"}")).text("key");
    }

    @Test
    void what_is_wrong_is_refused_at_once_and_what_became_wrong_fails_when_it_is_carried_out() {
        refused(limit("reversed", "5.00"), 400, "LEVELS_REVERSED");
        refused(PEOPLE.delete(maker, "/api/v1/risk/limits/nothing"), 404, "LIMIT_NOT_FOUND");
        refused(PEOPLE.post(checker, "/api/v1/approvals/" + UUID.randomUUID() + "/approve", "{\"reason\":\"x\"}"), 404, "APPROVAL_NOT_FOUND");
        refused(PEOPLE.post(checker, "/api/v1/approvals/" + UUID.randomUUID() + "/approve", "{}"), 400, "INVALID_REQUEST");
        booked(approve(checker, asked(limit("twice", "20.00"))));
        String first = asked(PEOPLE.delete(maker, "/api/v1/risk/limits/twice"));
        String second = asked(PEOPLE.delete(checker, "/api/v1/risk/limits/twice"));
        booked(approve(checker, first));
        Answer failed = booked(approve(maker, second));
        assertThat(failed.text("state")).isEqualTo("FAILED");
        assertThat(failed.text("outcome")).startsWith("LIMIT_NOT_FOUND");
    }

    private static String transfer(UUID id, String more) {
        return "{\"id\":\"" + id + "\"," + more + "}";
    }

    private static UUID deposit(String amount) {
        UUID id = UUID.randomUUID();
        booked(PEOPLE.post(maker, "/api/v1/transfers", transfer(id, "\"debitAccount\":\"501\",\"creditAccount\":\"502\",\"amount\":\"" + amount + "\",\"currency\":\"EUR\"")));
        return id;
    }

    private static String reversal(UUID of) {
        return "\"kind\":\"REVERSAL\",\"relatesTo\":\"" + of + "\"";
    }

    @Test
    void a_large_reversal_takes_two_people_and_a_small_one_does_not() {
        booked(PEOPLE.post(maker, "/api/v1/transfers", transfer(UUID.randomUUID(), reversal(deposit("100.00")))));
        UUID large = deposit("100.01");
        UUID id = UUID.randomUUID();
        String body = transfer(id, reversal(large));
        refused(PEOPLE.post(maker, "/api/v1/transfers/linked", "{\"legs\":[" + body + "]}"), 422, "APPROVAL_NEEDED");
        assertThat(PEOPLE.post(maker, "/api/v1/transfers/batch", "{\"transfers\":[" + body + "]}").text("results.0.code")).isEqualTo("APPROVAL_NEEDED");
        String approval = asked(PEOPLE.post(maker, "/api/v1/transfers", body));
        assertThat(PEOPLE.get(maker, "/api/v1/transfers/" + id).status()).isEqualTo(404);
        Answer done = booked(approve(checker, approval));
        assertThat(done.text("outcome")).as(done.toString()).startsWith("booked at position");
        Answer repeated = PEOPLE.post(maker, "/api/v1/transfers", body);
        assertThat(repeated.status()).as("it is booked: the answer is the first one").isEqualTo(200);
        assertThat(repeated.text("repeated")).isEqualTo("true");
    }

    @Test
    void a_kill_switch_is_engaged_by_one_person_and_released_by_two() {
        booked(PEOPLE.post(maker, "/api/v1/instruments", "{\"id\":4,\"symbol\":\"FOUR\",\"currency\":\"EUR\",\"settlementDays\":0}"));
        String path = "/api/v1/kill-switch/instruments/FOUR";
        Answer engaged = PEOPLE.put(maker, path, "{\"engaged\":true,\"reason\":\"a fat finger\"}");
        assertThat(engaged.status()).as(engaged.toString()).isEqualTo(200);
        String approval = asked(PEOPLE.put(maker, path, "{\"engaged\":false,\"reason\":\"it is over\"}"));
        assertThat(PEOPLE.get(maker, "/api/v1/kill-switch/engaged").body()).contains("FOUR");
        Answer done = booked(approve(checker, approval));
        assertThat(done.text("state")).as(done.toString()).isEqualTo("EXECUTED");
        assertThat(PEOPLE.get(maker, "/api/v1/kill-switch/engaged").body()).doesNotContain("FOUR");
        assertThat(PEOPLE.get(maker, "/api/v1/kill-switch").json().at("/0/engaged").asBoolean()).isFalse();
    }

    @Test
    void people_do_things_in_their_own_name_whatever_they_say() {
        String name = PEOPLE.get(maker, "/api/v1/auth/me").text("principal.name");
        booked(PEOPLE.post(maker, "/api/v1/instruments", "{\"id\":5,\"symbol\":\"FIVE\",\"currency\":\"EUR\",\"settlementDays\":0}"));
        Answer forged = PEOPLE.put(maker, "/api/v1/kill-switch/instruments/FIVE", "{\"engaged\":true,\"actor\":\"ada\",\"reason\":\"not me\"}");
        refused(forged, 400, "INVALID_REQUEST");
        assertThat(forged.text("field")).isEqualTo("actor");
        assertThat(PEOPLE.get(maker, "/api/v1/kill-switch/engaged").body()).doesNotContain("FIVE");
        booked(PEOPLE.put(maker, "/api/v1/kill-switch/instruments/FIVE", "{\"engaged\":true,\"actor\":\"" + name + "\",\"reason\":\"me\"}"));
        assertThat(PEOPLE.get(maker, "/api/v1/kill-switch").json().at("/0/actor").asString()).isEqualTo(name);
        booked(approve(checker, asked(limit("signed", "20.00"))));
        assertThat(PEOPLE.get(checker, "/api/v1/risk/limits/signed").text("actor")).as("of whoever wanted it, and not of whoever agreed").isEqualTo(name);
    }

    @Test
    void nobody_agrees_after_three_days() {
        String approval = asked(limit("late", "20.00"));
        CLOCK.advance(Approval.LIFE);
        String fresh = PEOPLE.token(PEOPLE.somebody("\"RISK\""));
        assertThat(PEOPLE.get(fresh, "/api/v1/approvals/" + approval).text("state")).isEqualTo("EXPIRED");
        refused(approve(fresh, approval), 409, "APPROVAL_EXPIRED");
        assertThat(state("late", fresh)).isEqualTo("none");
        CLOCK.reset();
    }

    private static String state(String code, String bearer) {
        return PEOPLE.get(bearer, "/api/v1/risk/limits/" + code).status() == 404 ? "none" : "there";
    }

    @Test
    void what_was_approved_is_carried_out_once_however_many_members_try_and_after_one_has_died() {
        Jdbi jdbi = Jdbi.create(MEMBER.database().dataSource());
        AtomicInteger done = new AtomicInteger();
        Principal ada = new Principal("ada", Principal.Kind.USER, Set.of(Role.RISK), Role.RISK.permissions(), Optional.empty(), "s");
        Principal bob = new Principal("bob", Principal.Kind.USER, Set.of(Role.OPERATOR, Role.COMPLIANCE), Principal.permissions(Set.of(Role.OPERATOR, Role.COMPLIANCE)), Optional.empty(), "s");
        try (Approvals dies = new Approvals(jdbi, new ApprovalTables(jdbi), Set.of(), JsonMapper.shared(), CLOCK);
             Approvals one = new Approvals(jdbi, new ApprovalTables(jdbi), Set.of(), JsonMapper.shared(), CLOCK);
             Approvals two = new Approvals(jdbi, new ApprovalTables(jdbi), Set.of(), JsonMapper.shared(), CLOCK)) {
            ApprovalExecutor executor = approval -> "done for the " + done.incrementAndGet() + ". time";
            one.register(ApprovalKind.FORCE_VIEW, executor);
            two.register(ApprovalKind.FORCE_VIEW, executor);
            UUID id = dies.ask(ada, ApprovalKind.FORCE_VIEW, "a view", Map.of()).id();
            assertThat(dies.decide(id, true, "yes", bob).state()).as("by a member that cannot carry it out").isEqualTo(Approval.State.APPROVED);
            one.carryOutLeftBehind();
            assertThat(done.get()).as("somebody may be at it").isZero();
            CLOCK.advance(Duration.ofSeconds(31));
            IntStream.range(0, 8).parallel().forEach(i -> (i % 2 == 0 ? one : two).carryOutLeftBehind());
            assertThat(one.find(id).state()).isEqualTo(Approval.State.EXECUTED);
            assertThat(one.find(id).outcome()).isEqualTo("done for the 1. time");
            assertThat(done.get()).isEqualTo(1);
        } finally {
            CLOCK.reset();
        }
    }
}
