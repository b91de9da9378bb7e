/** What trades leave in a position: lots beside average cost, gains, fees and income, in the product's currency and in a base currency. */
package io.partita.positions.lots;
