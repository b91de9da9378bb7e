package io.partita.member.security;

import static io.partita.member.security.People.PASSWORD;
import static io.partita.member.security.People.refused;
import static io.partita.member.security.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.partita.member.PartitaProperties;
import io.partita.member.testing.AdjustableClock;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestDatabase;
import io.partita.member.testing.TestMember;
import io.partita.security.SecurityRefusal;
import io.partita.security.SecurityRefused;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens and keys over real HTTP, those of attackers and of an outside issuer among them. */
class BearersTest {

    private static final AdjustableClock CLOCK = new AdjustableClock();
    private static final Issuer ISSUER = Issuer.start(TestDatabase.freePort());
    private static final TestMember MEMBER = TestMember.start(Map.of("partita.security.oidc.issuer", ISSUER.url()), CLOCK);
    private static final People PEOPLE = new People(MEMBER);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    @AfterAll
    static void close() {
        MEMBER.close();
        ISSUER.close();
    }

    /** The outside issuer has the time of the machine. */
    @BeforeEach
    void setTheClock() {
        CLOCK.reset();
    }

    private static String part(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String token, int part) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[part]), StandardCharsets.UTF_8);
    }

    private static String signed(String header, String claims, PrivateKey key) throws GeneralSecurityException {
        String content = part(header) + '.' + part(claims);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + '.' + BASE64.encodeToString(signature.sign());
    }

    @Test
    void a_token_that_was_made_or_changed_by_anybody_else_is_refused() throws GeneralSecurityException {
        String token = PEOPLE.token(PEOPLE.somebody("\"VIEWER\""));
        assertThat(PEOPLE.me(token).status()).isEqualTo(200);
        String header = text(token, 0);
        String claims = text(token, 1);
        String signature = token.split("\\.")[2];
        PrivateKey mine = MEMBER.bean(SigningKeys.class).signing().secret();
        assertThat(PEOPLE.me(signed(header, claims, mine)).status()).as("the test signs as the member does").isEqualTo(200);

        Map<String, String> forged = new LinkedHashMap<>();
        forged.put("no algorithm, no signature", part("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + '.' + part(claims) + '.');
        forged.put("no algorithm, the old signature", part(header.replace("EdDSA", "none")) + '.' + part(claims) + '.' + signature);
        forged.put("no algorithm in other letters", part(header.replace("EdDSA", "nOnE")) + '.' + part(claims) + '.');
        forged.put("no signature", part(header) + '.' + part(claims) + '.');
        forged.put("another's key", signed(header, claims, KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate()));
        forged.put("the public key as a secret", symmetric(header.replace("EdDSA", "HS256"), claims));
        forged.put("another subject", part(header) + '.' + part(claims.replace("somebody", "everybody")) + '.' + signature);
        forged.put("a longer life", part(header) + '.' + part(claims.replaceAll("\"exp\":\\d+", "\"exp\":4102444800")) + '.' + signature);
        forged.put("an unknown key", signed(header.replaceAll("\"kid\":\"[^\"]+\"", "\"kid\":\"../../etc/passwd\""), claims, mine));
        forged.put("another type", signed(header.replace("at+jwt", "JWT"), claims, mine));
        forged.put("a critical extension", signed(header.replace("{", "{\"crit\":[\"exp\"],"), claims, mine));
        forged.put("another audience", signed(header, claims.replace(MEMBER.cluster(), "another-cluster"), mine));
        forged.put("another issuer", signed(header, claims.replace("\"iss\":\"partita\"", "\"iss\":\"somebody\""), mine));
        forged.put("no session", signed(header, claims.replaceAll("\"sid\":\"[^\"]+\"", "\"sid\":\"none\""), mine));
        forged.put("four parts", token + ".x");
        forged.put("no JSON", part("{") + '.' + part("}") + '.' + signature);
        forged.put("too long", token + "A".repeat(5_000));
        forged.forEach((what, bearer) -> {
            Answer answer = PEOPLE.me(bearer);
            assertThat(answer.status()).as(what + ": " + answer).isEqualTo(401);
            assertThat(answer.text("code")).as(what).isEqualTo("TOKEN_INVALID");
        });
        refused(PEOPLE.me(signed(header, claims.replaceAll("\"exp\":\\d+", "\"exp\":" + (CLOCK.instant().getEpochSecond() - 1)), mine)), 401, "TOKEN_EXPIRED");
        refused(PEOPLE.me(signed(header, claims.replaceAll("\"exp\":\\d+,", ""), mine)), 401, "TOKEN_EXPIRED");
        refused(PEOPLE.me(signed(header, claims.replaceAll("\"sid\":\"[^\"]+\"", "\"sid\":\"" + UUID.randomUUID() + "\""), mine)), 401, "SESSION_REVOKED");
    }

    private static String symmetric(String header, String claims) throws GeneralSecurityException {
        byte[] key = MEMBER.bean(SigningKeys.class).signing().verification().getEncoded();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        String content = part(header) + '.' + part(claims);
        return content + '.' + BASE64.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void a_token_expires_and_is_refreshed() {
        Answer in = signedIn(PEOPLE.signIn(PEOPLE.somebody("\"VIEWER\""), PASSWORD));
        assertThat(Duration.between(CLOCK.instant(), Instant.parse(in.text("expiresAt")))).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
        assertThat(PEOPLE.me(in.text("accessToken")).status()).isEqualTo(200);
        CLOCK.advance(Duration.ofMinutes(10));
        refused(PEOPLE.me(in.text("accessToken")), 401, "TOKEN_EXPIRED");
        assertThat(PEOPLE.me(signedIn(PEOPLE.refresh(in.text("refreshToken"))).text("accessToken")).status()).isEqualTo(200);
    }

    private static List<String> published() {
        return Http.get(MEMBER.uri("/.well-known/jwks.json")).json().at("/keys").valueStream().map(key -> key.get("kid").asString()).toList();
    }

    @Test
    void a_retired_signing_key_verifies_until_what_it_signed_has_expired() {
        Answer in = signedIn(PEOPLE.signIn(PEOPLE.somebody("\"VIEWER\""), PASSWORD));
        String old = MEMBER.bean(SigningKeys.class).signing().id();
        assertThat(PEOPLE.post(PEOPLE.operator(), "/api/v1/security/signing-keys", "").status()).isEqualTo(200);
        String next = MEMBER.bean(SigningKeys.class).signing().id();
        assertThat(next).isNotEqualTo(old);
        assertThat(published()).startsWith(next).contains(old);
        assertThat(PEOPLE.me(in.text("accessToken")).status()).isEqualTo(200);
        String after = signedIn(PEOPLE.refresh(in.text("refreshToken"))).text("accessToken");
        assertThat(text(after, 0)).contains(next);
        assertThat(PEOPLE.me(after).status()).isEqualTo(200);
        CLOCK.advance(Duration.ofMinutes(11));
        assertThat(published()).contains(next).doesNotContain(old);
    }

    private static Answer key(String owner, String scopes, Duration life) {
        return PEOPLE.post(PEOPLE.operator(), "/api/v1/security/keys", "{\"owner\":\"" + owner + "\",\"name\":\"nightly report\",\"scopes\":[" + scopes + "],\"expiresAt\":\""
                + CLOCK.instant().plus(life) + "\"}");
    }

    private static Answer made(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer;
    }

    @Test
    void a_key_is_shown_once_does_what_it_is_for_expires_and_is_revoked() {
        made(PEOPLE.post(PEOPLE.operator(), "/api/v1/security/service-accounts", "{\"name\":\"reports\",\"roles\":[\"VIEWER\",\"TRADER\"],\"accounts\":[\"7\"]}"));
        Answer one = made(key("reports", "\"ledger:read\",\"trading:write\"", Duration.ofDays(1)));
        assertThat(PEOPLE.me(one.text("key")).json().at("/principal").toString()).contains("\"permissions\":[\"ledger:read\",\"trading:write\"]", "\"accounts\":[\"7\"]", "\"kind\":\"SERVICE\"");
        assertThat(PEOPLE.get(PEOPLE.operator(), "/api/v1/security/keys?owner=reports").body()).contains(one.text("apiKey.id")).doesNotContain(one.text("key").substring(16));
        refused(PEOPLE.me(one.text("key").substring(0, 55) + (one.text("key").endsWith("a") ? "b" : "a")), 401, "KEY_UNKNOWN");
        refused(PEOPLE.me("pk_" + "a".repeat(12) + "_" + "b".repeat(40)), 401, "KEY_UNKNOWN");

        Answer two = made(key("reports", "\"ledger:read\"", Duration.ofDays(2)));
        assertThat(PEOPLE.me(two.text("key")).status()).isEqualTo(200);
        assertThat(PEOPLE.delete(PEOPLE.operator(), "/api/v1/security/keys/" + two.text("apiKey.id")).status()).isEqualTo(204);
        refused(PEOPLE.me(two.text("key")), 401, "KEY_REVOKED");
        CLOCK.advance(Duration.ofDays(1));
        refused(PEOPLE.me(one.text("key")), 401, "KEY_EXPIRED");
    }

    @Test
    void a_key_is_rotated_with_an_overlap() {
        made(PEOPLE.post(PEOPLE.operator(), "/api/v1/security/service-accounts", "{\"name\":\"feeds\",\"roles\":[\"VIEWER\"]}"));
        Answer old = made(key("feeds", "\"marketdata:read\"", Duration.ofDays(30)));
        String rotate = "/api/v1/security/keys/" + old.text("apiKey.id") + "/rotate";
        refused(PEOPLE.post(PEOPLE.operator(), rotate, "{\"overlap\":\"P31D\"}"), 400, "OVERLAP_OUT_OF_RANGE");
        refused(PEOPLE.post(PEOPLE.operator(), rotate, "{\"overlap\":\"a day\"}"), 400, "INVALID_REQUEST");
        Answer next = made(PEOPLE.post(PEOPLE.operator(), rotate, "{\"overlap\":\"PT1H\"}"));
        assertThat(PEOPLE.me(old.text("key")).status()).isEqualTo(200);
        assertThat(PEOPLE.me(next.text("key")).json().at("/principal/permissions").toString()).isEqualTo("[\"marketdata:read\"]");
        CLOCK.advance(Duration.ofHours(1));
        refused(PEOPLE.me(old.text("key")), 401, "KEY_EXPIRED");
        assertThat(PEOPLE.me(next.text("key")).status()).isEqualTo(200);
    }

    @Test
    void nobody_makes_a_key_that_may_more_than_its_owner_or_lives_for_ever() {
        made(PEOPLE.post(PEOPLE.operator(), "/api/v1/security/service-accounts", "{\"name\":\"narrow\",\"roles\":[\"VIEWER\"]}"));
        refused(key("narrow", "\"ledger:read\",\"ledger:write\"", Duration.ofDays(1)), 422, "SCOPE_NOT_GRANTED");
        refused(key("narrow", "\"ledger:steal\"", Duration.ofDays(1)), 400, "MALFORMED_SCOPE");
        refused(key("narrow", "", Duration.ofDays(1)), 400, "INVALID_REQUEST");
        refused(key("narrow", "\"ledger:read\"", Duration.ofDays(367)), 400, "EXPIRY_OUT_OF_RANGE");
        refused(key("narrow", "\"ledger:read\"", Duration.ofSeconds(-1)), 400, "EXPIRY_OUT_OF_RANGE");
        refused(key("nobody", "\"ledger:read\"", Duration.ofDays(1)), 404, "USER_NOT_FOUND");
        refused(PEOPLE.delete(PEOPLE.operator(), "/api/v1/security/keys/unknown"), 404, "API_KEY_NOT_FOUND");
        String key = made(key("narrow", "\"ledger:read\",\"risk:read\"", Duration.ofDays(1))).text("key");
        assertThat(PEOPLE.patch(PEOPLE.operator(), "/api/v1/security/service-accounts/narrow", "{\"roles\":[\"TRADER\"]}").status()).isEqualTo(200);
        assertThat(PEOPLE.me(key).json().at("/principal/permissions").toString()).as("what the owner lost, the key has lost").isEqualTo("[\"risk:read\"]");
    }

    @Test
    void users_are_managed_and_nobody_gives_themselves_more() {
        String ada = PEOPLE.somebody("\"ADMIN\"");
        String token = PEOPLE.token(ada);
        String bob = PEOPLE.somebody("\"VIEWER\"");
        String bobs = PEOPLE.token(bob);
        refused(PEOPLE.patch(token, "/api/v1/security/users/" + ada, "{\"roles\":[\"ADMIN\",\"TRADER\"]}"), 403, "FORBIDDEN");
        refused(PEOPLE.patch(token, "/api/v1/security/users/" + bob, "{\"kind\":\"SERVICE\"}"), 400, "UNKNOWN_PROPERTY");
        refused(PEOPLE.patch(token, "/api/v1/security/users/" + bob, "{\"roles\":[\"KING\"]}"), 400, "MALFORMED_ROLE");
        refused(PEOPLE.patch(token, "/api/v1/security/users/" + bob, "{\"accounts\":[\"-7\"]}"), 400, "INVALID_REQUEST");
        refused(PEOPLE.post(token, "/api/v1/security/users", "{\"name\":\"" + bob + "\",\"roles\":[]}"), 409, "USER_EXISTS");
        refused(PEOPLE.post(token, "/api/v1/security/users", "{\"name\":\"Bob; drop table\",\"roles\":[]}"), 400, "MALFORMED_USER_NAME");
        refused(PEOPLE.get(token, "/api/v1/security/users/operator"), 404, "USER_NOT_FOUND");
        refused(PEOPLE.get(token, "/api/v1/security/service-accounts/" + bob), 404, "SERVICE_ACCOUNT_NOT_FOUND");

        Answer changed = PEOPLE.patch(token, "/api/v1/security/users/" + bob, "{\"roles\":[\"TRADER\"],\"accounts\":[\"1001\",\"1002\"]}");
        assertThat(changed.text("fullName")).isEqualTo("Some Body");
        assertThat(PEOPLE.me(bobs).json().at("/principal").toString()).contains("trading:write", "\"accounts\":[\"1001\",\"1002\"]").doesNotContain("ledger:read");
        Answer reset = PEOPLE.post(token, "/api/v1/security/users/" + bob + "/reset-password", "{}");
        refused(PEOPLE.me(bobs), 401, "SESSION_REVOKED");
        refused(PEOPLE.signIn(bob, PASSWORD), 401, "SIGN_IN_FAILED");
        String again = signedIn(PEOPLE.signIn(bob, reset.text("oneTimePassword"))).text("accessToken");
        assertThat(PEOPLE.me(again).text("mustChangePassword")).isEqualTo("true");
        assertThat(PEOPLE.delete(token, "/api/v1/security/users/" + bob).status()).isEqualTo(204);
        refused(PEOPLE.me(again), 401, "ACCOUNT_DISABLED");
        refused(PEOPLE.signIn(bob, reset.text("oneTimePassword")), 401, "ACCOUNT_DISABLED");
        assertThat(PEOPLE.get(token, "/api/v1/security/users").json().valueStream().filter(one -> one.get("name").asString().equals(bob)).findFirst().orElseThrow().get("enabled").asBoolean()).isFalse();
    }

    @Test
    void one_administrator_is_always_left() {
        List<String> disabled = new ArrayList<>();
        Answer last = null;
        for (var user : PEOPLE.get(PEOPLE.operator(), "/api/v1/security/users").json()) {
            if (user.get("roles").toString().contains("ADMIN") && user.get("enabled").asBoolean()) {
                last = PEOPLE.delete(PEOPLE.operator(), "/api/v1/security/users/" + user.get("name").asString());
                disabled.add(user.get("name").asString());
            }
        }
        refused(last, 409, "LAST_ADMINISTRATOR");
        disabled.forEach(name -> PEOPLE.patch(PEOPLE.operator(), "/api/v1/security/users/" + name, "{\"enabled\":true}"));
    }

    @Test
    void another_member_learns_within_seconds_what_was_revoked_here() {
        Jdbi jdbi = Jdbi.create(MEMBER.database().dataSource());
        try (Changes changes = new Changes(jdbi, CLOCK)) {
            FieldCipher cipher = FieldCipher.open(jdbi, MasterKey.parse(PEOPLE.file("master.key"), "file"), Optional.empty(), CLOCK);
            AccessTokens tokens = new AccessTokens(new SigningKeys(jdbi, cipher, changes, Duration.ofMinutes(10), CLOCK), "partita", MEMBER.cluster(), Duration.ofMinutes(10), CLOCK);
            Authenticator other = new MemberAuthenticator(tokens, new SessionTables(jdbi), new KeyTables(jdbi), new OutsideTokens(MEMBER.bean(PartitaProperties.class).security().oidc(), CLOCK), false, changes, CLOCK);
            String token = PEOPLE.token(PEOPLE.somebody("\"VIEWER\""));
            made(PEOPLE.post(PEOPLE.operator(), "/api/v1/security/service-accounts", "{\"name\":\"distant\",\"roles\":[\"VIEWER\"]}"));
            Answer key = made(key("distant", "\"ledger:read\"", Duration.ofDays(1)));
            assertThat(other.authenticate(token)).isInstanceOf(Authentication.Known.class);
            assertThat(other.authenticate(key.text("key"))).isInstanceOf(Authentication.Known.class);
            PEOPLE.post(token, "/api/v1/auth/sign-out", "");
            PEOPLE.delete(PEOPLE.operator(), "/api/v1/security/keys/" + key.text("apiKey.id"));
            Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                assertThat(other.authenticate(token)).isInstanceOfSatisfying(Authentication.Unknown.class, unknown -> assertThat(unknown.code()).isEqualTo(SecurityRefusal.SESSION_REVOKED));
                assertThat(other.authenticate(key.text("key"))).isInstanceOfSatisfying(Authentication.Unknown.class,
                        unknown -> assertThat(unknown.code()).isEqualTo(SecurityRefusal.KEY_REVOKED));
            });
        }
    }

    @Test
    void those_who_are_known_go_on_while_the_database_is_away() {
        String token = PEOPLE.token(PEOPLE.somebody("\"VIEWER\""));
        Authenticator authenticator = MEMBER.bean(Authenticator.class);
        assertThat(authenticator.authenticate(token)).isInstanceOf(Authentication.Known.class);
        assertThat(authenticator.authenticate(PEOPLE.operator())).isInstanceOf(Authentication.Known.class);
        MEMBER.database().takeAway();
        try {
            assertThat(authenticator.authenticate(token)).isInstanceOf(Authentication.Known.class);
            assertThat(authenticator.authenticate(PEOPLE.operator())).isInstanceOf(Authentication.Known.class);
            refused(PEOPLE.me("pk_" + "c".repeat(12) + "_" + "d".repeat(40)), 503, "STORE_UNAVAILABLE");
        } finally {
            MEMBER.database().giveBack();
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> PEOPLE.get(PEOPLE.operator(), "/api/v1/security/users").status() == 200);
    }

    @Test
    void tokens_of_the_outside_issuer_are_taken_with_their_roles_and_accounts() {
        Answer me = PEOPLE.me(ISSUER.token("audience.partita", "role.RISK", "role.KING", "account.7", "account.9"));
        assertThat(me.status()).as(me.toString()).isEqualTo(200);
        assertThat(me.text("principal.name")).isEqualTo("oidc:cleo");
        assertThat(me.json().at("/principal").toString()).contains("\"roles\":[\"RISK\"]", "risk:write", "\"accounts\":[\"7\",\"9\"]").doesNotContain("ledger:write");
        assertThat(PEOPLE.me(ISSUER.token("audience.partita", "role.trader")).json().at("/principal/roles").toString()).isEqualTo("[\"TRADER\"]");
        assertThat(PEOPLE.me(ISSUER.token("audience.partita")).json().at("/principal/permissions").size()).as("without a role, nothing").isZero();
    }

    @Test
    void an_issuer_that_cannot_be_asked_is_told_apart_from_a_bad_token() {
        String url = "http://127.0.0.1:" + TestDatabase.freePort();
        OutsideTokens tokens = new OutsideTokens(PartitaProperties.of(Map.of("partita.security.oidc.issuer", url)).security().oidc(), CLOCK);
        assertThatThrownBy(() -> tokens.principal(ISSUER.token("audience.partita"))).isInstanceOfSatisfying(SecurityRefused.class,
                refused -> assertThat(refused.code()).isEqualTo(SecurityRefusal.ISSUER_UNAVAILABLE));
    }

    @Test
    void an_issuer_that_does_not_answer_is_left_alone_after_a_few_times() throws IOException {
        String token = ISSUER.token("audience.partita");
        AtomicInteger asked = new AtomicInteger();
        try (ServerSocket silent = new ServerSocket(0)) {
            Thread.startVirtualThread(() -> {
                while (true) {
                    try (Socket caller = silent.accept()) {
                        asked.incrementAndGet();
                        caller.shutdownInput();
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
            OutsideTokens tokens = new OutsideTokens(PartitaProperties.of(Map.of("partita.security.oidc.issuer", "http://127.0.0.1:" + silent.getLocalPort())).security().oidc(), CLOCK);
            Supplier<SecurityRefusal> told = () -> catchThrowableOfType(SecurityRefused.class, () -> tokens.principal(token)).code();
            for (int i = 0; i < 3; i++) {
                assertThat(told.get()).isEqualTo(SecurityRefusal.ISSUER_UNAVAILABLE);
            }
            int before = asked.get();
            assertThat(before).isPositive();
            for (int i = 0; i < 20; i++) {
                assertThat(told.get()).isEqualTo(SecurityRefusal.ISSUER_UNAVAILABLE);
            }
            assertThat(asked).hasValue(before);
        }
    }

    @Test
    void tokens_of_the_outside_issuer_for_others_or_of_others_are_refused() throws GeneralSecurityException {
        refused(PEOPLE.me(ISSUER.token("audience.other", "role.RISK")), 401, "TOKEN_INVALID");
        String good = ISSUER.token("audience.partita", "role.trader");
        refused(PEOPLE.me(part(text(good, 0)) + '.' + part(text(good, 1).replace("trader", "admin")) + '.' + good.split("\\.")[2]), 401, "TOKEN_INVALID");
        refused(PEOPLE.me(part("{\"alg\":\"none\"}") + '.' + part(text(good, 1)) + '.'), 401, "TOKEN_INVALID");
        String forged = signed("{\"alg\":\"EdDSA\",\"kid\":\"x\"}", text(good, 1), KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
        refused(PEOPLE.me(forged), 401, "TOKEN_INVALID");
        assertThat(PEOPLE.me(good).status()).isEqualTo(200);
        CLOCK.advance(Duration.ofMinutes(5));
        refused(PEOPLE.me(good), 401, "TOKEN_EXPIRED");
    }
}
