package io.partita.member.drill.load;

import io.partita.member.drill.history.OrderHistory;
import io.partita.member.rest.ClientKey;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A client process of a drill. Prints {@code ready} when it is connected (and has opened the accounts, with {@code --prepare}); begins at the
 * line {@code go} on its standard input; prints a line {@code counts ok=... refused=... unknown=... reads=... failedReads=...} every second;
 * ends at the line {@code stop}, or when its standard input ends, prints {@code done unresolved=n} and exits with 0.
 */
@Command(name = "load-client", description = "Loads the ledger and the order books, and writes down what it was told.", mixinStandardHelpOptions = true)
public final class LoadClient implements Callable<Integer> {

    private static final Duration PREPARATION = Duration.ofSeconds(90);

    @Option(names = "--node", required = true, description = "The name of the node on which this runs.")
    private String node;
    @Option(names = "--grid", required = true, description = "The name of the grid.")
    private String cluster;
    @Option(names = "--addresses", required = true, split = ",", description = "Its members, host:port.")
    private final List<String> addresses = new ArrayList<>();
    @Option(names = "--through", split = ",", description = "MEMBER=ADDRESS: where to connect in place of a member's own address.")
    private final Map<String, String> through = new LinkedHashMap<>();
    @Option(names = "--rest", split = ",", description = "Base addresses of the REST interfaces of this side, the one to stay with first.")
    private final List<URI> rest = new ArrayList<>();
    @Option(names = "--key-file", description = "A file with the API key to present to them.")
    private Path keyFile;
    @Option(names = "--bind", description = "The address from which REST requests are sent.")
    private InetAddress bind;
    @Option(names = "--history", required = true, description = "The file to write.")
    private Path history;
    @Option(names = "--seed", defaultValue = "1")
    private long seed;
    @Option(names = "--rate", defaultValue = "100", description = "Calls a second of all callers; 0 for as many as they can. Default: ${DEFAULT-VALUE}.")
    private double rate;
    @Option(names = "--grid-callers", defaultValue = "8", description = "Default: ${DEFAULT-VALUE}.")
    private int gridCallers;
    @Option(names = "--rest-callers", defaultValue = "6", description = "Default: ${DEFAULT-VALUE}.")
    private int restCallers;
    @Option(names = "--duplicates", defaultValue = "1", description = "How often every write is sent. Default: ${DEFAULT-VALUE}.")
    private int duplicates;
    @Option(names = "--largest-batch", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.")
    private int largestBatch;
    @Option(names = "--patience", defaultValue = "0", description = "Milliseconds for which clients repeat by themselves what may go through later. Default: ${DEFAULT-VALUE}.")
    private long patience;
    @Option(names = "--deadline", defaultValue = "6000", description = "Milliseconds after which a caller gives a call up. Default: ${DEFAULT-VALUE}.")
    private long deadline;
    @Option(names = "--resolve", defaultValue = "30000", description = "Milliseconds for asking again at the end. Default: ${DEFAULT-VALUE}.")
    private long resolve;
    @Option(names = "--traders", defaultValue = "0", description = "Traders who send orders. Default: ${DEFAULT-VALUE}.")
    private int traders;
    @Option(names = "--prepare", description = "Open the accounts, and the books for traders, first, and give each customer some money.")
    private boolean prepare;

    private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private LoadClient() {
    }

    /** Runs a client until it is told to stop. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LoadClient()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ClientKey key = keyFile == null ? ClientKey.NONE : ClientKey.read(keyFile);
        Load.Settings settings = new Load.Settings(node, cluster, addresses, through, rest, key, bind, gridCallers, restCallers, rate, seed, duplicates,
                largestBatch, Duration.ofMillis(patience), Duration.ofMillis(deadline));
        try (Load load = Load.connect(settings, history);
             BufferedReader orders = new BufferedReader(new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8))) {
            if (traders > 0) {
                load.trade(traders, OrderHistory.beside(history));
            }
            if (prepare) {
                load.prepare(PREPARATION);
            }
            out.println("ready");
            if (await(orders, "go")) {
                run(load, orders);
            }
            return 0;
        }
    }

    private void run(Load load, BufferedReader orders) throws IOException, InterruptedException {
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory())) {
            load.start();
            clock.scheduleAtFixedRate(() -> out.println("counts " + load.tally()), 1, 1, TimeUnit.SECONDS);
            await(orders, "stop");
            int unresolved = load.stop(Duration.ofMillis(resolve));
            clock.shutdownNow();
            out.println("counts " + load.tally());
            out.println("done unresolved=" + unresolved);
        }
    }

    /** Waits for an order; false if there is nobody any more who could give it. */
    private static boolean await(BufferedReader orders, String expected) throws IOException {
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            if (order.strip().equals(expected)) {
                return true;
            }
        }
        return false;
    }
}
