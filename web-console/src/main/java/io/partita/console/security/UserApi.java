package io.partita.console.security;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Users, service accounts and their keys, as those who manage them ask for them. Thread-safe; calls block. */
@Component
class UserApi {

    private static final String USERS = "/security/users";
    private static final String SERVICES = "/security/service-accounts";
    private static final String KEYS = "/security/keys";

    private final MemberApi api;

    UserApi(MemberApi api) {
        this.api = api;
    }

    /** A user or a service account. @param accounts the only ones that they may see and use; null for all @param lockedUntil null unless sign-ins have failed */
    record User(String name, List<String> roles, List<String> accounts, boolean enabled, String fullName, String email, boolean mustChangePassword, boolean secondFactor,
                Instant createdAt, String createdBy, Instant signedInAt, Instant lockedUntil) {
    }

    /** Somebody as they are to be; what is null stays. */
    record Wanted(String name, List<String> roles, List<String> accounts, Boolean allAccounts, String fullName, String email, Boolean enabled) {
    }

    /** Somebody with a new password. */
    record WithPassword(User user, String oneTimePassword) {

        @Override
        public String toString() {
            return "WithPassword[]";
        }
    }

    /** An API key, without its secret. @param successor the one that it was rotated to, or null */
    record Key(String id, String owner, String name, List<String> scopes, Instant createdAt, String createdBy, Instant expiresAt, Instant revokedAt, String successor) {

        boolean good(Instant now) {
            return revokedAt == null && now.isBefore(expiresAt);
        }
    }

    /** A key that was just made. */
    record WithSecret(Key apiKey, String key) {

        @Override
        public String toString() {
            return "WithSecret[]";
        }
    }

    Answer<List<User>> users() {
        return api.get(USERS, User[].class).map(Arrays::asList);
    }

    /** With what the list does not tell: whether sign-ins are locked. */
    Answer<User> user(String name) {
        return api.get(USERS + "/" + MemberApi.segment(name), User.class);
    }

    Answer<WithPassword> create(Wanted wanted) {
        return api.post(USERS, wanted, WithPassword.class);
    }

    Answer<User> change(String name, Wanted wanted) {
        return api.patch(USERS + "/" + MemberApi.segment(name), wanted, User.class);
    }

    /** @param secondFactor whether to take that away, too */
    Answer<WithPassword> reset(String name, boolean secondFactor) {
        return api.post(USERS + "/" + MemberApi.segment(name) + "/reset-password", Map.of("secondFactor", secondFactor), WithPassword.class);
    }

    Answer<String> unlock(String name) {
        return api.post(USERS + "/" + MemberApi.segment(name) + "/unlock", Map.of(), String.class);
    }

    Answer<List<ProfileApi.Session>> sessions(String name) {
        return api.get(USERS + "/" + MemberApi.segment(name) + "/sessions", ProfileApi.Session[].class).map(Arrays::asList);
    }

    Answer<String> end(String name, String session) {
        return api.delete(USERS + "/" + MemberApi.segment(name) + "/sessions/" + session, Query.NONE, String.class);
    }

    Answer<List<User>> services() {
        return api.get(SERVICES, User[].class).map(Arrays::asList);
    }

    Answer<User> createService(Wanted wanted) {
        return api.post(SERVICES, wanted, User.class);
    }

    Answer<User> changeService(String name, Wanted wanted) {
        return api.patch(SERVICES + "/" + MemberApi.segment(name), wanted, User.class);
    }

    Answer<List<Key>> keys() {
        return api.get(KEYS, Key[].class).map(Arrays::asList);
    }

    Answer<WithSecret> createKey(String owner, String name, List<String> scopes, Instant expiresAt) {
        record NewKey(String owner, String name, List<String> scopes, Instant expiresAt) {
        }
        return api.post(KEYS, new NewKey(owner, name, scopes, expiresAt), WithSecret.class);
    }

    /** @param overlap how long the old one stays good */
    Answer<WithSecret> rotate(String id, Duration overlap) {
        return api.post(KEYS + "/" + MemberApi.segment(id) + "/rotate", Map.of("overlap", overlap.toString()), WithSecret.class);
    }

    Answer<String> revoke(String id) {
        return api.delete(KEYS + "/" + MemberApi.segment(id), Query.NONE, String.class);
    }
}
