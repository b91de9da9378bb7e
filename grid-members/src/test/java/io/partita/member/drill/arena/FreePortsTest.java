package io.partita.member.drill.arena;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    private static final int SOME = 40;

    /** Another process: says which ports it was given, and lives until its input ends. */
    static final class Another {
        public static void main(String[] arguments) throws IOException {
            System.out.println(IntStream.range(0, SOME).mapToObj(_ -> Integer.toString(FreePorts.next())).collect(Collectors.joining(" ")));
            System.in.read();
        }
    }

    @Test
    void each_is_free_and_given_out_once() throws IOException {
        List<Integer> ports = IntStream.range(0, SOME).mapToObj(_ -> FreePorts.next()).toList();
        assertThat(ports).doesNotHaveDuplicates().allMatch(port -> port > 20_000 && port < 32_000);
        for (int port : ports) {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        }
    }

    @Test
    void processes_that_run_at_the_same_time_have_ranges_of_their_own() throws IOException {
        Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx32m", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), Another.class.getName()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader says = other.inputReader()) {
            Set<Integer> theirs = Stream.of(says.readLine().split(" ")).map(port -> Integer.parseInt(port) / FreePorts.RANGE).collect(Collectors.toSet());
            assertThat(theirs).hasSize(1).doesNotContain(FreePorts.next() / FreePorts.RANGE);
        } finally {
            other.destroyForcibly();
        }
    }
}
