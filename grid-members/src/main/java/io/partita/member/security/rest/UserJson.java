package io.partita.member.security.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestProblem;
import io.partita.member.security.Identity;
import io.partita.member.security.Users;
import io.partita.security.LockOut;
import io.partita.security.Permission;
import io.partita.security.Principal;
import io.partita.security.Role;
import io.partita.security.SecurityRefusal;
import io.partita.security.SecurityRefused;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Users and service accounts as they travel. */
final class UserJson {

    private static final int MOST_ACCOUNTS = 1_000;

    private UserJson() {
    }

    /** Somebody who is to be made, or to be changed: what is left out stays. */
    @Schema(name = "NewUser")
    record Wanted(@Schema(description = "of a new one: 2 to 40 small letters, digits, dots, - and _") String name, List<String> roles,
                  @Schema(description = "the only accounts that they may see and use; left out: all") List<String> accounts,
                  @Schema(description = "true: all accounts again") Boolean allAccounts, @Schema(maxLength = Fields.MOST_TEXT) String fullName,
                  @Schema(maxLength = Fields.MOST_TEXT) String email, Boolean enabled) {

        Users.Change change() {
            return new Users.Change(roles == null ? null : rolesOf(roles), Boolean.TRUE.equals(allAccounts) ? Optional.empty() : accounts == null ? null : Optional.of(accountsOf(accounts)),
                    fullName == null ? null : Fields.text("fullName", fullName), email == null ? null : Fields.text("email", email), enabled);
        }

        /** Without what is personal. */
        @Override
        public String toString() {
            return "Wanted[" + name + "]";
        }
    }

    private static Set<Role> rolesOf(List<String> names) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        names.forEach(name -> roles.add(Arrays.stream(Role.values()).filter(role -> role.name().equals(name)).findFirst()
                .orElseThrow(() -> new SecurityRefused(SecurityRefusal.MALFORMED_ROLE, "They are " + Arrays.toString(Role.values()) + "."))));
        return roles;
    }

    static Set<Permission> scopesOf(List<String> names) {
        EnumSet<Permission> scopes = EnumSet.noneOf(Permission.class);
        names.forEach(name -> scopes.add(Permission.of(String.valueOf(name)).orElseThrow(() -> new SecurityRefused(SecurityRefusal.MALFORMED_SCOPE,
                "They are " + String.join(", ", Arrays.stream(Permission.values()).map(Permission::scope).toList()) + "."))));
        return scopes;
    }

    private static Set<Long> accountsOf(List<String> numbers) {
        if (numbers.size() > MOST_ACCOUNTS) {
            throw RequestProblem.field("accounts", "lists at most " + MOST_ACCOUNTS);
        }
        Set<Long> accounts = new HashSet<>();
        for (String number : numbers) {
            if (number == null || !number.matches("[1-9][0-9]{0,17}")) {
                throw RequestProblem.field("accounts", "are positive numbers");
            }
            accounts.add(Long.parseLong(number));
        }
        return accounts;
    }

    /** Somebody. */
    @Schema(name = "User")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record One(String name, Principal.Kind kind, List<Role> roles, @Schema(description = "absent: all") List<String> accounts, boolean enabled,
               @Schema(description = "masked for those who do not manage users") String fullName, String email, boolean mustChangePassword, boolean secondFactor, Instant createdAt,
               String createdBy, Instant signedInAt, @Schema(description = "no sign-in is looked at before") Instant lockedUntil) {

        static One of(Identity identity, LockOut lock, Principal caller) {
            boolean manages = caller.may(Permission.SECURITY_WRITE);
            return new One(identity.name(), identity.kind(), identity.roles().stream().sorted().toList(),
                    identity.accounts().map(own -> own.stream().sorted().map(Object::toString).toList()).orElse(null), identity.enabled(),
                    manages ? identity.fullName() : masked(identity.fullName()), manages ? identity.email() : masked(identity.email()), identity.mustChange(), identity.secondFactor(),
                    identity.createdAt(), identity.createdBy(), identity.signedInAt(), lock == null || lock.failures() <= LockOut.FREE ? null : lock.until());
        }

        private static String masked(String text) {
            return text == null ? null : text.isEmpty() ? "" : text.substring(0, 1) + "***";
        }

        @Override
        public String toString() {
            return "One[" + name + "]";
        }
    }

    /** Somebody who was just made, or whose password was. */
    @Schema(name = "UserWithPassword")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Made(One user, @Schema(description = "shown this once, to be changed at the first sign-in") String oneTimePassword) {

        @Override
        public String toString() {
            return "Made[" + user.name() + "]";
        }
    }
}
