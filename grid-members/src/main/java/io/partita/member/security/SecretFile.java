package io.partita.member.security;

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

/** Files that only their owner can read. */
final class SecretFile {

    private SecretFile() {
    }

    /** Writes one line in place of what was there; a crash leaves the old or the new, never half of it. */
    static void write(Path file, String secret) {
        try {
            Files.move(partial(file, secret), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    /** Writes one line where there was no file; of several who try at once, one does. False if there is one, which stays as it is. */
    static boolean writeNew(Path file, String secret) throws IOException {
        Path partial = partial(file, secret);
        try {
            // It fails where there is something, whoever made it a moment ago; a move would not.
            Files.createLink(file, partial);
            return true;
        } catch (FileAlreadyExistsException there) {
            return false;
        } finally {
            Files.delete(partial);
        }
    }

    private static Path partial(Path file, String secret) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] secretly = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))} : new FileAttribute<?>[0];
        Path partial = Files.createTempFile(file.toAbsolutePath().getParent(), "secret-", ".new", secretly);
        return Files.writeString(partial, secret + "\n", StandardCharsets.US_ASCII, StandardOpenOption.SYNC, StandardOpenOption.WRITE);
    }
}
