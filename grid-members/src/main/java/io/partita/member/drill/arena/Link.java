package io.partita.member.drill.arena;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** One direction between two nodes: what {@code from} sends to {@code to}. */
public record Link(Node from, Node to) {

    /** Whatever the one nodes send to the others. */
    public static Set<Link> from(Collection<Node> senders, Collection<Node> receivers) {
        Set<Link> links = new LinkedHashSet<>();
        for (Node sender : senders) {
            for (Node receiver : receivers) {
                if (!sender.equals(receiver)) {
                    links.add(new Link(sender, receiver));
                }
            }
        }
        return links;
    }

    /** Both directions between all nodes of the one side and all of the other. */
    public static Set<Link> between(Collection<Node> one, Collection<Node> other) {
        Set<Link> links = from(one, other);
        links.addAll(from(other, one));
        return links;
    }

    @Override
    public String toString() {
        return from + " -> " + to;
    }
}
