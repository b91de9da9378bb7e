package io.partita.member.cli;

import io.partita.member.Version;
import io.partita.member.diagnostics.Diagnostics;
import io.partita.member.diagnostics.Redaction;
import io.partita.member.rest.ClientKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./partita diagnose}: one archive for whoever helps, also when the member does not answer. */
@Command(name = "diagnose", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Puts what whoever helps needs to know into one archive: versions, settings, health, metrics, threads, heap, cluster, database and logs, without secrets.",
    "Exit status: 0 when the member told everything, 1 when it did not answer and only the files of the log are there."})
final class DiagnoseCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Of the end of each log. */
    private static final int MOST = 4 << 20;
    private static final int MOST_LOGS = 20;
    private static final int LONGEST_SECRET = 4_096;

    @Option(names = "--member", paramLabel = "URL", defaultValue = "http://127.0.0.1:8080", description = "The member (${DEFAULT-VALUE}).")
    private URI member;

    @Option(names = "--data", paramLabel = "FOLDER", defaultValue = "data", description = "Its data folder, where logs/ are (${DEFAULT-VALUE}).")
    private Path data;

    @Option(names = "--key-file", paramLabel = "FILE", description = "With the key to ask with (PARTITA_KEY, PARTITA_KEY_FILE, or operator.key in the data folder).")
    private Path keyFile;

    @Option(names = "--out", paramLabel = "FILE", description = "The archive (partita-diagnostics-TIME.zip).")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path file = out != null ? out : Path.of("partita-diagnostics-" + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now()) + ".zip");
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        boolean answered;
        try (OutputStream archive = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(archive, StandardCharsets.UTF_8)) {
            answered = fromMember(zip);
            logs().write(zip);
        }
        PrintWriter words = spec.commandLine().getOut();
        words.println(file + ", " + (Files.size(file) + 1023) / 1024 + " KiB" + (answered ? "" : "; " + member + " did not answer, so that only logs are in it"));
        words.println("Passwords, keys and tokens are masked in it. Names, accounts and amounts that stand in the log are not: look before you send it.");
        words.flush();
        return answered ? 0 : 1;
    }

    /** Whether the member told. */
    private boolean fromMember(ZipOutputStream zip) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build()) {
            HttpResponse<InputStream> answer = client.send(request(), HttpResponse.BodyHandlers.ofInputStream());
            try (ZipInputStream parts = new ZipInputStream(answer.body(), StandardCharsets.UTF_8)) {
                boolean any = false;
                for (ZipEntry part; answer.statusCode() == 200 && (part = parts.getNextEntry()) != null; any = true) {
                    zip.putNextEntry(new ZipEntry("member/" + part.getName()));
                    parts.transferTo(zip);
                    zip.closeEntry();
                }
                if (!any) {
                    note(zip, "It answered " + answer.statusCode());
                }
                return any;
            }
        } catch (IOException away) {
            note(zip, away.toString());
            return false;
        }
    }

    private HttpRequest request() {
        return key().present(HttpRequest.newBuilder(member.resolve("/api/v1/diagnostics")).timeout(PATIENCE)).build();
    }

    private ClientKey key() {
        try {
            return keyFile != null ? ClientKey.read(keyFile) : ClientKey.usual(data);
        } catch (UncheckedIOException unreadable) {
            throw new ParameterException(spec.commandLine(), unreadable.getMessage());
        }
    }

    private void note(ZipOutputStream zip, String why) throws IOException {
        new Diagnostics(Redaction.of(Set.of())).with("member/not-told.txt", () -> member + " did not tell: " + why + "\nThis is Partita " + Version.text() + ".\n").write(zip);
    }

    private Diagnostics logs() throws IOException {
        Diagnostics logs = new Diagnostics(Redaction.of(secrets()));
        for (Path folder : List.of(data.resolve("logs"), data.resolve("postgres/log"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> file.toString().endsWith(".log")).sorted().limit(MOST_LOGS)
                            .forEach(file -> logs.with("logs/" + data.relativize(file).toString().replace('/', '-'), () -> end(file)));
                }
            }
        }
        return logs;
    }

    /** What files of the data folder keep that are named like secrets: should a log have it, it is masked there. */
    private Set<String> secrets() throws IOException {
        Set<String> secrets = new HashSet<>();
        if (Files.isDirectory(data)) {
            try (Stream<Path> files = Files.list(data)) {
                for (Path file : files.filter(each -> each.getFileName().toString().matches("(?i).*(?:\\.key|\\.token|password).*")).filter(Files::isRegularFile).toList()) {
                    if (Files.size(file) <= LONGEST_SECRET) {
                        secrets.add(Files.readString(file).strip());
                    }
                }
            }
        }
        return secrets;
    }

    private static String end(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(Math.max(0, in.length() - MOST));
            byte[] bytes = new byte[(int) Math.min(MOST, in.length())];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
