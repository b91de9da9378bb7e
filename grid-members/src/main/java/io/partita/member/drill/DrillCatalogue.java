package io.partita.member.drill;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All drills, in the order in which {@code all} runs them. */
public final class DrillCatalogue {

    /** Runs each in turn. */
    public static final String ALL = "all";

    private static final List<Drill> CATALOGUE = Stream.of(NetworkDrills.all(), MemberDrills.all(), StoreDrills.all(), DeliveryDrills.all())
            .flatMap(List::stream).toList();

    private DrillCatalogue() {
    }

    public static List<Drill> all() {
        return CATALOGUE;
    }

    public static Optional<Drill> named(String name) {
        return CATALOGUE.stream().filter(drill -> drill.name().equals(name)).findFirst();
    }
}
