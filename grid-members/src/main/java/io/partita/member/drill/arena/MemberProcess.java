package io.partita.member.drill.arena;

import io.partita.member.PartitaMember;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A member in a process of its own, which can be killed, stopped in its tracks and started again over the same folder. */
public final class MemberProcess extends OsProcess {

    private static final Pattern MEMBER = Pattern.compile("\"local\"\\s*:");
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1))
            .version(HttpClient.Version.HTTP_1_1).build();

    private final Network network;
    private final String heap;
    private final List<String> settings;

    MemberProcess(Node node, Path log, Network network, String heap, List<String> settings) {
        super(node, log);
        this.network = network;
        this.heap = heap;
        this.settings = settings;
    }

    /** Starts it, again if it has ended; returns at once. Further settings come last and win. */
    public void start(List<String> further) {
        List<String> arguments = new java.util.ArrayList<>(settings);
        arguments.addAll(further);
        launch(network.command(node(), JavaCommand.of(heap, PartitaMember.class.getName(), network.flags(node()), arguments)), false);
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

    /** Whether it says that it serves. */
    public boolean ready() {
        return alive() && !paused() && get("/health/ready").map(answer -> answer.statusCode() == 200).orElse(false);
    }

    /** How many members it sees, itself among them; nothing if it does not answer. */
    public OptionalInt membersSeen() {
        Optional<HttpResponse<String>> answer = alive() && !paused() ? get("/api/v1/grid") : Optional.empty();
        if (answer.isEmpty() || answer.get().statusCode() != 200) {
            return OptionalInt.empty();
        }
        Matcher members = MEMBER.matcher(answer.get().body());
        int count = 0;
        while (members.find()) {
            count++;
        }
        return OptionalInt.of(count);
    }

    private Optional<HttpResponse<String>> get(String path) {
        try {
            return Optional.of(HTTP.send(HttpRequest.newBuilder(rest(path)).timeout(Duration.ofSeconds(3)).build(),
                    HttpResponse.BodyHandlers.ofString()));
        } catch (IOException notNow) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
