package io.partita.member.security;

import io.partita.security.ApiKey;
import io.partita.security.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Secrets that all members of a cluster share, as files of a folder that only their owner can read. What the console has to know lies in a folder of its own, so that it can be given that and no more.
 */
public enum SharedSecrets {

    MASTER_KEY("master.key", "encrypts secrets in the database", "partita.security.master-key-file", MasterKey::random),
    OPERATOR_KEY("operator.key", "API key of the tools", "partita.security.operator-key-file", random -> ApiKey.random(random).text()),
    ADMIN_PASSWORD("admin.password", "first sign-in as admin", "partita.security.admin-password-file", SharedSecrets::password),
    CONSOLE_KEY("console/console.key", "API key of the console", "partita.security.console-key-file", random -> ApiKey.random(random).text()),
    GRID_SECRET("console/grid.secret", "lets members and clients find each other", "partita.grid.secret-file", MasterKey::random);

    private static final int PASSWORD_CHARACTERS = 20;

    private final String file;
    private final String purpose;
    private final String setting;
    private final Function<SecureRandom, String> made;

    SharedSecrets(String file, String purpose, String setting, Function<SecureRandom, String> made) {
        this.file = file;
        this.purpose = purpose;
        this.setting = setting;
        this.made = made;
    }

    /** Its place in the folder. */
    public String file() {
        return file;
    }

    /** What it is for, in a few words. */
    public String purpose() {
        return purpose;
    }

    /** The setting of members that names the file. */
    public String setting() {
        return setting;
    }

    /**
     * Makes what is missing, with the folder itself. Members that start together may all do it.
     *
     * @return whether each was made now; otherwise it was there, and is as it was
     * @throws IOException if the folder cannot be written
     */
    public static Map<SharedSecrets, Boolean> make(Path folder) throws IOException {
        SecureRandom random = new SecureRandom();
        Map<SharedSecrets, Boolean> made = new LinkedHashMap<>();
        for (SharedSecrets secret : values()) {
            Path file = folder.resolve(secret.file);
            Files.createDirectories(file.getParent());
            made.put(secret, SecretFile.writeNew(file, secret.made.apply(random)));
        }
        return made;
    }

    static String password(SecureRandom random) {
        return Secrets.readable(random, PASSWORD_CHARACTERS);
    }
}
