package io.partita.member.security.rest;

import io.partita.member.security.SigningKeys;
import io.swagger.v3.oas.annotations.Hidden;
import java.security.interfaces.EdECPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The keys by which others verify access tokens (RFC 7517, RFC 8037). */
@Hidden
@RestController
final class JwksController {

    private static final int BYTES = 32;
    private static final Duration CACHED = Duration.ofMinutes(5);

    private final SigningKeys keys;

    JwksController(SigningKeys keys) {
        this.keys = keys;
    }

    @GetMapping("/.well-known/jwks.json")
    ResponseEntity<Map<String, List<Map<String, String>>>> keys() {
        return ResponseEntity.ok().cacheControl(CacheControl.maxAge(CACHED)).body(Map.of("keys", keys.verifying().stream().map(JwksController::key).toList()));
    }

    private static Map<String, String> key(SigningKeys.Key key) {
        // The X.509 form of an Ed25519 key ends with the 32 bytes that a JWK has.
        byte[] encoded = ((EdECPublicKey) key.verification()).getEncoded();
        byte[] raw = new byte[BYTES];
        System.arraycopy(encoded, encoded.length - BYTES, raw, 0, BYTES);
        return Map.of("kty", "OKP", "crv", "Ed25519", "alg", "EdDSA", "use", "sig", "kid", key.id(), "x", Base64.getUrlEncoder().withoutPadding().encodeToString(raw));
    }
}
