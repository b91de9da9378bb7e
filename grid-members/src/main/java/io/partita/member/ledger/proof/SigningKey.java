package io.partita.member.ledger.proof;

import io.partita.ledger.proof.SignedTreeHead;
import io.partita.ledger.proof.VerificationKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The member's Ed25519 key, in two files of the data folder: {@value #SECRET} (PKCS #8 and the public key, PEM, readable by
 * the owner alone) and {@value #PUBLIC}, for whoever verifies. Made on first use. Immutable and safe for use by any thread.
 */
public final class SigningKey {

    static final String SECRET = "ledger-key.pem";
    static final String PUBLIC = "ledger-key.pub.pem";

    private static final Pattern PEM = Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private final PrivateKey secret;
    private final VerificationKey verification;

    private SigningKey(PrivateKey secret, VerificationKey verification) {
        this.secret = secret;
        this.verification = verification;
    }

    /** The key of a data folder. */
    public static SigningKey in(Path folder) {
        try {
            Path file = folder.resolve(SECRET);
            if (!Files.exists(file)) {
                create(folder, file);
            }
            SigningKey key = parse(Files.readString(file), file);
            Files.writeString(folder.resolve(PUBLIC), key.verification.pem());
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or make the key in " + folder, e);
        }
    }

    private static void create(Path folder, Path file) throws IOException {
        KeyPair pair = generate();
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n" + VerificationKey.of(pair.getPublic()).pem();
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] secretly = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
        // Complete under another name first: a crash never leaves half a key.
        Path partial = Files.createTempFile(folder, "key-", ".new", secretly);
        Files.writeString(partial, pem, StandardCharsets.US_ASCII, StandardOpenOption.SYNC, StandardOpenOption.WRITE);
        try {
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException _) {
            Files.delete(partial);
        }
    }

    private static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK since 15 has Ed25519", e);
        }
    }

    private static SigningKey parse(String pem, Path file) {
        Matcher block = PEM.matcher(pem);
        try {
            if (!block.find()) {
                throw new IllegalArgumentException("no private key");
            }
            PrivateKey secret = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(1))));
            SigningKey key = new SigningKey(secret, VerificationKey.parse(pem).getFirst());
            if (!key.sign(0, new byte[32], 0).isSignedBy(key.verification)) {
                throw new IllegalArgumentException("the private and the public key are not a pair");
            }
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("The member's key in " + file + " cannot be used: " + e.getMessage()
                    + ". Restore it from a backup, or move it away for a new one: what was signed stays valid under the old.", e);
        }
    }

    public VerificationKey verificationKey() {
        return verification;
    }

    SignedTreeHead sign(long size, byte[] root, long signedAt) {
        return SignedTreeHead.sign(size, root, signedAt, verification.id(), secret);
    }
}
