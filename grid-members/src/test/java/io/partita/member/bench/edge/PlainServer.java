package io.partita.member.bench.edge;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * The HTTP server of the JDK, which reads what comes and answers the same JSON to everybody, a virtual thread for each: what generator, loopback and machine cost when nobody
 * asks who it is, counts, writes down or books anything. In a process of its own, as the member is.
 */
final class PlainServer implements AutoCloseable {

    private static final byte[] ANSWER = """
            {"account":"900000001","currency":"EUR","posted":{"debits":"1234.56","credits":"6543.21"},"pending":{"debits":"0.00","credits":"0.00"},"balance":"5308.65",\
            "available":"5308.65","ordinal":1234,"asOf":"2026-11-22T10:00:00.123456Z","consistency":"session","shard":17,"sequence":123456}""".getBytes(StandardCharsets.UTF_8);

    private final Process process;
    private final int port;

    private PlainServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, ANSWER.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(ANSWER);
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    static PlainServer start() throws IOException {
        // Without this its answers wait for the acknowledgement of what was sent before, 40 ms at a time.
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms512m", "-Xmx512m", "-Dsun.net.httpserver.nodelay=true",
                "-cp", System.getProperty("java.class.path"), PlainServer.class.getName())).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        String port = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII)).readLine();
        if (port == null) {
            throw new IOException("The plain server did not start");
        }
        return new PlainServer(process, Integer.parseInt(port));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
