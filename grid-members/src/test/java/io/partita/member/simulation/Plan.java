package io.partita.member.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One schedule: what is asked of the ledger and what goes wrong meanwhile. It follows from a seed alone; the smaller ones that a
 * failing schedule shrinks to are what is left of a seed's, and their {@link #code} says which.
 *
 * @param seed     what the plan follows from
 * @param luck     what chance decides by while the plan runs: the same as the seed, until another number shows the failure sooner
 * @param requests of each client
 * @param millis   virtual time in which faults begin and clients ask
 * @param skews    what each member's clock shows too much, in milliseconds
 * @param kept     which of the seed's faults are left
 */
record Plan(long seed, long luck, int members, int clients, int requests, long millis, List<Fault> faults, List<Long> skews,
            List<Integer> kept) {

    private static final int MEMBERS = 3;

    static Plan of(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 1);
        long millis = 4_000 + random.nextInt(8_000);
        List<Fault> faults = new ArrayList<>();
        for (int count = random.nextInt(5); count > 0; count--) {
            faults.add(fault(random, millis));
        }
        List<Long> skews = new ArrayList<>();
        for (int member = 0; member < MEMBERS; member++) {
            skews.add(random.nextInt(4) == 0 ? random.nextLong(-300_000, 300_000) : 0L);
        }
        return new Plan(seed, seed, MEMBERS, 2 + random.nextInt(4), 4 + random.nextInt(9), millis, faults, skews,
                IntStream.range(0, faults.size()).boxed().toList());
    }

    private static Fault fault(SplittableRandom random, long millis) {
        long at = random.nextLong(millis);
        long length = random.nextInt(3) == 0 ? 50 + random.nextLong(1_000) : 1_000 + random.nextLong(11_000);
        int member = random.nextInt(MEMBERS);
        int other = (member + 1 + random.nextInt(MEMBERS - 1)) % MEMBERS;
        return switch (random.nextInt(9)) {
            case 0, 1 -> new Fault.Split(at, length, 1 + random.nextInt((1 << MEMBERS) - 2), random.nextInt(3) > 0, random.nextInt(3) > 0);
            case 2 -> new Fault.OneWay(at, length, member, other);
            case 3 -> new Fault.StoreCut(at, length, member);
            case 4, 5 -> new Fault.Pause(at, length, member);
            case 6 -> new Fault.Kill(at, length, member);
            case 7 -> new Fault.StoreDown(at, length);
            default -> new Fault.Slow(at, length, 5 + random.nextInt(60));
        };
    }

    /** When the last fault has ended. */
    long quiet() {
        return faults.stream().mapToLong(fault -> fault.at() + fault.length()).reduce(millis, Math::max);
    }

    // ---- smaller ones ------------------------------------------------------------------------------------------------------

    Plan withoutFault(int index) {
        List<Fault> fewer = new ArrayList<>(faults);
        List<Integer> left = new ArrayList<>(kept);
        fewer.remove(index);
        left.remove(index);
        return new Plan(seed, luck, members, clients, requests, millis, fewer, skews, left);
    }

    Plan withClients(int fewer) {
        return new Plan(seed, luck, members, fewer, requests, millis, faults, skews, kept);
    }

    Plan withRequests(int fewer) {
        return new Plan(seed, luck, members, clients, fewer, millis, faults, skews, kept);
    }

    Plan withMillis(long shorter) {
        return new Plan(seed, luck, members, clients, requests, shorter, faults, skews, kept);
    }

    Plan withoutSkew() {
        return new Plan(seed, luck, members, clients, requests, millis, faults, skews.stream().map(skew -> 0L).toList(), kept);
    }

    Plan withLuck(long another) {
        return new Plan(seed, another, members, clients, requests, millis, faults, skews, kept);
    }

    /** How much there is of it, for the comparison of two. */
    long size() {
        return faults.size() * 1_000_000L + (long) clients * requests * 10_000 + millis + skews.stream().filter(skew -> skew != 0).count();
    }

    // ---- as text -----------------------------------------------------------------------------------------------------------

    /** What {@link #parse} makes the plan of again. */
    String code() {
        return seed + ":" + luck + ":" + clients + ":" + requests + ":" + millis + ":" + (skews.stream().allMatch(skew -> skew == 0) ? 0 : 1) + ":"
                + kept.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** The plan of a code, or of a bare seed. */
    static Plan parse(String code) {
        String[] parts = code.trim().split(":", -1);
        Plan plan = of(Long.parseLong(parts[0]));
        if (parts.length == 1) {
            return plan;
        }
        List<Integer> kept = parts[6].isEmpty() ? List.of() : List.of(parts[6].split(",")).stream().map(Integer::valueOf).toList();
        Plan smaller = new Plan(plan.seed, Long.parseLong(parts[1]), plan.members, Integer.parseInt(parts[2]), Integer.parseInt(parts[3]),
                Long.parseLong(parts[4]), kept.stream().map(plan.faults::get).toList(), plan.skews, kept);
        return parts[5].equals("0") ? smaller.withoutSkew() : smaller;
    }

    /** For people: the plan with one fault a line. */
    String described() {
        StringBuilder text = new StringBuilder(code() + " = " + members + " members, " + clients + " clients with " + requests
                + " requests each within " + millis + " ms, clocks off by " + skews + " ms, " + faults.size() + " faults");
        faults.forEach(fault -> text.append("\n    ").append(fault));
        return text.toString();
    }
}
