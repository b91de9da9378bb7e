package io.partita.security;

import static io.partita.security.Permission.APPROVALS_DECIDE;
import static io.partita.security.Permission.AUDIT_READ;
import static io.partita.security.Permission.GRID_OPERATE;
import static io.partita.security.Permission.GRID_READ;
import static io.partita.security.Permission.JOBS_WRITE;
import static io.partita.security.Permission.LEDGER_OPERATE;
import static io.partita.security.Permission.LEDGER_READ;
import static io.partita.security.Permission.LEDGER_REVERSE;
import static io.partita.security.Permission.LEDGER_WRITE;
import static io.partita.security.Permission.MARKETDATA_READ;
import static io.partita.security.Permission.MARKETDATA_WRITE;
import static io.partita.security.Permission.POSITIONS_READ;
import static io.partita.security.Permission.POSITIONS_WRITE;
import static io.partita.security.Permission.RISK_READ;
import static io.partita.security.Permission.RISK_WRITE;
import static io.partita.security.Permission.SECURITY_WRITE;
import static io.partita.security.Permission.SURVEILLANCE_READ;
import static io.partita.security.Permission.SURVEILLANCE_WRITE;
import static io.partita.security.Permission.TRADING_OPERATE;
import static io.partita.security.Permission.TRADING_READ;
import static io.partita.security.Permission.TRADING_WRITE;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What people are in a firm, and so what they may do. Somebody with several roles may do what any of them may. */
public enum Role {
    /** Sees the business, changes nothing. */
    VIEWER(EnumSet.of(LEDGER_READ, MARKETDATA_READ, TRADING_READ, POSITIONS_READ, RISK_READ, GRID_READ)),
    /** Runs the ledger, the markets, the jobs and the cluster. */
    OPERATOR(EnumSet.of(LEDGER_READ, LEDGER_WRITE, LEDGER_REVERSE, LEDGER_OPERATE, MARKETDATA_READ, MARKETDATA_WRITE, TRADING_READ, TRADING_OPERATE,
            POSITIONS_READ, POSITIONS_WRITE, RISK_READ, JOBS_WRITE, GRID_READ, GRID_OPERATE, APPROVALS_DECIDE)),
    /** Trades. */
    TRADER(EnumSet.of(MARKETDATA_READ, TRADING_READ, TRADING_WRITE, POSITIONS_READ, RISK_READ)),
    /** Sets limits, asks for margin, decides on changes of limits. */
    RISK(EnumSet.of(LEDGER_READ, MARKETDATA_READ, TRADING_READ, POSITIONS_READ, POSITIONS_WRITE, RISK_READ, RISK_WRITE, GRID_READ, APPROVALS_DECIDE)),
    /** Judges suspicions. */
    COMPLIANCE(EnumSet.of(LEDGER_READ, MARKETDATA_READ, TRADING_READ, SURVEILLANCE_READ, SURVEILLANCE_WRITE, POSITIONS_READ, AUDIT_READ, APPROVALS_DECIDE)),
    /** Says who may do what, and does none of it. */
    ADMIN(EnumSet.of(GRID_READ, SECURITY_WRITE, AUDIT_READ)),
    /** Sees everything, changes nothing. */
    AUDITOR(EnumSet.of(LEDGER_READ, MARKETDATA_READ, TRADING_READ, SURVEILLANCE_READ, POSITIONS_READ, RISK_READ, GRID_READ, AUDIT_READ));

    private final Set<Permission> permissions;

    Role(EnumSet<Permission> permissions) {
        this.permissions = Collections.unmodifiableSet(permissions);
    }

    /** What it allows. */
    public Set<Permission> permissions() {
        return permissions;
    }
}
