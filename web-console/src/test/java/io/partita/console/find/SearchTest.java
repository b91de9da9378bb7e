package io.partita.console.find;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.console.api.Callers;
import io.partita.console.api.MemberUnavailable;
import io.partita.console.api.Person;
import io.partita.console.find.Search.Known;
import io.partita.security.Permission;
import io.partita.security.Principal;
import io.partita.security.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many kinds asked at a time: what is told, what is late, and who is asked for what. */
@Timeout(30)
class SearchTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Wanted WANTED = Wanted.of("something");

    private final List<Known> told = new ArrayList<>();

    private static Person person(Set<Role> roles, List<String> accounts) {
        List<String> permissions = Principal.permissions(roles).stream().map(Permission::scope).toList();
        return new Person(new Person.SignedIn("token", Instant.now().plusSeconds(600), "refresh", new Person.Told("ada", roles.stream().map(Role::name).toList(), permissions, accounts), false, false));
    }

    private static Kind kind(String name, Kind.Question question) {
        return new Kind(name, Set.of(), false, question);
    }

    private static Hit hit(String title) {
        return new Hit(title, "", title);
    }

    private Known last(List<Kind> kinds, Duration patience) {
        new Search(kinds, patience).ask(WANTED, person(Set.of(Role.VIEWER), null), told::add);
        return told.getLast();
    }

    @Test
    void kinds_are_asked_side_by_side_in_the_name_of_the_reader_and_keep_their_order() {
        CountDownLatch all = new CountDownLatch(2);
        Kind.Question meeting = (_, _) -> {
            all.countDown();
            try {
                assertThat(all.await(10, TimeUnit.SECONDS)).as("nobody else was asked meanwhile").isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return List.of(hit(((Person) Callers.current()).name()));
        };
        Known known = last(List.of(kind("Slow", meeting), kind("Quick", meeting)), LONG);
        assertThat(known.done()).isTrue();
        assertThat(known.kinds().keySet()).containsExactly("Slow", "Quick");
        assertThat(known.kinds().get("Slow")).containsExactly(hit("ada"));
    }

    @Test
    void what_does_not_answer_in_time_is_named_and_holds_nothing_up() {
        CountDownLatch never = new CountDownLatch(1);
        Known known = last(List.of(kind("Stuck", (_, _) -> {
            try {
                never.await();
            } catch (InterruptedException given) {
                return List.of();
            }
            return List.of();
        }), kind("Answers", (_, _) -> List.of(hit("here"))), kind("Away", (_, _) -> {
            throw new MemberUnavailable("none");
        })), Duration.ofSeconds(1));
        assertThat(known.kinds()).containsOnlyKeys("Answers");
        assertThat(known.late()).containsExactly("Stuck", "Away");
        assertThat(known.done()).isTrue();
        assertThat(told).anySatisfy(before -> {
            assertThat(before.done()).isFalse();
            assertThat(before.kinds()).containsOnlyKeys("Answers");
        });
    }

    @Test
    void of_each_kind_there_are_a_few() {
        Known known = last(List.of(kind("Many", (_, _) -> IntStream.range(0, 50).mapToObj(i -> hit("hit " + i)).toList())), LONG);
        assertThat(known.kinds().get("Many")).hasSize(Search.MOST).startsWith(hit("hit 0"));
    }

    private static Set<String> asked(Set<Role> roles, List<String> accounts) {
        Principal reader = person(roles, accounts).principal();
        return new Kinds(null).all().stream().filter(kind -> kind.allows(reader)).map(Kind::name).collect(Collectors.toSet());
    }

    @Test
    void nobody_asks_for_what_they_may_not_read() {
        assertThat(asked(Set.of(), null)).isEmpty();
        assertThat(asked(Set.of(Role.ADMIN), null)).containsExactlyInAnyOrder("Jobs", "Users");
        assertThat(asked(Set.of(Role.TRADER), null)).containsExactlyInAnyOrder("Orders", "Trades", "Instruments", "Portfolios", "Alerts").doesNotContain("Accounts", "Users");
        assertThat(asked(Set.of(Role.COMPLIANCE), null)).contains("Surveillance", "Transfers").doesNotContain("Users");
        assertThat(asked(EnumSet.allOf(Role.class), null)).hasSize(new Kinds(null).all().size());
        assertThat(asked(EnumSet.allOf(Role.class), List.of("7"))).contains("Accounts", "Orders").doesNotContain("Portfolios", "Surveillance");
    }
}
