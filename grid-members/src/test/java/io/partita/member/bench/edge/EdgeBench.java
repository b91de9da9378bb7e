package io.partita.member.bench.edge;

import io.partita.member.bench.BenchRun;
import io.partita.member.bench.Benchmark;
import io.partita.member.bench.Row;
import io.partita.member.bench.edge.OpenLoad.Kind;
import io.partita.member.bench.edge.OpenLoad.Outcome;
import io.partita.member.bench.ledger.BenchPostgres;
import io.partita.member.bench.ledger.CpuTime;
import io.partita.member.bench.ledger.JournalCheck;
import io.partita.member.bench.ledger.MemberProcesses;
import io.partita.member.testing.Http;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One member behind all of its filters, with the settings it comes with: reads and commands at rates that do not wait, alone, beside idle WebSockets, beside slow callers and
 * beside bodies that are too large. The baseline is the JDK's own HTTP server under the same load from the same generator.
 */
public final class EdgeBench implements Benchmark {

    private static final String UNIT = "requests/s";
    private static final String DATABASE = "edge";
    private static final int READS = 2_000;
    private static final int TRANSFERS = 400;
    private static final int ORDERS = 100;
    private static final int SOCKETS = 10_000;
    private static final int SLOW = 500;
    private static final int OVERSIZE = 20;
    private static final int OVERSIZE_BYTES = 12 << 20;
    /** Files that a process needs beside WebSockets: the load's connections, libraries, the database. */
    private static final int OTHER_FILES = 1_500;

    private long transfers = EdgeWorld.BOOKED;
    private long commands;

    @Override
    public String name() {
        return "edge";
    }

    @Override
    public String about() {
        return "REST behind all filters: reads and commands offered, idle WebSockets, slow and oversize callers";
    }

    @Override
    public void run(BenchRun run) throws Exception {
        run.setting("Load", "open: %,d reads/s (in ten: 5 balances, 2 accounts, a transfer, a statement, the depth of a book), %,d transfers/s and %,d orders and cancels/s, each timed from when it was due"
                .formatted(READS, TRANSFERS, ORDERS));
        run.setting("Callers", "half by an API key, half by an access token; limits of rates, body and host as they come; the audit trail written; generator, member and PostgreSQL share the machine");
        plain(run);
        try (BenchPostgres postgres = run.starting(() -> BenchPostgres.start(run))) {
            postgres.create(DATABASE);
            try (MemberProcesses members = run.starting(() -> MemberProcesses.start(run, postgres, DATABASE, 1, "2g"))) {
                member(run, postgres, members);
            }
        }
    }

    /** Until the compilers have done most of what there is to do. */
    private static Duration warmUp(BenchRun run) {
        return run.time(Duration.ofSeconds(120), Duration.ofSeconds(6));
    }

    /** Connections begin anew with each load, and the first second of so many is no measure of what goes on beside it. */
    private static Duration settled(BenchRun run) {
        return run.time(Duration.ofSeconds(20), Duration.ofSeconds(1));
    }

    private static Duration beside(BenchRun run) {
        return run.time(Duration.ofSeconds(60), Duration.ofSeconds(5));
    }

    private static void plain(BenchRun run) throws Exception {
        try (PlainServer server = run.starting(PlainServer::start)) {
            byte[] get = "GET /api/v1/accounts/900000001/balance HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            byte[] post = ("POST /api/v1/transfers HTTP/1.1\r\nHost: localhost\r\nContent-Length: 160\r\n\r\n" + "x".repeat(160)).getBytes(StandardCharsets.US_ASCII);
            Map<String, Outcome> outcomes = new OpenLoad(run, server.address()).offer("the JDK's HTTP server", List.of(new Kind("reads", READS, () -> get),
                    new Kind("commands", TRANSFERS + ORDERS, () -> post)), run.time(Duration.ofSeconds(15), Duration.ofSeconds(2)), run.time(Duration.ofSeconds(30), Duration.ofSeconds(3)));
            Outcome all = Outcome.together(List.copyOf(outcomes.values()));
            run.row(Row.of("edge.plain", all.rate(), UNIT).latency(all.latency())
                    .note("baseline: the JDK's HTTP server in a process of its own, the same answer to everybody, the same generator and rates; " + all.errors()));
        }
    }

    private void member(BenchRun run, BenchPostgres postgres, MemberProcesses members) throws Exception {
        EdgeWorld world = new EdgeWorld(run, members);
        world.prepare();
        InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), members.uri("/").getPort());
        OpenLoad load = new OpenLoad(run, to);
        count(load.offer("warming up", kinds(world), Duration.ZERO, warmUp(run)));
        double reads = Double.NaN;
        if (run.wants("edge.reads") || run.wants("edge.commands")) {
            reads = alone(run, postgres, members, world, load);
        }
        if (run.wants("edge.websockets")) {
            webSockets(run, members, world, load, to);
        }
        if (run.wants("edge.slowloris")) {
            slow(run, world, load, to, reads);
        }
        if (run.wants("edge.oversize")) {
            oversize(run, world, load, to, reads, "edge.oversize", "/api/v1/transfers");
        }
        if (run.wants("edge.oversize.batch")) {
            // Where bodies may list many things, more of them is read before they turn out to be too large.
            oversize(run, world, load, to, reads, "edge.oversize.batch", "/api/v1/transfers/batch");
        }
        JournalCheck.check(run, postgres, DATABASE, members.client(), transfers);
        audited(run, members);
    }

    private static List<Kind> kinds(EdgeWorld world) {
        world.refresh();
        return List.of(new Kind("reads", READS, world::read), new Kind("transfers", TRANSFERS, world::transfer), new Kind("orders", ORDERS, world::order));
    }

    /** What was answered as done has to be in the books, and in the audit trail. */
    private Map<String, Outcome> count(Map<String, Outcome> outcomes) {
        transfers += outcomes.get("transfers").done();
        commands += outcomes.get("transfers").done() + outcomes.get("orders").done();
        return outcomes;
    }

    private double alone(BenchRun run, BenchPostgres postgres, MemberProcesses members, EdgeWorld world, OpenLoad load) throws InterruptedException {
        CpuTime before = CpuTime.now(members, postgres.files());
        Map<String, Outcome> outcomes = count(load.offer("reads and commands", kinds(world), Duration.ZERO, run.time(Duration.ofMinutes(5), Duration.ofSeconds(10))));
        Outcome reads = outcomes.get("reads");
        Outcome commands = Outcome.together(List.of(outcomes.get("transfers"), outcomes.get("orders")));
        String cost = CpuTime.now(members, postgres.files()).since(before, Math.round((reads.rate() + commands.rate()) * reads.seconds()));
        double plain = run.value("edge.plain").orElse(Double.NaN);
        run.row(Row.of("edge.reads", reads.rate(), UNIT).against(plain * READS / (READS + TRANSFERS + ORDERS)).latency(reads.latency()).reach(READS * 0.999, READS * 0.999)
                .note("p99 is to be below 50 ms; reads and commands together p99 %.1f ms; %s; %s".formatted(millis(Outcome.together(List.copyOf(outcomes.values()))), reads.errors(), cost)));
        run.row(Row.of("edge.commands", commands.rate(), UNIT).latency(commands.latency()).reach((TRANSFERS + ORDERS) * 0.999, (TRANSFERS + ORDERS) * 0.999)
                .note("durable, at the same time; p99 is to be below 50 ms; transfers p99 %.1f ms, orders and cancels p99 %.1f ms; %s".formatted(
                        millis(outcomes.get("transfers")), millis(outcomes.get("orders")), commands.errors())));
        return reads.rate() + commands.rate();
    }

    private static double millis(Outcome outcome) {
        return outcome.latency().getValueAtPercentile(99) / 1e6;
    }

    private void webSockets(BenchRun run, MemberProcesses members, EdgeWorld world, OpenLoad load, InetSocketAddress to) throws Exception {
        ProcessHandle member = members.handles().getFirst();
        long files = Math.min(LiveMemory.openFiles(member), LiveMemory.openFiles(ProcessHandle.current()));
        int wanted = (int) Math.min(run.quick() ? SOCKETS / 5 : SOCKETS, files - OTHER_FILES);
        long before = LiveMemory.heap(member);
        try (IdleSockets sockets = new IdleSockets(run, to, "/ws/market-data", world.key())) {
            sockets.open(wanted);
            long each = (LiveMemory.heap(member) - before) / Math.max(1, wanted);
            Outcome all = Outcome.together(List.copyOf(count(load.offer("beside %,d WebSockets".formatted(wanted), kinds(world), settled(run), beside(run))).values()));
            long stood = sockets.answering();
            run.row(Row.of("edge.websockets", stood, "sockets").latency(all.latency()).reach(wanted, wanted)
                    .note(("of %,d, asked after the load whether they are there; %s; %.1f KiB of the member's live heap for each; percentiles are of reads and commands beside them, %,.0f/s; %s; "
                            + "a process may have %s files open").formatted(wanted, sockets.told(), each / 1024.0, all.rate(), all.errors(), files == Long.MAX_VALUE ? "any number of" : "%,d".formatted(files))));
        }
    }

    private void slow(BenchRun run, EdgeWorld world, OpenLoad load, InetSocketAddress to, double alone) throws Exception {
        try (BadManners slow = new BadManners(to, world.key()).slow(SLOW)) {
            Outcome all = Outcome.together(List.copyOf(count(load.offer("beside %d slow callers".formatted(SLOW), kinds(world), settled(run), beside(run))).values()));
            run.row(Row.of("edge.slowloris", all.rate(), UNIT).against(alone).latency(all.latency())
                    .note("beside %d callers who send a byte a second, half of a head and half of a body; %s; how theirs ended: %s; baseline: without them".formatted(SLOW, all.errors(), slow.ended())));
        }
    }

    private void oversize(BenchRun run, EdgeWorld world, OpenLoad load, InetSocketAddress to, double alone, String id, String path) throws Exception {
        try (BadManners flood = new BadManners(to, world.key()).oversize(path, OVERSIZE, OVERSIZE_BYTES)) {
            long began = System.nanoTime();
            Outcome all = Outcome.together(List.copyOf(count(load.offer("beside an oversize flood", kinds(world), settled(run), beside(run))).values()));
            run.row(Row.of(id, all.rate(), UNIT).against(alone).latency(all.latency())
                    .note("beside %d bodies of 12 MiB a second at most to %s, half announced and half in chunks, %.0f MiB/s of them sent; %s; how they ended: %s; baseline: without them".formatted(OVERSIZE, path,
                            flood.sent() / 1048576.0 * 1e9 / (System.nanoTime() - began), all.errors(), flood.ended())));
        }
    }

    /** The trail has an event for each command, and is what was written. */
    private void audited(BenchRun run, MemberProcesses members) {
        run.progress("computing the audit trail again");
        long events = 0;
        for (String next = "1"; !next.isEmpty(); ) {
            Http.Answer verified = Http.get(members.uri("/api/v1/audit/verification?limit=1000000&from=" + next));
            if (verified.status() != 200 || !verified.json().path("whole").asBoolean()) {
                throw new IllegalStateException("The audit trail is not whole: " + verified);
            }
            events += verified.json().path("events").asLong();
            next = verified.text("next");
        }
        if (events < commands) {
            throw new IllegalStateException("%,d commands were answered, but the audit trail has %,d events".formatted(commands, events));
        }
        run.setting("Audit trail", "whole; %,d events, %,d commands answered".formatted(events, commands));
    }
}
