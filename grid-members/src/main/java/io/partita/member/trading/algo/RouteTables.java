package io.partita.member.trading.algo;

import io.partita.member.trading.algo.RouteDesk.Route;
import io.partita.trading.algo.Router;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Routes, and what was sent for them, in PostgreSQL: before it is sent, so that a repeat sends the same to the same books. Thread-safe. */
final class RouteTables {

    private final Jdbi jdbi;

    RouteTables(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** What came of beginning a route. */
    enum Beginning {
        NEW, REPEATED,
        /** The account has another route with this id. */
        ID_REUSED
    }

    Beginning begin(Route route) {
        return jdbi.inTransaction(handle -> {
            String request = route.toString();
            if (handle.execute("insert into trading_route values (?, ?, ?) on conflict do nothing", route.account(), route.id(), request) == 1) {
                return Beginning.NEW;
            }
            return handle.select("select request from trading_route where account = ? and id = ?", route.account(), route.id()).mapTo(String.class).one()
                    .equals(request) ? Beginning.REPEATED : Beginning.ID_REUSED;
        });
    }

    void keep(Route route, int leg, Router.Child child) {
        jdbi.useHandle(handle -> handle.execute("insert into trading_route_leg values (?, ?, ?, ?, ?, ?) on conflict do nothing", route.account(),
                route.id(), leg, child.instrument(), child.price(), child.quantity()));
    }

    /** What was sent for a route, in that order. */
    List<Router.Child> legs(Route route) {
        return jdbi.withHandle(handle -> handle.select("""
                        select instrument, price, quantity from trading_route_leg where account = ? and id = ? order by leg""", route.account(), route.id())
                .map((row, context) -> new Router.Child(row.getLong(1), row.getLong(2), row.getLong(3))).list());
    }
}
