package io.partita.console.api;

import com.vaadin.flow.shared.Registration;
import io.partita.security.Permission;
import io.partita.security.Principal;
import io.partita.security.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Somebody who has signed in: what they may do, and the tokens by which members are asked in their name. Any member takes them, and they are renewed before they expire. Never printed.
 * Thread-safe.
 */
public final class Person implements Caller {

    /** So long before it expires, a token is renewed. */
    private static final Duration EARLY = Duration.ofMinutes(1);

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Tokens tokens;
    private volatile Principal principal;
    private volatile boolean mustChangePassword;
    private volatile boolean mustEnrolSecondFactor;
    private volatile String over;

    /** What a member says of somebody. */
    public record Told(String name, List<String> roles, List<String> permissions, List<String> accounts) {

        Principal principal() {
            Set<Role> known = Stream.of(Role.values()).filter(role -> roles != null && roles.contains(role.name())).collect(Collectors.toSet());
            Set<Permission> granted = permissions == null ? Set.of() : permissions.stream().map(Permission::of).flatMap(Optional::stream).collect(Collectors.toSet());
            return new Principal(name, Principal.Kind.USER, known, granted, Optional.ofNullable(accounts).map(own -> new HashSet<>(own.stream().map(Long::valueOf).toList())), "");
        }
    }

    /** What a member answers to whoever signs in. */
    public record SignedIn(String accessToken, Instant expiresAt, String refreshToken, Told principal, boolean mustChangePassword, boolean mustEnrolSecondFactor) {

        @Override
        public String toString() {
            return "SignedIn[]";
        }
    }

    /** What a member answers about who asks. @param secondFactor whether there is one */
    public record Me(Told principal, boolean mustChangePassword, boolean mustEnrolSecondFactor, boolean secondFactor, int recoveryCodesLeft) {
    }

    private record Tokens(String access, Instant expiresAt, String refresh) {

        @Override
        public String toString() {
            return "Tokens[]";
        }
    }

    public Person(SignedIn in) {
        take(in);
    }

    private void take(SignedIn in) {
        tokens = new Tokens(in.accessToken(), in.expiresAt(), in.refreshToken());
        take(in.principal(), in.mustChangePassword(), in.mustEnrolSecondFactor());
    }

    private void take(Told told, boolean password, boolean secondFactor) {
        principal = told.principal();
        mustChangePassword = password;
        mustEnrolSecondFactor = secondFactor;
    }

    /** What a member says now. */
    public void take(Me me) {
        take(me.principal(), me.mustChangePassword(), me.mustEnrolSecondFactor());
    }

    public String name() {
        return principal.name();
    }

    public Principal principal() {
        return principal;
    }

    public boolean may(Permission... permissions) {
        return Arrays.stream(permissions).allMatch(principal::may);
    }

    /** Whether they see the accounts of everybody. */
    public boolean unbound() {
        return principal.accounts().isEmpty();
    }

    public boolean mustChangePassword() {
        return mustChangePassword;
    }

    public boolean mustEnrolSecondFactor() {
        return mustEnrolSecondFactor;
    }

    /** Why they are not signed in any more; empty while they are. */
    public Optional<String> over() {
        return Optional.ofNullable(over);
    }

    /** Calls when they are not signed in any more; at once if that is so already. */
    public Registration onEnd(Runnable listener) {
        boolean late;
        synchronized (this) {
            listeners.add(listener);
            late = over != null;
        }
        if (late) {
            listener.run();
        }
        return () -> listeners.remove(listener);
    }

    /** The token to ask by; a new one if it is about to expire. */
    String bearer(MemberApi api) {
        Tokens now = tokens;
        if (over == null && Instant.now().isAfter(now.expiresAt().minus(EARLY))) {
            renew(api, now.access());
        }
        return tokens.access();
    }

    /**
     * Gets new tokens. A refresh token is good once, so one thread does it while others wait.
     *
     * @param old the token that is no good any more
     * @return whether there is another one
     */
    synchronized boolean renew(MemberApi api, String old) {
        Tokens now = tokens;
        if (over != null || !Objects.equals(now.access(), old)) {
            return over == null;
        }
        return switch (Callers.as(NOBODY, () -> api.post("/auth/refresh", Map.of("refreshToken", now.refresh()), SignedIn.class))) {
            case Answer.Done<SignedIn>(SignedIn in) -> {
                take(in);
                yield true;
            }
            // What is over on one member is over on all; anything else may pass.
            case Answer.Refused<SignedIn>(Problem problem) when problem.status() == 401 || problem.status() == 403 -> {
                end(problem.meaning());
                yield false;
            }
            case Answer.Refused<SignedIn> _, Answer.Unreachable<SignedIn> _ -> false;
        };
    }

    /** They are not signed in any more. */
    public void end(String why) {
        synchronized (this) {
            if (over != null) {
                return;
            }
            over = why;
        }
        listeners.forEach(Runnable::run);
    }

    @Override
    public String toString() {
        return "Person[" + principal.name() + "]";
    }
}
