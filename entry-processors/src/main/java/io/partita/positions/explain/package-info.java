/** Why a position is worth more or less than at the start of the day: price, trades, carry, rates, fees, corrections, and what rounding leaves. */
package io.partita.positions.explain;
