package io.partita.member.drill.check;

import io.partita.member.drill.check.JournalBuilder.Booking;
import io.partita.member.drill.history.Answer;
import io.partita.member.drill.history.Histories;
import io.partita.member.drill.history.HistoryWriter;
import io.partita.member.drill.history.Invocation.Via;
import io.partita.member.drill.history.Movement;
import io.partita.member.drill.history.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Histories of calls that follow each other, unless one is begun and ended apart. */
final class HistoryBuilder {

    private final Path file;
    private final HistoryWriter writer;
    private long later;

    HistoryBuilder() {
        try {
            file = Files.createTempFile("history", ".jsonl");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        file.toFile().deleteOnExit();
        writer = HistoryWriter.create(file, "client-1", 1, () -> System.nanoTime() + later);
    }

    /** Lets time pass. */
    HistoryBuilder later(Duration time) {
        later += time.toNanos();
        return this;
    }

    static Movement asked(Booking booking) {
        boolean derived = booking.kind() == Movement.POST || booking.kind() == Movement.VOID || booking.kind() == Movement.REVERSAL;
        return new Movement(booking.id(), booking.kind(), derived ? 0 : booking.debit(), derived ? 0 : booking.credit(), booking.amount(), booking.relatesTo());
    }

    HistoryBuilder booked(Booking booking, long position, long debitSequence, long creditSequence) {
        return told(1, booking, Answer.booked(position, debitSequence, creditSequence, false));
    }

    HistoryBuilder refused(Booking booking, String code) {
        return told(1, booking, Answer.refused(code));
    }

    HistoryBuilder unknown(Booking booking) {
        return told(1, booking, Answer.unknown("OUTCOME_UNKNOWN"));
    }

    HistoryBuilder told(int client, Booking booking, Answer answer) {
        end(begin(client, booking), answer);
        return this;
    }

    long begin(int client, Booking booking) {
        return writer.invoke(client, Via.GRID, "grid", Operation.TRANSFER, List.of(asked(booking)), 1);
    }

    void end(long call, Answer... answers) {
        writer.complete(call, List.of(answers));
    }

    HistoryBuilder linked(List<Booking> bookings, Answer... answers) {
        end(writer.invoke(1, Via.GRID, "grid", Operation.LINKED, bookings.stream().map(HistoryBuilder::asked).toList(), 1), answers);
        return this;
    }

    HistoryBuilder opened(long... accounts) {
        for (long account : accounts) {
            end(writer.invoke(1, Via.GRID, "grid", Operation.OPEN, account, 0), Answer.booked(0, 1, 0, false));
        }
        return this;
    }

    HistoryBuilder read(int client, Via via, long account, long sequence, long... sums) {
        return read(client, via, Operation.READ, account, sequence, false, sums);
    }

    HistoryBuilder read(int client, Via via, Operation operation, long account, long sequence, boolean stale, long... sums) {
        end(writer.invoke(client, via, "somewhere", operation, account, 0),
                Answer.shown(sequence, new Answer.Balance(sums[0], sums[1], sums[2], sums[3], stale)));
        return this;
    }

    Histories build() {
        return Histories.open(List.of(file));
    }

    /** The histories of several processes. */
    static Histories all(HistoryBuilder... builders) {
        return new Histories(new ArrayList<>(Stream.of(builders).flatMap(builder -> builder.build().files().stream()).toList()));
    }
}
