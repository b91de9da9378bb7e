package io.partita.member.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.rest.ClientKey;
import io.partita.member.testing.Http;
import io.partita.member.testing.TestMember;
import io.partita.security.ApiKey;
import io.partita.security.Permission;
import io.partita.security.Principal;
import io.partita.security.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes somebody known to a member, as an administrator does. */
public final class Callers {

    private Callers() {
    }

    /** A key of a new service account. @param accounts null for all @param scopes none for all that the roles allow */
    public static ClientKey key(TestMember member, String name, Set<Role> roles, Set<Long> accounts, Permission... scopes) {
        Http.Answer made = Http.post(member.uri("/api/v1/security/service-accounts"), "{\"name\":\"%s\",\"roles\":%s%s}".formatted(name, list(roles),
                accounts == null ? "" : ",\"accounts\":" + list(accounts)));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        Collection<Permission> granted = scopes.length > 0 ? Arrays.asList(scopes) : Principal.permissions(roles);
        Http.Answer key = Http.post(member.uri("/api/v1/security/keys"), "{\"owner\":\"%s\",\"name\":\"test\",\"scopes\":%s,\"expiresAt\":\"%s\"}".formatted(name,
                list(granted.stream().map(Permission::scope).toList()), Instant.now().plus(1, ChronoUnit.HOURS)));
        assertThat(key.status()).as(key.toString()).isEqualTo(201);
        return new ClientKey(key.text("key"));
    }

    /** Takes a key away. */
    public static void revoke(TestMember member, ClientKey key) {
        String id = ApiKey.parse(key.text()).orElseThrow().id();
        Http.Answer revoked = Http.send(Http.request(member.uri("/api/v1/security/keys/" + id)).DELETE());
        assertThat(revoked.status()).as(revoked.toString()).isBetween(200, 204);
    }

    private static String list(Collection<?> values) {
        return values.stream().map(value -> '"' + value.toString() + '"').collect(Collectors.joining(",", "[", "]"));
    }
}
