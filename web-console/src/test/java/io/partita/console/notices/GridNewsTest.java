package io.partita.console.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.console.api.GridPulse;
import io.partita.console.api.GridStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GridNewsTest {

    private final GridNews news = new GridNews();
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");

    private List<String> look(Optional<GridStatus> status) {
        now = now.plusSeconds(1);
        return news.look(new GridPulse(now, status, "No answer from anybody")).stream().map(Notice::title).toList();
    }

    private static Optional<GridStatus> status(List<String> members, String... apart) {
        return Optional.of(new GridStatus("partita", "1", Instant.EPOCH, null, members.stream().map(address -> new GridStatus.Member(address, address, false, 1, 1, 1, 1, 1)).toList(),
                Stream.of(apart).toList(), null, null, null));
    }

    @Test
    void what_is_there_at_first_is_no_news_and_what_goes_is_told_each_time() {
        assertThat(look(status(List.of("a:1", "b:1", "c:1")))).isEmpty();
        assertThat(look(status(List.of("a:1", "c:1")))).containsExactly("Member b:1 is gone");
        assertThat(look(status(List.of("a:1", "c:1")))).isEmpty();
        assertThat(look(status(List.of("a:1", "b:1", "c:1")))).isEmpty();
        assertThat(look(status(List.of("a:1", "c:1")))).containsExactly("Member b:1 is gone");
    }

    @Test
    void a_member_that_stays_apart_is_told_once() {
        assertThat(look(status(List.of("a:1"), "b:1"))).containsExactly("The cluster is split");
        assertThat(look(status(List.of("a:1"), "b:1"))).isEmpty();
    }

    @Test
    void silence_is_told_once_and_those_who_are_gone_after_it_too() {
        assertThat(look(Optional.empty())).as("nobody was there before").isEmpty();
        look(status(List.of("a:1", "b:1")));
        assertThat(look(Optional.empty())).containsExactly("The grid does not answer");
        assertThat(look(Optional.empty())).isEmpty();
        assertThat(look(status(List.of("b:1")))).containsExactly("Member a:1 is gone");
    }
}
