package io.partita.member.security;

import io.partita.member.PartitaProperties;
import io.partita.member.StartupProblem;
import io.partita.security.ApiKey;
import io.partita.security.PasswordRules;
import io.partita.security.Permission;
import io.partita.security.Principal;
import io.partita.security.Role;
import io.partita.security.Secrets;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an empty database begins with: the user {@value #ADMIN} with a one-time password, and the service accounts of the tools and the console on this machine, with a key each. What
 * is secret goes to files of the data folder that only their owner can read, never to a log; what the settings name is taken from there, and not made.
 */
final class FirstStart {

    static final String ADMIN = "admin";
    static final String OPERATOR = "operator";
    static final String CONSOLE = "console";
    static final String PASSWORD_FILE = "admin.password";

    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);
    private static final Set<Permission> ALL = EnumSet.allOf(Permission.class);
    private static final Set<Permission> LOOKING = Principal.permissions(EnumSet.of(Role.VIEWER, Role.AUDITOR));
    private static final Duration KEY_LIFE = Duration.ofDays(366);
    private static final Duration RENEWED = Duration.ofDays(30);
    private static final Duration OVERLAP = Duration.ofDays(1);

    private final Jdbi jdbi;
    private final IdentityTables identities;
    private final Passwords passwords;
    private final KeyTables keys;
    private final ApiKeys apiKeys;
    private final Changes changes;
    private final Path data;
    private final PartitaProperties.Security settings;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    FirstStart(Jdbi jdbi, IdentityTables identities, Passwords passwords, KeyTables keys, ApiKeys apiKeys, Changes changes, Path data, PartitaProperties.Security settings, InstantSource clock) {
        this.jdbi = jdbi;
        this.identities = identities;
        this.passwords = passwords;
        this.keys = keys;
        this.apiKeys = apiKeys;
        this.changes = changes;
        this.data = data;
        this.settings = settings;
        this.clock = clock;
    }

    /** Of members that start together, one does it. */
    void begin() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        boolean first = jdbi.inTransaction(handle -> {
            IdentityTables.lock(handle);
            if (!IdentityTables.none(handle)) {
                return false;
            }
            String password = settings.adminPasswordFile() == null ? SharedSecrets.password(random) : oneTimePassword(settings.adminPasswordFile());
            identities.insert(handle, identity(ADMIN, Principal.Kind.USER, EnumSet.allOf(Role.class), true, now), passwords.hash(password));
            identities.insert(handle, identity(OPERATOR, Principal.Kind.SERVICE, EnumSet.allOf(Role.class), false, now), null);
            identities.insert(handle, identity(CONSOLE, Principal.Kind.SERVICE, EnumSet.of(Role.VIEWER, Role.AUDITOR), false, now), null);
            if (settings.adminPasswordFile() == null) {
                SecretFile.write(data.resolve(PASSWORD_FILE), password);
            }
            if (settings.operatorKeyFile() == null) {
                SecretFile.write(data.resolve(OPERATOR + ".key"), key(handle, OPERATOR, ALL, now).text());
            }
            if (settings.consoleKeyFile() == null) {
                SecretFile.write(data.resolve(CONSOLE + ".key"), key(handle, CONSOLE, LOOKING, now).text());
            }
            return true;
        });
        if (settings.operatorKeyFile() != null) {
            accept(OPERATOR, settings.operatorKeyFile(), ALL, now);
        }
        if (settings.consoleKeyFile() != null) {
            accept(CONSOLE, settings.consoleKeyFile(), LOOKING, now);
        }
        if (first) {
            tell();
        }
    }

    /** A log is no place for a password, a terminal is. */
    private void tell() {
        Path file = settings.adminPasswordFile() == null ? data.resolve(PASSWORD_FILE) : settings.adminPasswordFile();
        LOG.info("The user {} signs in with the one-time password in {}", ADMIN, file);
        Console terminal = System.console();
        if (terminal != null && terminal.isTerminal()) {
            try {
                terminal.printf("%n  Sign in as %s with the one-time password %s%n%n", ADMIN, Files.readString(file).strip());
            } catch (IOException e) {
                LOG.warn("{} cannot be read: {}", file, e.toString());
            }
        }
    }

    private static Identity identity(String name, Principal.Kind kind, Set<Role> roles, boolean mustChange, Instant now) {
        return new Identity(name, kind, roles, Optional.empty(), true, null, null, mustChange, false, now, "first start", null);
    }

    private ApiKey key(Handle handle, String owner, Set<Permission> scopes, Instant now) {
        ApiKey key = ApiKey.random(random);
        KeyTables.insert(handle, KeyTables.Row.of(key, owner, "this machine", scopes, now, "first start", now.plus(KEY_LIFE)));
        return key;
    }

    /** Replaces the keys in the data folder before they expire; the old ones stay good for a day, for programs that have read them. */
    void renewKeys() {
        for (String owner : List.of(OPERATOR, CONSOLE)) {
            Path file = data.resolve(owner + ".key");
            if (!Files.exists(file)) {
                continue;
            }
            ApiKey old = read(file);
            KeyTables.Row row = keys.owned(old.id()).map(KeyTables.Owned::key).orElse(null);
            if (row != null && row.revokedAt() == null && Secrets.isOf(row.hash(), old.secret()) && row.createdAt().plus(RENEWED).isBefore(clock.instant())) {
                SecretFile.write(file, apiKeys.rotate(old.id(), OVERLAP, row.owner()).key().text());
                LOG.info("{} has a new key", file);
            }
        }
    }

    /** Takes a key that people have made and given to all members. */
    private void accept(String owner, Path file, Set<Permission> scopes, Instant now) {
        ApiKey key = read(file);
        jdbi.useTransaction(handle -> {
            IdentityTables.lock(handle);
            if (KeyTables.exists(handle, key.id())) {
                return;
            }
            KeyTables.insert(handle, KeyTables.Row.of(key, owner, "file of the settings", scopes, now, "settings", now.plus(KEY_LIFE)));
            changes.note(handle, Changes.key(key.id()));
        });
    }

    private static ApiKey read(Path file) {
        try {
            return ApiKey.parse(Files.readString(file).strip()).orElseThrow(() -> new StartupProblem("There is no API key in " + file + ".",
                    "It is pk_, 12 and 40 small letters and digits with _ between, as ./partita keys FOLDER makes them."));
        } catch (IOException e) {
            throw new StartupProblem("The API key in " + file + " cannot be read: " + e.getMessage(), "Restore it, or leave its setting (partita.security.*-key-file) out.", e);
        }
    }

    private static String oneTimePassword(Path file) {
        try {
            String password = Files.readString(file).strip();
            PasswordRules.problem(ADMIN, password).ifPresent(problem -> {
                throw new StartupProblem("The one-time password in " + file + " is not one that this system takes: " + problem, "Have one made: ./partita keys FOLDER");
            });
            return password;
        } catch (IOException e) {
            throw new StartupProblem("The one-time password in " + file + " cannot be read: " + e.getMessage(), "Restore it, or leave partita.security.admin-password-file out.", e);
        }
    }
}
