package io.partita.member.risk.live;

import java.util.List;

/** Nobody tells of limits. */
final class NoBreaches implements Breaches {

    @Override
    public void look() {
        // There is nothing to look at.
    }

    @Override
    public boolean take() {
        return false;
    }

    @Override
    public List<?> open(String portfolio) {
        return List.of();
    }
}
