package io.partita.member.drill.arena;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every kind of network does. */
abstract class NetworkContract {

    private static final Node HERE = Node.client(1);
    private static final Node THERE = Node.member(2);

    abstract Network open();

    private Network network() {
        Network network = open();
        network.add(HERE);
        network.add(THERE);
        return network;
    }

    @Test
    void a_cut_is_silent_and_heals() throws IOException {
        try (Network network = network(); Conversation talk = new Conversation(network, HERE, THERE)) {
            network.cut(Link.between(List.of(HERE), List.of(THERE)));
            Conversation.hearsNothing(talk.caller());
            Conversation.hearsNothing(talk.callee());
            assertThat(talk.caller().knows()).as("the caller was told").isFalse();
            assertThat(talk.callee().knows()).as("the callee was told").isFalse();
            network.heal();
            talk.goesOn();
        }
    }

    @Test
    void a_cut_has_a_direction() throws IOException {
        try (Network network = network(); Conversation talk = new Conversation(network, HERE, THERE)) {
            Set<Link> link = Set.of(new Link(HERE, THERE));
            network.cut(link);
            Conversation.hears(talk.caller());
            Conversation.hearsNothing(talk.callee());
            network.restore(link);
            talk.goesOn();
        }
    }

    @Test
    void a_cut_between_others_disturbs_nobody() throws IOException {
        try (Network network = network(); Conversation talk = new Conversation(network, HERE, THERE)) {
            Node other = Node.member(1);
            network.add(other);
            network.cut(Link.between(List.of(other), List.of(HERE, THERE)));
            talk.goesOn();
        }
    }
}
