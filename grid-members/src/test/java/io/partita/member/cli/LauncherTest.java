package io.partita.member.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.drill.arena.FreePorts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code partita} script from outside: what it says, and how it ends. Nothing is built or started. */
class LauncherTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** What the script may use of a machine, so that the machine's own java and mvn do not count. */
    private static final List<String> TOOLS = List.of("bash", "sed", "grep", "awk", "head", "tail", "tr", "sort", "cat", "dirname",
            "readlink", "ps", "mkdir", "rm", "cksum", "find", "xargs", "wc", "ls", "sleep", "env", "id");

    @TempDir
    private Path folder;

    private record Outcome(int status, String text) {
    }

    @Test
    void without_a_verb_it_lists_the_verbs_and_says_where_to_start() throws Exception {
        Outcome outcome = partita(Map.of());
        assertThat(outcome.status()).isZero();
        assertThat(outcome.text()).contains("run ", "test ", "drill ", "bench ", "import ", "verify ", "help ", "./partita run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "test", "drill", "bench", "backtest", "import", "submit", "rules", "verify", "keys", "diagnose", "jdk"})
    void every_verb_has_help_with_an_example(String verb) throws Exception {
        Outcome outcome = partita(Map.of(), "help", verb);
        assertThat(outcome.status()).isZero();
        assertThat(outcome.text()).containsPattern("(?m)^  .*\\./partita " + verb);
    }

    @ParameterizedTest
    @CsvSource({"tset, test", "rnu, run", "hlep, help", "ver, verify", "imports, import"})
    void a_mistyped_verb_is_answered_with_the_nearest_one(String typed, String meant) throws Exception {
        Outcome outcome = partita(Map.of(), typed);
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.text()).contains("there is no verb '" + typed + "'. Did you mean '" + meant + "'?");
    }

    @Test
    void a_word_that_is_like_no_verb_gets_no_guess() throws Exception {
        assertThat(partita(Map.of(), "quux").text()).contains("there is no verb 'quux'.").doesNotContain("Did you mean");
    }

    @Test
    void colours_stay_away_from_files_and_pipes() throws Exception {
        assertThat(partita(Map.of("TERM", "xterm-256color")).text()).doesNotContain("\u001b");
    }

    @Test
    void a_jdk_is_found_by_its_release_file_and_25_is_preferred_to_newer_ones() throws Exception {
        jdk("a-17", "17.0.15");
        jdk("b-27", "27");
        Path wanted = jdk("c-25", "25.0.3");
        jdk("d-8", "1.8.0_402");
        assertThat(foundJdk(Map.of())).isEqualTo(wanted.toString());
    }

    @Test
    void a_newer_jdk_serves_when_there_is_no_25() throws Exception {
        jdk("a-17", "17.0.15");
        Path newer = jdk("b-27", "27");
        assertThat(foundJdk(Map.of())).isEqualTo(newer.toString());
    }

    @Test
    void a_java_home_that_fits_comes_before_other_places_and_one_that_does_not_is_passed_over() throws Exception {
        Path usual = jdk("usual", "25");
        assertThat(foundJdk(Map.of("JAVA_HOME", jdkIn("elsewhere", "fits", "25.0.1").toString()))).endsWith("fits");
        assertThat(foundJdk(Map.of("JAVA_HOME", jdkIn("elsewhere", "old", "21").toString()))).isEqualTo(usual.toString());
    }

    @Test
    void a_jre_without_a_compiler_is_no_jdk() throws Exception {
        Files.delete(jdk("jre", "25").resolve("bin/javac"));
        assertThat(jdkSearch(Map.of()).status()).isEqualTo(1);
    }

    @Test
    void without_a_jdk_it_says_what_it_saw_and_how_to_get_one() throws Exception {
        Path old = jdk("old", "21.0.2");
        Outcome outcome = jdkSearch(Map.of());
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.text()).contains("no JDK 25 or newer was found", "JDK 21 in " + old, "apt install", "brew install",
                "sdk install", "https://adoptium.net");
    }

    @Test
    void a_wrong_partita_java_home_is_an_error_and_not_passed_over() throws Exception {
        jdk("good", "25");
        Outcome outcome = jdkSearch(Map.of("PARTITA_JAVA_HOME", jdkIn("elsewhere", "old", "21").toString()));
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.text()).contains("PARTITA_JAVA_HOME does not point to a JDK 25", "it is JDK 21");
    }

    @Test
    void without_maven_it_says_how_to_get_it() throws Exception {
        jdk("good", "25");
        Outcome outcome = partita(isolated(Map.of()), "test");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.text()).contains("Maven (mvn) was not found", "apt install maven");
    }

    @ParameterizedTest
    @CsvSource({"--port, REST", "--console-port, the console", "--grid-port, the grid", "--sql-port, the embedded PostgreSQL"})
    void a_taken_port_is_told_with_its_purpose_and_the_option_that_changes_it(String option, String purpose) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> words = new ArrayList<>(List.of("run", "--data", folder.resolve("data").toString()));
            for (String other : List.of("--port", "--console-port", "--grid-port", "--sql-port")) {
                words.addAll(List.of(other, Integer.toString(other.equals(option) ? taken.getLocalPort() : FreePorts.next())));
            }
            Outcome outcome = partita(Map.of(), words.toArray(String[]::new));
            assertThat(outcome.status()).isEqualTo(1);
            assertThat(outcome.text()).contains("port " + taken.getLocalPort() + ", wanted for " + purpose + ", is taken by",
                    "./partita run " + option + " ");
        }
    }

    @Test
    void a_second_run_on_the_same_data_is_told_of_the_first() throws Exception {
        Process first = new ProcessBuilder("bash", "-c", "exec -a partita sleep 60").start();
        try {
            Path data = Files.createDirectories(folder.resolve("data"));
            Files.writeString(data.resolve("partita.pid"), first.pid() + "\n");
            Outcome outcome = partita(Map.of(), "run", "--data", data.toString());
            assertThat(outcome.status()).isEqualTo(1);
            assertThat(outcome.text()).contains("already running on " + data.toRealPath(), "process " + first.pid());
        } finally {
            first.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @CsvSource({"--prot, does not know --prot", "--port, --port wants a value", "--heap=much, --heap wants a size",
            "--port=70000, a port from 1 to 65535", "--port=http, a port number", "--partita.demo, has the form --partita.name=value",
            "--partita.http.port=http, --port wants a port number", "--partita.bind=10.0.0.1, run talks to the member at 127.0.0.1"})
    void options_that_make_no_sense_are_named(String option, String answer) throws Exception {
        Outcome outcome = partita(Map.of(), "run", "--data=" + folder.resolve("data"), option);
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.text()).contains(answer);
    }

    @Test
    void a_tornadovm_home_that_is_no_sdk_of_the_version_that_the_kernels_know_is_an_error_before_anything_is_built() throws Exception {
        Path sdk = Files.createDirectories(folder.resolve("sdk"));
        Files.writeString(sdk.resolve("tornado-argfile"), "--enable-preview\n");
        Outcome outcome = partita(isolatedWithMaven(Map.of("TORNADOVM_HOME", sdk.toString())), "test", "gpu-kernels");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.text()).contains("TORNADOVM_HOME does not point to an SDK of TornadoVM 5", sdk.toString(), "unset TORNADOVM_HOME");
    }

    @Test
    void the_tests_run_with_the_flags_that_the_launcher_reads_from_the_pom() throws Exception {
        Matcher flags = Pattern.compile("<jvm\\.flags>(.*)</jvm\\.flags>").matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertThat(flags.find()).as("one line in pom.xml").isTrue();
        List<String> wanted = List.of(flags.group(1).replaceAll("(--add-\\w+) ", "$1=").split(" "));
        assertThat(wanted).hasSizeGreaterThan(5);
        assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments()).containsAll(wanted);
    }

    private Path jdk(String name, String version) throws IOException {
        return jdkIn("jdks", name, version);
    }

    private Path jdkIn(String parent, String name, String version) throws IOException {
        Path home = folder.resolve(parent).resolve(name);
        Files.createDirectories(home.resolve("bin"));
        for (String program : List.of("java", "javac")) {
            program(home.resolve("bin").resolve(program), "exit 0");
        }
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static void program(Path file, String action) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + action + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private String foundJdk(Map<String, String> environment) throws Exception {
        Outcome outcome = jdkSearch(environment);
        assertThat(outcome.status()).as(outcome.text()).isZero();
        return outcome.text().strip();
    }

    private Outcome jdkSearch(Map<String, String> environment) throws Exception {
        return partita(isolated(environment), "jdk");
    }

    /** An environment in which only the JDKs made here exist, and no Maven. */
    private Map<String, String> isolated(Map<String, String> environment) throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : TOOLS) {
            for (String place : List.of("/usr/bin", "/bin")) {
                if (Files.isExecutable(Path.of(place, tool))) {
                    program(tools.resolve(tool), "exec " + place + "/" + tool + " \"$@\"");
                }
            }
        }
        Map<String, String> all = new TreeMap<>(environment);
        all.put("PATH", tools.toString());
        all.put("PARTITA_JDK_FOLDERS", folder.resolve("jdks").toString());
        return all;
    }

    /** The same with a JDK, and a Maven that does nothing. */
    private Map<String, String> isolatedWithMaven(Map<String, String> environment) throws IOException {
        jdk("good", "25");
        Map<String, String> all = isolated(environment);
        program(folder.resolve("tools").resolve("mvn"), "exit 0");
        return all;
    }

    private Outcome partita(Map<String, String> environment, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", ROOT.resolve("partita").toString()));
        command.addAll(List.of(words));
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(output.toFile()).redirectInput(Path.of("/dev/null").toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_HOME", "PARTITA_JAVA_HOME", "PARTITA_JDK_FOLDERS", "TORNADOVM_HOME", "NO_COLOR"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("No end within a minute: " + String.join(" ", command));
        }
        return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
