package io.partita.console.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Time in which a virtual machine would have worked, and its host let others work: what is timed meanwhile says nothing of us. Known on Linux; nothing is stolen elsewhere. */
public final class StolenTime {

    private static final Path STAT = Path.of("/proc/stat");
    /** Places in the first line of the file, after the name: proc(5). */
    private static final int IDLE = 3;
    private static final int WAITING = 4;
    private static final int STOLEN = 7;
    private static final int GUESTS = 8;

    private final long[] began = ticks();

    /** Counts from now on. */
    public StolenTime() {
    }

    /** The part of the time that was wanted, from 0 to 1. */
    public double share() {
        long[] now = ticks();
        long wanted = 0;
        for (int i = 0; i < GUESTS; i++) {
            wanted += i == IDLE || i == WAITING ? 0 : now[i] - began[i];
        }
        return wanted == 0 ? 0 : (double) (now[STOLEN] - began[STOLEN]) / wanted;
    }

    private static long[] ticks() {
        if (!Files.isReadable(STAT)) {
            return new long[GUESTS];
        }
        try {
            String processors = Files.readAllLines(STAT).getFirst();
            return Arrays.copyOf(Arrays.stream(processors.strip().split(" +")).skip(1).mapToLong(Long::parseLong).toArray(), GUESTS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
