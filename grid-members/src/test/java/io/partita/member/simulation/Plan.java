package io.partita.member.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One schedule: what is asked of the ledger and what goes wrong meanwhile. Follows from its seed alone; the smaller plans that a
 * failing one shrinks to keep the seed, which decides everything else.
 *
 * @param requests of each client
 * @param millis   virtual time in which faults begin and clients ask
 * @param skews    what each member's clock shows too much, in milliseconds
 */
record Plan(long seed, int members, int clients, int requests, long millis, List<Fault> faults, List<Long> skews) {

    static Plan of(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 1);
        int members = 3;
        long millis = 4_000 + random.nextInt(8_000);
        List<Fault> faults = new ArrayList<>();
        for (int count = random.nextInt(5); count > 0; count--) {
            faults.add(fault(random, members, millis));
        }
        List<Long> skews = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            skews.add(random.nextInt(4) == 0 ? random.nextLong(-300_000, 300_000) : 0L);
        }
        return new Plan(seed, members, 2 + random.nextInt(4), 4 + random.nextInt(9), millis, faults, skews);
    }

    private static Fault fault(SplittableRandom random, int members, long millis) {
        long at = random.nextLong(millis);
        long length = random.nextInt(3) == 0 ? 50 + random.nextLong(1_000) : 1_000 + random.nextLong(15_000);
        int member = random.nextInt(members);
        int other = (member + 1 + random.nextInt(members - 1)) % members;
        return switch (random.nextInt(9)) {
            case 0, 1 -> new Fault.Split(at, length, 1 + random.nextInt((1 << members) - 2), random.nextInt(3) > 0, random.nextInt(3) > 0);
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

    Plan withFaults(List<Fault> fewer) {
        return new Plan(seed, members, clients, requests, millis, List.copyOf(fewer), skews);
    }

    Plan withClients(int fewer) {
        return new Plan(seed, members, fewer, requests, millis, faults, skews);
    }

    Plan withRequests(int fewer) {
        return new Plan(seed, members, clients, fewer, millis, faults, skews);
    }

    Plan withMillis(long shorter) {
        return new Plan(seed, members, clients, requests, shorter, faults, skews);
    }

    Plan withoutSkew() {
        return new Plan(seed, members, clients, requests, millis, faults, skews.stream().map(skew -> 0L).toList());
    }

    /** For people: the plan with one fault a line. */
    String described() {
        StringBuilder text = new StringBuilder("seed " + seed + ": " + members + " members, " + clients + " clients with " + requests
                + " requests each within " + millis + " ms, clocks off by " + skews + " ms, " + faults.size() + " faults");
        faults.forEach(fault -> text.append("\n    ").append(fault));
        return text.toString();
    }
}
