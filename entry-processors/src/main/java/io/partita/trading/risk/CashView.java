package io.partita.trading.risk;

/**
 * Cash of one currency, in minor units.
 *
 * @param cash        what counts as the account's
 * @param reserved    what its open orders may cost
 * @param collateral  what is set aside for what it owes
 * @param buyingPower what it may still spend
 */
public record CashView(String currency, long cash, long reserved, long collateral, long buyingPower) {
}
