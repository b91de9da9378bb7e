package io.partita.security;

import java.util.Arrays;
import java.util.Optional;

/** What somebody may be allowed to do, by domain. Scopes of keys and tokens carry the {@link #scope() name}, such as {@code ledger:write}. */
public enum Permission {
    /** Accounts, transfers, statements, proofs. */
    LEDGER_READ("ledger:read"),
    /** Opening accounts, booking. */
    LEDGER_WRITE("ledger:write"),
    /** Taking back what is booked. */
    LEDGER_REVERSE("ledger:reverse"),
    /** Reconciliations, archives, sealing: what operators of a ledger do. */
    LEDGER_OPERATE("ledger:operate"),
    /** Books, trades, bars, indicators, anomalies, quality. */
    MARKETDATA_READ("marketdata:read"),
    /** Ticks, corporate actions, alert rules, verdicts on alerts. */
    MARKETDATA_WRITE("marketdata:write"),
    /** Orders, fills, trading accounts, strategies. */
    TRADING_READ("trading:read"),
    /** Orders, algorithms and strategies of one's own. */
    TRADING_WRITE("trading:write"),
    /** Instruments, phases, halts, kill switches, busts: what a market is run with. */
    TRADING_OPERATE("trading:operate"),
    /** Suspicions of market abuse, with their evidence. */
    SURVEILLANCE_READ("surveillance:read"),
    /** Verdicts on suspicions. */
    SURVEILLANCE_WRITE("surveillance:write"),
    /** Positions, portfolios, profit and loss, prices. */
    POSITIONS_READ("positions:read"),
    /** Products, portfolios, prices, imports. */
    POSITIONS_WRITE("positions:write"),
    /** Figures of risk, and having them computed. */
    RISK_READ("risk:read"),
    /** Limits, scenarios, margin, breaches. */
    RISK_WRITE("risk:write"),
    /** Streaming jobs: submitting, suspending, cancelling. */
    JOBS_WRITE("jobs:write"),
    /** The cluster, its jobs and its health. */
    GRID_READ("grid:read"),
    /** Views, epochs and other interventions in the cluster. */
    GRID_OPERATE("grid:operate"),
    /** Users, service accounts, keys, sessions. */
    SECURITY_WRITE("security:write"),
    /** Who did what, and what was denied. */
    AUDIT_READ("audit:read"),
    /** Deciding on what somebody else asked for. */
    APPROVALS_DECIDE("approvals:decide");

    private final String scope;

    Permission(String scope) {
        this.scope = scope;
    }

    /** The name in scopes, {@code domain:verb}. */
    public String scope() {
        return scope;
    }

    /** The permission of a scope's name. */
    public static Optional<Permission> of(String scope) {
        return Arrays.stream(values()).filter(permission -> permission.scope.equals(scope)).findFirst();
    }
}
