package io.partita.member.drill.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {

    private static final Movement MOVEMENT = new Movement(new UUID(1, 2), Movement.POSTED, 1, 2, 100, null);
    private static final Movement POST = new Movement(new UUID(1, 3), Movement.POST, 0, 0, -1, new UUID(1, 2));

    @TempDir
    Path folder;

    private List<Call> calls(Path file) {
        List<Call> calls = new ArrayList<>();
        HistoryFile.open(file).forEach(calls::add);
        return calls;
    }

    private Path written() {
        Path file = folder.resolve("client-1.jsonl");
        try (HistoryWriter writer = HistoryWriter.create(file, "client-1", 7)) {
            long first = writer.invoke(1, Invocation.Via.GRID, "grid", Operation.LINKED, List.of(MOVEMENT, POST), 2);
            long second = writer.invoke(2, Invocation.Via.REST, "http://127.0.0.1:1", Operation.READ, 5, 17);
            writer.complete(second, List.of(Answer.shown(18, new Answer.Balance(1, 2, 3, 4, true))));
            writer.complete(first, List.of(Answer.booked(9, 3, 4, true), Answer.refused("LINKED_FAILED")));
            writer.invoke(1, Invocation.Via.GRID, "grid", Operation.TRANSFER, List.of(MOVEMENT), 3);
        }
        return file;
    }

    @Test
    void what_was_written_is_read_again() {
        HistoryFile file = HistoryFile.open(written());
        List<Call> calls = calls(file.path());

        assertThat(file.node()).isEqualTo("client-1");
        assertThat(file.seed()).isEqualTo(7);
        assertThat(calls).extracting(Call::operation).containsExactly(Operation.READ, Operation.LINKED, Operation.TRANSFER);
        assertThat(calls.getFirst().reading()).contains(Answer.shown(18, new Answer.Balance(1, 2, 3, 4, true)));
        assertThat(calls.getFirst().invocation().seen()).isEqualTo(17);
        assertThat(calls.get(1).movements()).containsExactly(MOVEMENT, POST);
        assertThat(calls.get(1).answers()).containsExactly(Answer.booked(9, 3, 4, true), Answer.refused("LINKED_FAILED"));
        assertThat(calls.get(1).began()).isBetween(file.nanos(), calls.get(1).ended());
        assertThat(calls.get(1).client()).isEqualTo("client-1/1");
    }

    @Test
    void a_call_that_never_ended_is_unknown() {
        Call last = calls(written()).getLast();
        assertThat(last.completed()).isFalse();
        assertThat(last.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(last.answer(0).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(last.lines(last.began())).singleElement().asString().contains("0.000 s to never", "attempt 3", "debit 1 credit 2");
    }

    @Test
    void a_last_line_that_was_torn_off_is_as_good_as_not_written() throws IOException {
        Path file = written();
        Files.writeString(file, "{\"event\":\"complete\",\"call\":3,\"na", StandardOpenOption.APPEND);
        assertThat(calls(file)).hasSize(3);
    }

    @Test
    void a_line_that_is_damaged_elsewhere_is_not_overlooked() throws IOException {
        Path file = written();
        Files.writeString(file, "{\"event\":\"complete\",\"call\":3,\"na\n\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> calls(file)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is damaged");
        assertThatThrownBy(() -> HistoryFile.open(Files.writeString(folder.resolve("other"), "hello"))).hasMessageContaining("is no history");
    }
}
