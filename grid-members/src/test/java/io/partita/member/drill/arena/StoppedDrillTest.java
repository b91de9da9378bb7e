package io.partita.member.drill.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.member.cli.Partita;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C, or a supervisor's SIGTERM, in the middle of a drill in network namespaces. */
@Tag("slow")
class StoppedDrillTest {

    @TempDir
    private Path report;
    private Process drill;

    @BeforeAll
    static void possible() {
        NamespaceNetworkTest.possible();
    }

    @AfterEach
    void end() {
        drill.destroyForcibly();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void a_drill_that_is_stopped_leaves_no_namespace_device_process_or_folder(String signal) throws IOException, InterruptedException {
        // Whoever was started in the background ignores Ctrl-C, and so does what it starts.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(JavaCommand.of("256m", Partita.class.getName(), List.of("-Dlogback.configurationFile=tools-logback.xml"),
                List.of("drill", "split", "--members", "2", "--report", report.toString())));
        drill = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(report.resolve("output.txt").toFile()).start();
        String network = "partita-drill-" + drill.pid() + "-2-";
        await().atMost(Duration.ofSeconds(120)).until(() -> drill.isAlive()
                && Shell.run(List.of("ip", "netns", "pids", network + "member-1")).output().matches("[0-9]+"));
        String folder = Workshop.root().resolve("run-" + drill.pid() + "-").toString();
        assertThat(processesOf(folder)).as("a member and PostgreSQL").isNotEmpty();

        Signals.send(signal, List.of(drill.pid()));

        assertThat(drill.waitFor(60, TimeUnit.SECONDS)).as("it has ended").isTrue();
        assertThat(Shell.require("ip", "netns", "list")).doesNotContain(network);
        assertThat(Shell.require("ip", "-o", "link", "show")).doesNotContain(": pd" + Long.toString(drill.pid(), 36) + "n");
        assertThat(processesOf(folder)).isEmpty();
        try (Stream<Path> folders = Files.list(Workshop.root())) {
            assertThat(folders.map(Path::toString)).noneMatch(left -> left.startsWith(folder));
        }
    }

    private static List<String> processesOf(String folder) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes.filter(process -> process.getFileName().toString().matches("[0-9]+")).map(StoppedDrillTest::commandLine)
                    .filter(line -> line.contains(folder)).toList();
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
