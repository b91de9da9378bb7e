package io.partita.member.drill;

import io.partita.member.drill.arena.MemberProcess;
import io.partita.member.drill.report.DrillReport.Event.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads along in the members' logs and puts what they notice on the timeline. */
final class MemberLogs implements AutoCloseable {

    private static final long EVERY_MILLIS = 100;
    private static final Pattern MEMBERS = Pattern.compile("Members \\{size:(\\d+)");
    private static final Pattern VIEW = Pattern.compile("View (\\d+): (\\d+) members, this one (among them|not among them)");
    private static final Pattern ALERT = Pattern.compile(" (?:WARN|ERROR) .*?: ALERT:? (.*)");

    private final Supplier<List<MemberProcess>> members;
    private final Timeline timeline;
    private final Map<Path, Long> positions = new HashMap<>();
    private final Map<String, Integer> sizes = new HashMap<>();
    private final int complete;
    private final Thread reader;
    private volatile boolean closing;

    private MemberLogs(Supplier<List<MemberProcess>> members, Timeline timeline) {
        this.members = members;
        this.timeline = timeline;
        this.complete = members.get().size();
        members.get().forEach(member -> positions.put(member.log(), size(member.log())));
        this.reader = Thread.ofVirtual().name("member-logs").start(this::follow);
    }

    /** Begins with what is written from now on. */
    static MemberLogs follow(Supplier<List<MemberProcess>> members, Timeline timeline) {
        return new MemberLogs(members, timeline);
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private void follow() {
        while (!closing) {
            members.get().forEach(this::read);
            try {
                Thread.sleep(EVERY_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void read(MemberProcess member) {
        long from = positions.getOrDefault(member.log(), 0L);
        if (size(member.log()) <= from) {
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(member.log().toFile(), "r")) {
            file.seek(from);
            byte[] bytes = new byte[(int) Math.min(1 << 20, file.length() - from)];
            file.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n') + 1;
            positions.put(member.log(), from + text.substring(0, end).getBytes(StandardCharsets.UTF_8).length);
            text.substring(0, end).lines().forEach(line -> understand(member.toString(), line));
        } catch (IOException laterPerhaps) {
            // The next round reads it.
        }
    }

    private void understand(String node, String line) {
        Matcher matcher = MEMBERS.matcher(line);
        if (matcher.find()) {
            int size = Integer.parseInt(matcher.group(1));
            int before = sizes.getOrDefault(node, complete);
            sizes.put(node, size);
            if (size != before) {
                timeline.add(size < before ? Kind.NOTICED : Kind.RECOVERED, node, "sees " + size + (size == 1 ? " member" : " members"));
            }
            return;
        }
        matcher = VIEW.matcher(line);
        if (matcher.find()) {
            boolean within = matcher.group(3).startsWith("among");
            timeline.add(within && Integer.parseInt(matcher.group(2)) >= complete ? Kind.RECOVERED : Kind.NOTICED, node,
                    "view " + matcher.group(1) + " of " + matcher.group(2) + (within ? "" : ", without it"));
            return;
        }
        matcher = ALERT.matcher(line);
        if (matcher.find()) {
            timeline.add(Kind.ALERT, node, matcher.group(1));
        }
    }

    @Override
    public void close() {
        closing = true;
        reader.interrupt();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
