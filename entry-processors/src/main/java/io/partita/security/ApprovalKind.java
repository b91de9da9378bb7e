package io.partita.security;

/** What takes two people: one who asks for it and another one who agrees. */
public enum ApprovalKind {
    /** A limit of risk is made, changed or taken away. */
    LIMIT_CHANGE(Permission.RISK_WRITE),
    /** A side of the cluster is declared the one that writes. */
    FORCE_VIEW(Permission.GRID_OPERATE),
    /** A booking above the threshold is taken back. */
    REVERSAL(Permission.LEDGER_READ),
    /** What a kill switch has stopped goes on. */
    KILL_SWITCH_RELEASE(Permission.TRADING_READ);

    private final Permission decides;

    ApprovalKind(Permission decides) {
        this.decides = decides;
    }

    /** What whoever decides must be allowed, besides {@link Permission#APPROVALS_DECIDE}. */
    public Permission decides() {
        return decides;
    }
}
