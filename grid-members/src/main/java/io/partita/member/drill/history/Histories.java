package io.partita.member.drill.history;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The histories of all client processes of a run. May be read any number of times. */
public record Histories(List<HistoryFile> files) {

    public Histories {
        files = List.copyOf(files);
    }

    public static Histories open(List<Path> paths) {
        return new Histories(paths.stream().map(HistoryFile::open).toList());
    }

    /** Hands over the calls of one file after the other. */
    public void forEach(Consumer<Call> consumer) {
        files.forEach(file -> file.forEach(consumer));
    }

    /** The monotonic time from which seconds are counted: the beginning of the first file. */
    public long origin() {
        return files.stream().mapToLong(HistoryFile::nanos).min().orElse(0);
    }
}
