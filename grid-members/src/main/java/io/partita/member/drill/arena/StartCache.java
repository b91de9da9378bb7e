package io.partita.member.drill.arena;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * The classes of this build as the virtual machine wants them: read, linked, and with what was learned of their methods (an AOT cache,
 * JEP 483, 514 and 515). A process that starts from it takes half the processor time to come up. One is made for each build, by a member that is
 * started and ended for it, and all processes of all drills share it; it is kept beside PostgreSQL's programs.
 *
 * <p>It holds what comes out of jars only, so folders of classes are packed first. Whatever does not fit it (another JDK, other flags)
 * starts as if there were none. Thread-safe, also between processes.
 */
public final class StartCache {

    private static final String PREFIX = "start-";
    /** They are some 140 MB each, and of no use once the build has changed. */
    private static final int KEPT = 4;

    private final Path file;
    private final String classPath;

    private StartCache(Path folder, List<Path> entries) {
        this.file = folder.resolve("members.aot");
        this.classPath = entries.stream().map(entry -> Files.isDirectory(entry) ? packed(entry, folder) : entry).map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** That of the build which this process runs. */
    public static StartCache ofThisBuild() {
        return Holder.CACHE;
    }

    private static final class Holder {
        private static final StartCache CACHE = open();
    }

    private static StartCache open() {
        List<Path> entries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isBlank()).map(Path::of).filter(Files::exists).filter(entry -> !empty(entry)).toList();
        try {
            Path folder = Files.createDirectories(Workshop.root().resolve(PREFIX + fingerprint(entries)));
            Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
            removeOlder(folder.getParent());
            return new StartCache(folder, entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean empty(Path entry) {
        try (Stream<Path> files = Files.isDirectory(entry) ? Files.list(entry) : Stream.of(entry)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes with every file of the class path, with the JDK and with its flags. */
    private static String fingerprint(List<Path> entries) throws IOException {
        StringBuilder all = new StringBuilder(System.getProperty("java.home")).append(Runtime.version())
                .append(JavaCommand.inherited());
        for (Path entry : entries) {
            try (Stream<Path> files = Files.walk(entry)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    all.append(file).append(Files.size(file)).append(Files.getLastModifiedTime(file));
                }
            }
        }
        return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static void removeOlder(Path root) throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            folders.filter(folder -> folder.getFileName().toString().startsWith(PREFIX))
                    .sorted(Comparator.comparing((Path folder) -> folder.toFile().lastModified()).reversed())
                    .skip(KEPT).forEach(folder -> FileUtils.deleteQuietly(folder.toFile()));
        }
    }

    private static Path packed(Path folder, Path into) {
        Path jar = into.resolve(UUID.nameUUIDFromBytes(folder.toString().getBytes(StandardCharsets.UTF_8)) + ".jar");
        if (!Files.exists(jar)) {
            Path draft = draft(jar);
            StringWriter said = new StringWriter();
            PrintWriter out = new PrintWriter(said);
            int status = ToolProvider.findFirst("jar").orElseThrow()
                    .run(out, out, "--create", "--no-compress", "--file", draft.toString(), "-C", folder.toString(), ".");
            if (status != 0) {
                throw new IllegalStateException("Packing " + folder + " failed with " + status + ": " + said);
            }
            publish(draft, jar);
        }
        return jar;
    }

    /** Under another name until it is complete: others may look for it at any time. */
    private static Path draft(Path file) {
        return file.resolveSibling(ProcessHandle.current().pid() + "-" + file.getFileName());
    }

    private static void publish(Path draft, Path file) {
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class path of this process, in jars. */
    public String classPath() {
        return classPath;
    }

    public boolean made() {
        return Files.exists(file);
    }

    /** For a process that starts from it; none while it is not made. */
    public List<String> flags() {
        return made() ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    /** For the process that makes it, in its end. */
    List<String> making() {
        return List.of("-XX:AOTCacheOutput=" + draft(file), "-Xlog:aot*=error,cds*=error");
    }

    /** That process has ended: from now on others start from what it has made. If it made nothing they start without, as before. */
    void keep() {
        if (Files.exists(draft(file))) {
            publish(draft(file), file);
        }
    }

    /** What it has left of its work. */
    void removeDraft() {
        FileUtils.deleteQuietly(draft(file).toFile());
        FileUtils.deleteQuietly(new File(draft(file) + ".config"));
    }
}
