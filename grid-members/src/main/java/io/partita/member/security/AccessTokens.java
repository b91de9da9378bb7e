package io.partita.member.security;

import io.partita.member.security.SigningKeys.Key;
import io.partita.security.SecurityRefusal;
import io.partita.security.SecurityRefused;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Access tokens: JWT (RFC 7519, of type {@code at+jwt}) signed by Ed25519 ({@code EdDSA}, RFC 8037). They say which session it is and nothing of what it may: that is looked up,
 * so that it can change at once. No other algorithm is known here, so none can be chosen by whoever made a token. Thread-safe.
 */
final class AccessTokens {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final int LONGEST = 4_096;

    private final SigningKeys keys;
    private final String issuer;
    private final String audience;
    private final Duration life;
    private final InstantSource clock;

    AccessTokens(SigningKeys keys, String issuer, String audience, Duration life, InstantSource clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.audience = audience;
        this.life = life;
        this.clock = clock;
    }

    /** A token and how long it is valid. */
    record Issued(String token, Instant expiresAt) {

        @Override
        public String toString() {
            return "Issued[" + expiresAt + "]";
        }
    }

    /** What a token says. */
    record Claims(String subject, UUID session, Instant expiresAt) {
    }

    /** A token of a session; it ends with the session at the latest. */
    Issued issue(String subject, UUID session, Instant sessionEnds) {
        Key key = keys.signing();
        Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
        Instant ends = Instant.ofEpochSecond(sessionEnds.getEpochSecond());
        Instant expires = now.plus(life).isBefore(ends) ? now.plus(life) : ends;
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "EdDSA");
        header.put("typ", "at+jwt");
        header.put("kid", key.id());
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("aud", audience);
        claims.put("sub", subject);
        claims.put("sid", session.toString());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", expires.getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        String content = encoded(header) + '.' + encoded(claims);
        return new Issued(content + '.' + ENCODER.encodeToString(sign(key, content)), expires);
    }

    private static String encoded(Map<String, Object> part) {
        return ENCODER.encodeToString(JSON.writeValueAsBytes(part));
    }

    private static byte[] sign(Key key, String content) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key.secret());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK since 15 has Ed25519", e);
        }
    }

    /** The issuer that a token names, before anything of it is believed; empty if it is no token. */
    static String issuer(String token) {
        try {
            String[] parts = parts(token);
            return JSON.readTree(DECODER.decode(parts[1])).path("iss").asString("");
        } catch (IllegalArgumentException | JacksonException notOne) {
            return "";
        }
    }

    /** What a token says; throws {@link SecurityRefused} unless it is one of this system's, unchanged and valid now. */
    Claims verify(String token) {
        try {
            String[] parts = parts(token);
            JsonNode header = JSON.readTree(DECODER.decode(parts[0]));
            if (!header.path("alg").asString("").equals("EdDSA") || !header.path("typ").asString("").equals("at+jwt") || header.has("crit")) {
                throw invalid("It is signed by no algorithm that is known here.");
            }
            Key key = keys.verifying(header.path("kid").asString("")).orElseThrow(() -> invalid("The key that signed it is not known, or has been retired."));
            if (!isSignedBy(key, parts)) {
                throw invalid("Its signature is not right.");
            }
            return claims(JSON.readTree(DECODER.decode(parts[1])));
        } catch (IllegalArgumentException | JacksonException malformed) {
            throw malformed instanceof SecurityRefused refused ? refused : invalid("It is malformed.");
        }
    }

    private Claims claims(JsonNode claims) {
        if (!claims.path("iss").asString("").equals(issuer) || !claims.path("aud").asString("").equals(audience)) {
            throw invalid("It is for somebody else.");
        }
        Instant expires = Instant.ofEpochSecond(claims.path("exp").asLong(0));
        if (!clock.instant().isBefore(expires)) {
            throw new SecurityRefused(SecurityRefusal.TOKEN_EXPIRED, "At " + expires + ".");
        }
        return new Claims(claims.path("sub").asString(""), UUID.fromString(claims.path("sid").asString("")), expires);
    }

    private static String[] parts(String token) {
        String[] parts = token.length() > LONGEST ? new String[0] : token.split("\\.", -1);
        if (parts.length != 3) {
            throw invalid("It is malformed.");
        }
        return parts;
    }

    private static boolean isSignedBy(Key key, String[] parts) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key.verification());
            signature.update((parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(DECODER.decode(parts[2]));
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }

    private static SecurityRefused invalid(String detail) {
        return new SecurityRefused(SecurityRefusal.TOKEN_INVALID, detail);
    }
}
