package io.partita.member.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.security.Totp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** People who sign in to a member over HTTP. */
final class People {

    static final String PASSWORD = "a quite long sentence";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final TestMember member;

    People(TestMember member) {
        this.member = member;
    }

    /** Signed in, or not. */
    Answer signIn(String user, String password) {
        return signIn(user, password, null);
    }

    Answer signIn(String user, String password, String code) {
        return Http.post(member.uri("/api/v1/auth/sign-in"), "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"" + (code == null ? "" : ",\"code\":\"" + code + "\"") + "}");
    }

    Answer refresh(String token) {
        return Http.post(member.uri("/api/v1/auth/refresh"), "{\"refreshToken\":\"" + token + "\"}");
    }

    Answer get(String bearer, String path) {
        return Http.get(member.uri(path), "Authorization", "Bearer " + bearer);
    }

    Answer me(String bearer) {
        return get(bearer, "/api/v1/auth/me");
    }

    Answer post(String bearer, String path, String json) {
        return Http.post(member.uri(path), json, "Authorization", "Bearer " + bearer);
    }

    Answer patch(String bearer, String path, String json) {
        return Http.patch(member.uri(path), json, "Authorization", "Bearer " + bearer);
    }

    Answer put(String bearer, String path, String json) {
        return Http.send(Http.request(member.uri(path), "Authorization", "Bearer " + bearer, "Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    Answer delete(String bearer, String path) {
        return Http.send(Http.request(member.uri(path), "Authorization", "Bearer " + bearer).DELETE());
    }

    Answer delete(String bearer, String path, String json) {
        return Http.send(Http.request(member.uri(path), "Authorization", "Bearer " + bearer, "Content-Type", "application/json").method("DELETE", BodyPublishers.ofString(json)));
    }

    /** The key of the service account that may everything. */
    String operator() {
        return file("operator.key");
    }

    String file(String name) {
        try {
            return Files.readString(member.data().resolve(name)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes somebody with some roles, whose password is {@link #PASSWORD}. @return their name */
    String somebody(String roles) {
        String name = "somebody" + COUNT.incrementAndGet();
        Answer made = post(operator(), "/api/v1/security/users", "{\"name\":\"" + name + "\",\"roles\":[" + roles + "],\"fullName\":\"Some Body\",\"email\":\"" + name + "@bank.example\"}");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        Answer in = signIn(name, made.text("oneTimePassword"));
        Answer changed = post(in.text("accessToken"), "/api/v1/auth/password", "{\"current\":\"" + made.text("oneTimePassword") + "\",\"next\":\"" + PASSWORD + "\"}");
        assertThat(changed.status()).as(changed.toString()).isEqualTo(204);
        return name;
    }

    /** An access token of somebody. */
    String token(String name) {
        return signedIn(signIn(name, PASSWORD)).text("accessToken");
    }

    /** What an app does with the secret. */
    static String code(String secret, Instant now) {
        byte[] bytes = new byte[Totp.SECRET_BYTES];
        int bits = 0;
        int buffer = 0;
        int next = 0;
        for (char one : secret.toCharArray()) {
            buffer = buffer << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(one);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[next++] = (byte) (buffer >> bits);
            }
        }
        return Totp.code(bytes, now);
    }

    static Answer signedIn(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.text("code")).as(answer.toString()).isEqualTo(code);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }
}
