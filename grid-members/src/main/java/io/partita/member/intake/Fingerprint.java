package io.partita.member.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The SHA-256 of a file: it recognises a file whatever its name. */
final class Fingerprint {

    private Fingerprint() {
    }

    static String of(Path file, ImportListener listener) throws IOException {
        MessageDigest digest = AccountKey.sha256();
        long size = Files.size(file);
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(file)) {
            long done = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                done += read;
                listener.progress("Reading", done, size, null);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
