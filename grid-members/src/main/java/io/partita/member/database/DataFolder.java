package io.partita.member.database;

import io.partita.member.StartupProblem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The member's folder, held by one member at a time; a dead member's hold ends with it. */
public final class DataFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Takes the folder, making it if absent; throws a {@link StartupProblem} if another member has it. */
    public static DataFolder take(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(folder.resolve("member.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new StartupProblem("The data folder " + folder + " is in use by another member.",
                        "Stop that member, or give this one a folder of its own with --partita.data=FOLDER.");
            }
            return new DataFolder(folder, channel);
        } catch (IOException e) {
            throw new StartupProblem("The data folder " + folder + " cannot be used: " + e.getMessage(),
                    "Make it writable, or choose another with --partita.data=FOLDER.", e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
