package io.partita.member.drill;

import io.partita.member.drill.arena.Arena;
import io.partita.member.drill.arena.Network;
import io.partita.member.drill.check.Finding;
import java.time.Duration;
import java.util.SplittableRandom;

/** What a script works with: the arena, the time, and the timeline on which it says what it does. Used by one thread. */
public interface Stage {

    Arena arena();

    default Network network() {
        return arena().network();
    }

    /** The only source of choices. */
    SplittableRandom chance();

    /** How long a fault lasts. */
    Duration span();

    /** Waits while the load goes on; ends early, with an exception, when a client process has ended by itself. */
    void let(Duration time) throws InterruptedException;

    /** Breaks something: from now on the timeline says so. */
    void breaks(String what, Runnable action);

    /** Mends what was broken last. */
    void mends(String what, Runnable action);

    /** Likewise, by starting members, which takes longer than finding each other again. */
    void restarts(String what, Runnable action);

    /** A step that breaks nothing. */
    void step(String what, Runnable action);

    /** Adds something that this drill has checked besides what every drill does. */
    void proves(Finding finding);

    /** Waits until all members serve as one cluster; throws if they do not in good time. */
    void awaitWhole() throws InterruptedException;
}
