package io.partita.risk;

/** What a limit is for: a portfolio with all that is below it, an account, or a counterparty. */
public enum Scope {
    PORTFOLIO, ACCOUNT, COUNTERPARTY
}
