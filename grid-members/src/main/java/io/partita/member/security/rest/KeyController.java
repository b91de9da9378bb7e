package io.partita.member.security.rest;

import static io.partita.member.rest.Fields.required;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestProblem;
import io.partita.member.security.ApiKeys;
import io.partita.security.Permission;
import io.partita.security.Principal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "API keys")
@RestController
@RequestMapping("/api/v1/security/keys")
final class KeyController {

    private final ApiKeys keys;

    KeyController(ApiKeys keys) {
        this.keys = keys;
    }

    /** A key that is to be made. */
    @Schema(name = "NewApiKey")
    record Wanted(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "a user or service account") String owner,
                  @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "what it is for", maxLength = Fields.MOST_TEXT) String name,
                  @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "such as ledger:read; at most what the owner may") List<String> scopes,
                  @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "within 366 days") Instant expiresAt) {
    }

    /** A key, without its secret. */
    @Schema(name = "ApiKey")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record One(String id, String owner, String name, List<String> scopes, Instant createdAt, String createdBy, Instant expiresAt, Instant revokedAt,
               @Schema(description = "the key that it was rotated to") String successor) {

        static One of(ApiKeys.Listed key) {
            return new One(key.id(), key.owner(), key.name(), key.scopes().stream().map(Permission::scope).sorted().toList(), key.createdAt(), key.createdBy(), key.expiresAt(),
                    key.revokedAt(), key.successor());
        }
    }

    /** A key that was just made. */
    @Schema(name = "ApiKeyWithSecret")
    record Made(One apiKey, @Schema(description = "to be sent as Authorization: Bearer; shown this once") String key) {

        static ResponseEntity<Made> of(ApiKeys.Made made) {
            return ResponseEntity.created(URI.create("/api/v1/security/keys/" + made.key().id())).cacheControl(CacheControl.noStore())
                    .body(new Made(One.of(made.listed()), made.key().text()));
        }

        @Override
        public String toString() {
            return "Made[" + apiKey.id() + "]";
        }
    }

    /** How a key is rotated. */
    @Schema(name = "Rotation")
    record Rotation(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "how long the old one stays good: 0 to 30 days", example = "PT24H") String overlap) {
    }

    @Operation(summary = "All API keys, the newest first", description = "At most 10,000, without their secrets, which nobody has.")
    @GetMapping
    List<One> all(@RequestParam(required = false) String owner) {
        return keys.all(owner).stream().map(One::of).toList();
    }

    @Operation(summary = "Make an API key", description = "201 with the key, shown this once.")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Made> create(@RequestBody Wanted wanted, Principal caller) {
        String owner = required("owner", wanted.owner());
        String name = Fields.text("name", wanted.name());
        Set<Permission> scopes = UserJson.scopesOf(required("scopes", wanted.scopes()));
        if (scopes.isEmpty()) {
            throw RequestProblem.field("scopes", "lists at least one");
        }
        return Made.of(keys.create(owner, name, scopes, required("expiresAt", wanted.expiresAt()), caller.name()));
    }

    @Operation(summary = "Rotate an API key", description = "201 with a new one of the same scopes; the old one stays good for the overlap.")
    @PostMapping(path = "/{id}/rotate", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Made> rotate(@PathVariable String id, @RequestBody Rotation rotation, Principal caller) {
        return Made.of(keys.rotate(id, duration(required("overlap", rotation.overlap())), caller.name()));
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw RequestProblem.field("overlap", "is a duration such as PT24H");
        }
    }

    @Operation(summary = "Revoke an API key", description = "It is refused on all members within seconds.")
    @DeleteMapping("/{id}")
    ResponseEntity<Void> revoke(@PathVariable String id, Principal caller) {
        keys.revoke(id, caller.name());
        return ResponseEntity.noContent().build();
    }
}
