package io.partita.member.bench.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process holds. */
final class LiveMemory {

    private LiveMemory() {
    }

    /** Bytes of live objects in the heap of a JVM, after a collection of all of it. */
    static long heap(ProcessHandle process) throws IOException {
        Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(process.pid()), "GC.class_histogram")
                .redirectErrorStream(true).start();
        List<String> lines = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        String[] total = lines.isEmpty() ? new String[0] : lines.getLast().strip().split("\\s+");
        if (total.length != 3 || !total[0].equals("Total")) {
            throw new IOException("No histogram of " + process.pid());
        }
        return Long.parseLong(total[2]);
    }

    /** How many files and sockets a process may have open; the largest number where nobody can tell. */
    static long openFiles(ProcessHandle process) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "limits")).stream().filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split("\\s+")[3]).filter(limit -> !limit.equals("unlimited")).mapToLong(Long::parseLong).findFirst().orElse(Long.MAX_VALUE);
        } catch (IOException noLinux) {
            return Long.MAX_VALUE;
        }
    }
}
