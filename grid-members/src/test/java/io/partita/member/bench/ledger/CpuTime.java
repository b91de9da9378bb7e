package io.partita.member.bench.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Processor time that generator, members and PostgreSQL have used so far. What a transfer or an order costs each of them tells where
 * the time goes, and changes little with what else the machine does.
 */
public record CpuTime(double generator, double members, double postgres) {

    public static CpuTime now(MemberProcesses members, Path postgresFiles) {
        try {
            long postmaster = Long.parseLong(Files.readAllLines(postgresFiles.resolve("postmaster.pid")).getFirst().strip());
            Stream<ProcessHandle> backends = ProcessHandle.of(postmaster).map(ProcessHandle::descendants).orElse(Stream.empty());
            return new CpuTime(seconds(Stream.of(ProcessHandle.current())),
                    seconds(members.handles().stream()), seconds(backends));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double seconds(Stream<ProcessHandle> processes) {
        return processes.mapToDouble(process -> process.info().totalCpuDuration().map(time -> time.toNanos() / 1e9).orElse(0.0)).sum();
    }

    /** Since an earlier moment, for each of so many. */
    public String since(CpuTime earlier, long count) {
        return String.format(Locale.ROOT, "processor time for each: generator %.1f, members %.1f, PostgreSQL %.1f microseconds",
                micros(generator - earlier.generator, count), micros(members - earlier.members, count),
                micros(postgres - earlier.postgres, count));
    }

    private static double micros(double seconds, long count) {
        return seconds * 1e6 / count;
    }
}
