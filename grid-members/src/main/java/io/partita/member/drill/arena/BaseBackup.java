package io.partita.member.drill.arena;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.apache.commons.io.FileUtils;

/**
 * A copy of the files of a PostgreSQL that runs and is written to. By the functions that a server has for it, since the bundled programs have no pg_basebackup; see "Making a
 * Base Backup Using the Low Level API" in PostgreSQL's manual, chapter 25.3.4.
 */
final class BaseBackup {

    /** Made anew by whoever starts on the copy, or of no use there; the manual lists them. */
    private static final Set<String> LEFT_OUT = Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans");
    private static final Set<String> FILES_LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts", "pg_internal.init");

    private BaseBackup() {
    }

    /** Copies the files of the server at a url; complete, with what it takes to start on it, once this returns. */
    static void take(String url, String user, Path files, Path into) {
        try (Connection connection = DriverManager.getConnection(url, user, ""); Statement sql = connection.createStatement()) {
            FileUtils.deleteDirectory(into.toFile());
            // The session has to last: the server ends the backup with it.
            sql.execute("select pg_backup_start('drill', fast => true)");
            copy(files, into);
            try (ResultSet labels = sql.executeQuery("select labelfile, spcmapfile from pg_backup_stop(wait_for_archive => true)")) {
                labels.next();
                Files.writeString(into.resolve("backup_label"), labels.getString(1));
                if (!labels.getString(2).isBlank()) {
                    throw new IllegalStateException("The server has tablespaces, which are not copied");
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("No copy was taken: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lays a copy out for a server that is to recover from it. */
    static void putBack(Path backup, Path files) {
        try {
            FileUtils.deleteDirectory(files.toFile());
            copy(backup, files);
            Files.createFile(files.resolve("recovery.signal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Path copy = Files.createDirectories(to.resolve(from.relativize(folder)));
                // Or the server refuses to start.
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
                // What is left out has to be there, and empty.
                return folder.getParent().equals(from) && LEFT_OUT.contains(folder.getFileName().toString()) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!FILES_LEFT_OUT.contains(file.getFileName().toString())) {
                    try {
                        Files.copy(file, to.resolve(from.relativize(file)));
                    } catch (NoSuchFileException goneSince) {
                        // The server removes files as it goes; the log says what became of them.
                        return FileVisitResult.CONTINUE;
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }
}
