package io.partita.member.security;

import io.partita.member.PartitaProperties;
import io.partita.member.StartupProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that wraps the keys of the database. It is never in the database. Immutable.
 *
 * @param id  tells keys apart without telling the key: the beginning of its hash
 * @param key AES-256
 */
record MasterKey(String id, SecretKey key) {

    static final String FILE = "master.key";

    private static final int BYTES = 32;

    /** The key of the settings, or of the data folder, where it is made on first use. */
    static MasterKey of(PartitaProperties.Security settings, Path data) {
        if (settings.masterKey() != null && !settings.masterKey().isBlank()) {
            return parse(settings.masterKey(), "partita.security.master-key");
        }
        if (settings.masterKeyFile() != null) {
            return read(settings.masterKeyFile());
        }
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) {
            SecretFile.write(file, random(new SecureRandom()));
        }
        return read(file);
    }

    /** The key before, if the settings name one. */
    static Optional<MasterKey> previous(PartitaProperties.Security settings) {
        return Optional.ofNullable(settings.previousMasterKeyFile()).map(MasterKey::read);
    }

    /** A new one, as it is kept. */
    static String random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static MasterKey read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new StartupProblem("The master key in " + file + " cannot be read: " + e.getMessage(), "Restore it, or name another file with --partita.security.master-key-file=FILE.", e);
        }
    }

    static MasterKey parse(String text, String where) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.strip());
            if (bytes.length == BYTES) {
                return new MasterKey(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8), new SecretKeySpec(bytes, "AES"));
            }
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            // The same as of another length.
        }
        throw new StartupProblem("The master key in " + where + " is not one.", "It is 32 random bytes in Base64: openssl rand -base64 32");
    }

    @Override
    public String toString() {
        return "MasterKey[" + id + "]";
    }
}
