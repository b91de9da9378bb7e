package io.partita.member.simulation;

import io.partita.ledger.shard.Settle;
import io.partita.ledger.shard.Shard;
import io.partita.ledger.shard.ShardUpdate;
import java.lang.reflect.Field;
import java.util.List;

/** What two kinds of {@link Sabotage} do to a shard. */
final class Saboteur {

    private static final long PATIENCE = 20 * World.MILLIS;
    private static final Field UPDATES = updatesOfSettle();

    private Saboteur() {
    }

    private static Field updatesOfSettle() {
        try {
            Field field = Settle.class.getDeclaredField("updates");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Applies updates wherever the shard stands, as if each were its next one; the settlement itself then finds them known. */
    @SuppressWarnings("unchecked")
    static Shard settleAsItComes(Shard shard, Settle settle) {
        try {
            for (ShardUpdate update : (List<ShardUpdate>) UPDATES.get(settle)) {
                shard.apply(new ShardUpdate(shard.appliedSequence() + 1, update.position(), update.token(), update.legs(), update.accounts()));
            }
            return shard;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Drops what is reserved now after a while, as if a commit could not take longer. */
    static void forgetReservations(GridNode node, Shard shard) {
        if (shard != null) {
            for (long token : shard.holders()) {
                node.grid.world.after(PATIENCE, node.host, () -> shard.release(token));
            }
        }
    }
}
