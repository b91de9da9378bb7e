package io.partita.member.drill.arena;

import io.partita.member.PartitaMember;
import io.partita.member.rest.ClientKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A member in a process of its own, which can be killed, stopped in its tracks and started again over the same folder. */
public final class MemberProcess extends OsProcess {

    private static final Pattern MEMBER = Pattern.compile("\"local\"\\s*:");
    private static final Pattern VERSION = Pattern.compile("\"version\"\\s*:\\s*\"([^\"]*)\"");
    private static final Pattern REASON = Pattern.compile("\"reason\"\\s*:\\s*\"([^\"]*)\"");
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1))
            .version(HttpClient.Version.HTTP_1_1).build();

    /** A member that is busy is not one that is gone. */
    private static final Duration ANSWER = Duration.ofSeconds(8);

    private final Network network;
    private final String heap;
    private final List<String> settings;
    private final ClientKey key;

    MemberProcess(Node node, Path log, Network network, String heap, List<String> settings, ClientKey key) {
        super(node, log);
        this.network = network;
        this.heap = heap;
        this.settings = settings;
        this.key = key;
    }

    /** Starts it, again if it has ended; returns at once. Further settings come last and win. */
    public void start(List<String> further) {
        start(StartCache.ofThisBuild().flags(), further);
    }

    /** Starts it as a member of the next version, with the settings that it has. */
    public void start(NextVersion next) {
        // The cache is of another class path.
        launch(network.command(node(), JavaCommand.of(heap, PartitaMember.class.getName(), next.classPath(), network.flags(node()), settings)), false);
    }

    private void start(List<String> cache, List<String> further) {
        List<String> flags = new ArrayList<>(network.flags(node()));
        flags.addAll(cache);
        // The same setting twice would be a list of two values.
        List<String> arguments = new ArrayList<>(settings);
        arguments.removeIf(setting -> further.stream().anyMatch(other -> name(other).equals(name(setting))));
        arguments.addAll(further);
        launch(network.command(node(), JavaCommand.of(heap, PartitaMember.class.getName(), flags, arguments)), false);
    }

    private static String name(String setting) {
        return setting.substring(0, setting.indexOf('='));
    }

    /** Starts it as the one that makes the cache from which all others start. It does so when it is asked to end, and takes its time. */
    void startMaking(StartCache cache, List<String> further) {
        start(cache.making(), further);
    }

    public void start() {
        start(List.of());
    }

    /** Its REST interface, from where the drill runs. */
    public URI rest(String path) {
        return URI.create("http://" + network.address(Node.RUNNER, node(), Service.REST) + path);
    }

    /** Its grid port, from where the drill runs. */
    public Endpoint grid() {
        return network.address(Node.RUNNER, node(), Service.GRID);
    }

    /** What keeps it from serving in a cluster of so many members, in a few words; nothing when it does. */
    public Optional<String> lacks(int members) {
        if (!alive() || paused()) {
            return Optional.of(this + (paused() ? " is stopped" : " does not run"));
        }
        try {
            HttpResponse<String> health = get("/health/ready");
            if (health.statusCode() != 200) {
                String reasons = REASON.matcher(health.body()).results().map(found -> found.group(1)).collect(Collectors.joining(", "));
                return Optional.of(this + " is not ready" + (reasons.isEmpty() ? "" : ": " + reasons));
            }
            HttpResponse<String> grid = get("/api/v1/grid");
            long seen = grid.statusCode() == 200 ? MEMBER.matcher(grid.body()).results().count() : 0;
            return seen == members ? Optional.empty() : Optional.of(this + " sees " + seen + " members");
        } catch (IOException notNow) {
            return Optional.of(this + " does not answer: " + notNow);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(this + " was not asked to the end");
        }
    }

    /** The version that it says it is of; empty if it does not answer. */
    public Optional<String> version() {
        try {
            HttpResponse<String> grid = get("/api/v1/grid");
            return VERSION.matcher(grid.body()).results().map(found -> found.group(1)).findFirst();
        } catch (IOException notNow) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The status of its answer to a document that is sent to one of its addresses. */
    public int post(String path, String json) throws IOException, InterruptedException {
        return HTTP.send(key.present(HttpRequest.newBuilder(rest(path))).timeout(ANSWER).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(key.present(HttpRequest.newBuilder(rest(path))).timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofString());
    }
}
