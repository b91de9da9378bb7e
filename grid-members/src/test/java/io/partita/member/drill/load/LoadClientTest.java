package io.partita.member.drill.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.drill.history.Call;
import io.partita.member.drill.history.HistoryFile;
import io.partita.member.drill.history.Invocation;
import io.partita.member.drill.history.Operation;
import io.partita.member.drill.history.OrderCall;
import io.partita.member.drill.history.OrderHistory;
import io.partita.member.drill.history.Outcome;
import io.partita.member.testing.TestDatabase;
import io.partita.member.testing.TestMember;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client as a process of its own, against a member. */
@Timeout(120)
class LoadClientTest {

    private static final TestMember MEMBER = TestMember.start();

    @TempDir
    Path folder;

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static final Pattern COUNTS = Pattern.compile("ok=(\\d+) refused=(\\d+)");

    private Process client(String... further) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx192m",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), LoadClient.class.getName(), "--node", "client-1",
                "--grid", MEMBER.cluster(), "--history", folder.resolve("h.jsonl").toString(), "--seed", "7", "--rate", "400",
                "--key-file", MEMBER.keyFile().toString()));
        command.addAll(List.of(further));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static void order(Process client, String order) throws IOException {
        client.getOutputStream().write((order + "\n").getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    /** Reads on until a line begins like this. */
    private static String await(BufferedReader lines, String beginning) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new AssertionError("The client ended without " + beginning);
    }

    /** Reads on until so much has been asked for, however long that takes on this machine, that each kind of request and of answer is among it. */
    private static void awaitMuch(BufferedReader lines) throws IOException {
        Matcher counts;
        do {
            counts = COUNTS.matcher(await(lines, "counts"));
            assertThat(counts.find()).isTrue();
        } while (Integer.parseInt(counts.group(1)) < 1_000 || Integer.parseInt(counts.group(2)) < 40);
    }

    private List<Call> run(String... further) throws IOException, InterruptedException {
        MEMBER.awaitReady();
        Process client = client(further);
        try (BufferedReader lines = client.inputReader()) {
            await(lines, "ready");
            order(client, "go");
            awaitMuch(lines);
            order(client, "stop");
            assertThat(await(lines, "done")).isEqualTo("done unresolved=0");
            assertThat(client.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(client.exitValue()).isZero();
        } finally {
            client.destroyForcibly();
        }
        List<Call> calls = new ArrayList<>();
        HistoryFile.open(folder.resolve("h.jsonl")).forEach(calls::add);
        return calls;
    }

    @Test
    void it_asks_for_everything_in_both_ways_and_writes_down_what_it_was_told() throws Exception {
        List<Call> calls = run("--addresses", MEMBER.gridAddress(), "--rest", MEMBER.uri("").toString(), "--prepare", "--traders", "2");

        assertThat(calls).allMatch(Call::completed);
        assertThat(calls).extracting(Call::operation).contains(Operation.values());
        for (Invocation.Via via : Invocation.Via.values()) {
            assertThat(calls).as(via.name()).filteredOn(call -> call.invocation().via() == via && call.invocation().client() > 0)
                    .extracting(Call::operation).contains(Operation.TRANSFER, Operation.LINKED, Operation.BATCH, Operation.PENDING, Operation.POST,
                            Operation.VOID, Operation.READ);
            assertThat(calls).as(via.name()).filteredOn(call -> call.invocation().via() == via).extracting(Call::outcome)
                    .contains(Outcome.OK, Outcome.REFUSED);
        }
        assertThat(calls.stream().flatMap(call -> call.answers().stream()).filter(answer -> answer.outcome() == Outcome.REFUSED))
                .extracting(answer -> answer.code()).contains("INSUFFICIENT_FUNDS").doesNotContain("INVALID_REQUEST", "CURRENCY_MISMATCH", "UNREACHABLE");
        List<OrderCall> orders = new ArrayList<>();
        OrderHistory.forEach(OrderHistory.beside(folder.resolve("h.jsonl")), orders::add);
        assertThat(orders).filteredOn(order -> order.durable() && order.outcome() == Outcome.OK && !order.repeated()).isNotEmpty();
        assertThat(orders).filteredOn(OrderCall::repeated).as("asked for again at the end").isNotEmpty();
    }

    @Test
    void a_storm_sends_every_write_three_times_and_a_detour_leads_to_the_members() throws Exception {
        try (Relay relay = new Relay(Integer.parseInt(MEMBER.gridAddress().split(":")[1]))) {
            List<Call> calls = run("--addresses", MEMBER.gridAddress(), "--through", MEMBER.gridAddress() + "=127.0.0.1:" + relay.port(), "--prepare",
                    "--duplicates", "3");
            assertThat(relay.connections()).isPositive();
            assertThat(calls.stream().filter(call -> call.operation() == Operation.TRANSFER).map(call -> call.movements().getFirst().id()))
                    .isNotEmpty().allSatisfy(id -> assertThat(calls).filteredOn(call -> call.operation() == Operation.TRANSFER
                            && call.movements().getFirst().id().equals(id)).hasSizeGreaterThanOrEqualTo(3));
            assertThat(calls.stream().flatMap(call -> call.answers().stream())).anyMatch(answer -> answer.repeated());
        }
    }

    @Test
    void a_client_that_is_cut_off_goes_on_and_says_so() throws Exception {
        int nobody = TestDatabase.freePort();
        List<Call> calls = run("--addresses", MEMBER.gridAddress(), "--rest", "http://127.0.0.1:" + nobody, "--prepare", "--grid-callers", "1",
                "--resolve", "0");
        assertThat(calls).filteredOn(call -> call.invocation().via() == Invocation.Via.REST).isNotEmpty()
                .allSatisfy(call -> assertThat(call.answers()).allMatch(answer -> answer.code().equals("UNREACHABLE")));
    }

    /** Passes bytes on. */
    private static final class Relay implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final AtomicInteger connections = new AtomicInteger();
        private final int target;

        Relay(int target) throws IOException {
            this.target = target;
            Thread.ofVirtual().start(this::accept);
        }

        int port() {
            return server.getLocalPort();
        }

        int connections() {
            return connections.get();
        }

        private void accept() {
            try {
                while (true) {
                    Socket from = server.accept();
                    Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
                    connections.incrementAndGet();
                    Thread.ofVirtual().start(() -> pass(from, to));
                    Thread.ofVirtual().start(() -> pass(to, from));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        private static void pass(Socket from, Socket to) {
            try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
                in.transferTo(out);
            } catch (IOException closed) {
                // One of them hung up.
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
