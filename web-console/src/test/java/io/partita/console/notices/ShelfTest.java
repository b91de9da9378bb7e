package io.partita.console.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.console.notices.Notice.Kind;
import io.partita.console.ui.Pill.Tone;
import io.partita.security.Principal;
import io.partita.security.Role;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShelfTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final Shelf shelf = new Shelf();

    private static Principal reader(String name, Set<Role> roles, Optional<Set<Long>> accounts) {
        return new Principal(name, Principal.Kind.USER, roles, Principal.permissions(roles), accounts, "");
    }

    private static final Principal ADA = reader("ada", EnumSet.allOf(Role.class), Optional.empty());

    private static Notice notice(Kind kind, int number) {
        return new Notice(kind, kind + "/" + number, Tone.BAD, "number " + number, "", "", NOON.plusSeconds(number));
    }

    private List<String> keys(Principal reader) {
        return shelf.of(reader, List.of()).notices().stream().map(Notice::key).toList();
    }

    @Test
    void the_same_thing_is_told_once_and_the_newest_stands_first() {
        assertThat(shelf.put(List.of(notice(Kind.JOB, 2), notice(Kind.ALERT, 1)))).isTrue();
        assertThat(shelf.put(List.of(notice(Kind.JOB, 2)))).isFalse();
        assertThat(keys(ADA)).containsExactly("JOB/2", "ALERT/1");
    }

    @Test
    void a_flood_of_one_kind_drives_out_its_own_oldest_and_nothing_else() {
        shelf.put(List.of(notice(Kind.BREACH, 0)));
        shelf.put(IntStream.range(1, 500).mapToObj(i -> notice(Kind.ALERT, i)).toList());
        assertThat(keys(ADA)).hasSize(Shelf.KEPT + 1).startsWith("ALERT/499").endsWith("ALERT/" + (500 - Shelf.KEPT), "BREACH/0");
        assertThat(shelf.put(List.of(notice(Kind.ALERT, 3)))).as("older than all that are kept").isFalse();
    }

    @Test
    void nobody_is_told_what_they_may_not_read() {
        for (Kind kind : Kind.values()) {
            shelf.put(List.of(notice(kind, kind.ordinal())));
        }
        assertThat(keys(ADA)).hasSize(Kind.values().length);
        assertThat(keys(reader("bob", Set.of(), Optional.empty()))).isEmpty();
        assertThat(keys(reader("bob", Set.of(Role.ADMIN), Optional.empty()))).containsExactlyInAnyOrder("JOB/" + Kind.JOB.ordinal(), "GRID/" + Kind.GRID.ordinal());
        assertThat(keys(reader("bob", EnumSet.allOf(Role.class), Optional.of(Set.of(7L))))).as("bound to an account")
                .containsExactlyInAnyOrder("ALERT/" + Kind.ALERT.ordinal(), "JOB/" + Kind.JOB.ordinal(), "GRID/" + Kind.GRID.ordinal());
    }

    @Test
    void what_somebody_has_read_is_unread_for_others() {
        Notice own = notice(Kind.APPROVAL, 9);
        shelf.put(List.of(notice(Kind.JOB, 1)));
        assertThat(shelf.of(ADA, List.of(own)).unread()).containsExactly("APPROVAL/9", "JOB/1");
        shelf.markRead("ada", List.of("JOB/1"));
        assertThat(shelf.of(ADA, List.of(own)).unread()).containsExactly("APPROVAL/9");
        assertThat(shelf.of(ADA, List.of(own)).notices()).hasSize(2);
        assertThat(shelf.of(reader("bob", Set.of(Role.VIEWER), Optional.empty()), List.of()).unread()).containsExactly("JOB/1");
    }

    @Test
    void what_was_read_before_counts_beside_what_was_read_since() {
        shelf.put(List.of(notice(Kind.JOB, 1), notice(Kind.JOB, 2), notice(Kind.JOB, 3)));
        shelf.markRead("ada", List.of("JOB/3"));
        assertThat(shelf.remembers("ada")).isFalse();
        shelf.remember("ada", List.of("JOB/2", "gone/9"));
        assertThat(shelf.remembers("ada")).isTrue();
        assertThat(shelf.of(ADA, List.of()).unread()).containsExactly("JOB/1");
        assertThat(shelf.read("ada")).as("the latest last").containsExactly("gone/9", "JOB/2", "JOB/3");
    }

    @Test
    void as_many_of_the_latest_marks_are_kept_as_a_member_has_room_for() {
        List<String> all = IntStream.range(0, 400).mapToObj(i -> "alert/1d-1-PRICE-%019d".formatted(i)).toList();
        List<String> kept = ReadMarks.room(all);
        assertThat(kept).startsWith(all.getLast()).hasSizeBetween(80, 120);
        assertThat(String.join("\",\"", kept)).hasSizeLessThan(4_000);
        assertThat(ReadMarks.room(List.of("one", "two"))).containsExactly("two", "one");
    }
}
