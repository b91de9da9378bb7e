package io.partita.member.security.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.partita.member.security.EncryptionKeys;
import io.partita.member.security.SigningKeys;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "System keys")
@RestController
@RequestMapping("/api/v1/security")
final class RotationController {

    private final SigningKeys signing;
    private final EncryptionKeys encryption;

    RotationController(SigningKeys signing, EncryptionKeys encryption) {
        this.signing = signing;
        this.encryption = encryption;
    }

    /** A key that signs access tokens, or did. */
    @Schema(name = "SigningKey")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Signing(String id, Instant createdAt, @Schema(description = "since then it signs no more") Instant retiredAt) {

        static Signing of(SigningKeys.Key key) {
            return new Signing(key.id(), key.createdAt(), key.retiredAt());
        }
    }

    /** A key that encrypts fields of the database. */
    @Schema(name = "EncryptionKey")
    record Encryption(int number, Instant createdAt, @Schema(description = "whether the master key of this member opens it") boolean readable) {

        static Encryption of(EncryptionKeys.DataKey key) {
            return new Encryption(key.number(), key.createdAt(), key.readable());
        }
    }

    @Operation(summary = "The keys by which access tokens are verified now, the newest first")
    @GetMapping("/signing-keys")
    List<Signing> signing() {
        return signing.verifying().stream().map(Signing::of).toList();
    }

    @Operation(summary = "Sign by a new key from now on", description = "The one before verifies until what it signed has expired. Members do so by themselves every 30 days.")
    @PostMapping("/signing-keys")
    List<Signing> rotateSigning() {
        signing.rotate();
        return signing();
    }

    @Operation(summary = "The keys that encrypt fields of the database, the oldest first")
    @GetMapping("/encryption-keys")
    List<Encryption> encryption() {
        return encryption.all().stream().map(Encryption::of).toList();
    }

    @Operation(summary = "Encrypt by a new key from now on", description = "What is encrypted already is encrypted anew.")
    @PostMapping("/encryption-keys")
    List<Encryption> rotateEncryption() {
        encryption.rotate();
        return encryption();
    }
}
